import { Cause, Causes } from '../causes';
import { EngineModel } from '../engine';
import { container, event, machine, snapshot } from './examples';

const CELL: Cause = { by: 'cell', path: 'a.ipynb', cell: 'c1', source: 'x' };

describe('EngineModel', () => {
  let frames: (() => void)[];
  let causes: Causes;
  let engine: EngineModel;
  let drawn: number;

  const draw = () => frames.splice(0).forEach(frame => frame());
  const object = (view: ReturnType<typeof container> | null, id = 'c1') =>
    engine.apply({
      type: 'object',
      seq: 1,
      kind: 'containers',
      id,
      value: view && { ...view, id }
    });
  const mark = (id = 'c1') => engine.find('containers', id)?.mark;

  beforeEach(() => {
    jest.useFakeTimers();
    frames = [];
    drawn = 0;
    causes = new Causes();
    engine = new EngineModel(causes, frame => frames.push(frame));
    engine.changed.connect(() => (drawn += 1));
  });

  afterEach(() => jest.useRealTimers());

  it('shows a snapshot without marks', () => {
    engine.apply(snapshot({ containers: [container({ id: 'c1' })] }));
    expect(mark()).toBeNull();
    expect(engine.machine?.state).toBe('running');
  });

  it('marks what was added, changed and removed, with the event and its cause', () => {
    const end = causes.begin(CELL);
    engine.apply({
      type: 'event',
      seq: 1,
      event: event({ actor: 'c1', action: 'create' })
    });
    end();
    jest.advanceTimersByTime(4000);
    object(container({ state: 'created' }));
    expect(mark()).toMatchObject({
      what: 'added',
      action: 'create',
      cause: CELL
    });
    engine.apply({ type: 'event', seq: 1, event: event({ actor: 'c1' }) });
    object(container());
    expect(mark()).toMatchObject({
      what: 'changed',
      action: 'start',
      cause: null
    });
    object(null);
    expect(mark()).toMatchObject({ what: 'removed' });
    expect(engine.items('containers')).toHaveLength(1);
  });

  it('knows an image again by the last event on any, which names its tag', () => {
    engine.apply({
      type: 'event',
      seq: 1,
      event: event({ type: 'image', action: 'pull', actor: 'nginx:latest' })
    });
    engine.apply({
      type: 'object',
      seq: 2,
      kind: 'images',
      id: 'sha256:1',
      value: { id: 'sha256:1', tags: [], size: 1, created: 1, layers: [] }
    });
    expect(engine.find('images', 'sha256:1')?.mark?.action).toBe('pull');
  });

  it('takes no event of long ago for the reason of a change, neither the object’s nor its kind’s', () => {
    const end = causes.begin(CELL);
    engine.apply({ type: 'event', seq: 1, event: event({ actor: 'c1' }) });
    end();
    jest.advanceTimersByTime(6000);
    const unknown = { what: 'added', action: '', cause: null };
    object(container());
    expect(mark()).toMatchObject(unknown);
    object(container(), 'c2');
    expect(mark('c2')).toMatchObject(unknown);
  });

  it('takes marks off after their time, and forgets what was removed', () => {
    engine.markFor = 1000;
    object(container());
    object(container(), 'c2');
    object(null, 'c2');
    jest.advanceTimersByTime(1001);
    expect(mark()).toBeNull();
    expect(engine.find('containers', 'c2')).toBeUndefined();
  });

  it('gives a changed object a new value and leaves the others alone', () => {
    engine.apply(
      snapshot({
        containers: [container({ id: 'c1' }), container({ id: 'c2' })]
      })
    );
    const [one, two] = engine.items('containers');
    object(container({ state: 'exited' }));
    expect(engine.find('containers', 'c1')).not.toBe(one);
    expect(engine.find('containers', 'c2')).toBe(two);
  });

  it('announces a burst of a thousand changes once a frame, and keeps the last of each', () => {
    for (let count = 0; count < 1000; count++) {
      engine.apply({
        type: 'event',
        seq: count,
        event: event({ actor: 'c1' })
      });
      object(container({ restarts: count }));
    }
    expect(drawn).toBe(0);
    draw();
    expect(drawn).toBe(1);
    expect(engine.find('containers', 'c1')?.view.restarts).toBe(999);
  });

  it('holds a few removed objects, however many there were', () => {
    for (let count = 0; count < 500; count++) {
      engine.apply({
        type: 'event',
        seq: count,
        event: event({ actor: `c${count}` })
      });
      object(container(), `c${count}`);
      object(null, `c${count}`);
    }
    expect(engine.items('containers').map(({ id }) => id)).toContain('c499');
    expect(engine.items('containers').length).toBeLessThanOrEqual(10);
  });

  it('says when the machine or the connection is different', () => {
    engine.setConnected(true);
    draw();
    engine.setConnected(true);
    draw();
    expect(drawn).toBe(1);
    engine.apply({
      type: 'machine',
      seq: 1,
      value: machine({ state: 'engine stopped' })
    });
    draw();
    expect(engine.machine?.state).toBe('engine stopped');
    expect(drawn).toBe(2);
  });
});
