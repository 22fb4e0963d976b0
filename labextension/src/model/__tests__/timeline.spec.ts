import { Causes } from '../causes';
import { MOST_ENTRIES, TimelineModel } from '../timeline';
import type { IJournalEvent } from '../views';
import { event } from './examples';

function written(id: number, changes: object = {}): IJournalEvent {
  return { ...event({ time: id, ...changes }), id, name: 'web' };
}

describe('TimelineModel', () => {
  let pages: { events: IJournalEvent[]; more: boolean }[];
  let timeline: TimelineModel;
  let announced: number;
  const api = {
    timeline: jest.fn(() =>
      Promise.resolve(pages.shift() ?? { events: [], more: false })
    )
  };
  const tell = (time: number, changes: object = {}) =>
    timeline.apply({
      type: 'event',
      seq: time,
      event: event({ time, ...changes })
    });
  const times = () => timeline.entries().map(({ time }) => time);

  beforeEach(() => {
    jest.clearAllMocks();
    pages = [];
    announced = 0;
    timeline = new TimelineModel(api, new Causes(), frame => frame());
    timeline.changed.connect(() => (announced += 1));
  });

  it('keeps the order of a thousand events, and loses none', () => {
    for (let time = 1; time <= 1000; time++) {
      tell(time);
    }
    expect(times()).toEqual(
      Array.from({ length: 1000 }, (_, index) => index + 1)
    );
  });

  it('puts the journal before what is live, and shows an event that both tell once', async () => {
    tell(3);
    tell(4);
    pages = [
      { events: [written(4), written(3), written(2), written(1)], more: false }
    ];
    await timeline.refresh();
    expect(times()).toEqual([1, 2, 3, 4]);
    expect(timeline.hasMore).toBe(false);
  });

  it('goes further back page by page', async () => {
    pages = [
      { events: [written(9), written(8)], more: true },
      { events: [written(7)], more: false }
    ];
    await timeline.refresh();
    expect(timeline.hasMore).toBe(true);
    await timeline.earlier();
    expect(api.timeline).toHaveBeenLastCalledWith(
      { before: 8, actor: undefined },
      expect.any(Number)
    );
    expect(times()).toEqual([7, 8, 9]);
    expect(timeline.hasMore).toBe(false);
  });

  it('tells the story of one container, its networks included', async () => {
    tell(1, { actor: 'c1', attributes: { name: 'one' } });
    tell(2, { actor: 'c2' });
    tell(3, {
      type: 'network',
      action: 'connect',
      actor: 'n1',
      attributes: { container: 'c1', name: 'bridge' }
    });
    await timeline.choose('c1');
    expect(times()).toEqual([1, 3]);
    expect(timeline.nameOf('c1')).toBe('one');
    expect(timeline.nameOf('c'.repeat(64))).toBe('c'.repeat(12));
    await timeline.choose('');
    expect(times()).toEqual([1, 2, 3]);
  });

  it('forgets the oldest when there are too many', () => {
    for (let time = 1; time <= MOST_ENTRIES + 10; time++) {
      tell(time);
    }
    expect(times()).toHaveLength(MOST_ENTRIES);
    expect(times()[0]).toBe(11);
  });

  it('keeps the story of a container that is older than all else, and forgets others first', async () => {
    for (let time = 1001; time <= 1000 + MOST_ENTRIES; time++) {
      tell(time);
    }
    const page = (...ids: number[]) => ({
      events: ids.map(id => written(id, { actor: 'c1' })),
      more: true
    });
    pages = [page(5, 4), page(3, 2)];
    await timeline.choose('c1');
    expect(times()).toEqual([4, 5]);
    expect(timeline.hasMore).toBe(true);
    await timeline.earlier();
    expect(times()).toEqual([2, 3, 4, 5]);
    await timeline.choose('');
    expect(times()).toHaveLength(MOST_ENTRIES);
    expect(times().slice(0, 5)).toEqual([2, 3, 4, 5, 1005]);
    expect(timeline.hasMore).toBe(false);
  });

  it('reads a story again from its end, where its beginning was forgotten meanwhile', async () => {
    const page = (...ids: number[]) => ({
      events: ids.map(id => written(id, { actor: 'c1' })),
      more: true
    });
    pages = [page(9, 8), page(7, 6)];
    await timeline.choose('c1');
    await timeline.earlier();
    await timeline.choose('');
    for (let time = 1001; time <= 1000 + MOST_ENTRIES; time++) {
      tell(time);
    }
    pages = [page(9, 8), page(7, 6)];
    await timeline.choose('c1');
    await timeline.earlier();
    expect(api.timeline).toHaveBeenLastCalledWith(
      { before: 8, actor: 'c1' },
      expect.any(Number)
    );
    expect(times()).toEqual([6, 7, 8, 9]);
  });

  it('says why the journal could not be read', async () => {
    api.timeline.mockRejectedValueOnce(new Error('gone'));
    await timeline.refresh();
    expect(timeline.problem).toBe('gone');
    expect(announced).toBe(1);
  });
});
