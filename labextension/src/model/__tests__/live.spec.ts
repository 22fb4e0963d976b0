import { DELAYS, LiveConnection, Socket } from '../live';
import type { Message } from '../views';

class FakeSocket implements Socket {
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  closed = false;

  close(): void {
    this.closed = true;
  }

  send(...messages: object[]): void {
    const event = { data: JSON.stringify(messages) } as MessageEvent;
    this.onmessage?.call(this as unknown as WebSocket, event);
  }

  drop(): void {
    this.onclose?.call(this as unknown as WebSocket, {} as CloseEvent);
  }
}

const snapshot = (run: string, seq: number) => ({ type: 'snapshot', run, seq });
const course = (seq: number) => ({ type: 'course', seq });

describe('LiveConnection', () => {
  let asked: [string, number][];
  let sockets: FakeSocket[];
  let live: LiveConnection;
  let received: Message[];
  let connected: boolean[];

  const last = () => sockets.at(-1) ?? new FakeSocket();

  beforeEach(() => {
    jest.useFakeTimers();
    asked = [];
    sockets = [];
    received = [];
    connected = [];
    live = new LiveConnection((run, seq) => {
      asked.push([run, seq]);
      sockets.push(new FakeSocket());
      return last();
    });
    live.received.connect((_, messages) => received.push(...messages));
    live.connected.connect((_, is) => connected.push(is));
  });

  afterEach(() => {
    live.dispose();
    jest.useRealTimers();
  });

  it('begins with nothing known and hands messages on in order', () => {
    last().send(snapshot('a', 4));
    last().send(course(5), course(6));
    expect(asked).toEqual([['', 0]]);
    expect(received.map(({ seq }) => seq)).toEqual([4, 5, 6]);
  });

  it('goes on after the last message when the connection is lost', () => {
    last().send(snapshot('a', 4), course(5));
    last().drop();
    expect(connected.at(-1)).toBe(false);
    jest.advanceTimersByTime(DELAYS[0] ?? 0);
    expect(asked.at(-1)).toEqual(['a', 5]);
    last().send(course(6));
    expect(connected.at(-1)).toBe(true);
    expect(received.map(({ seq }) => seq)).toEqual([4, 5, 6]);
  });

  it('begins anew where the server has a new run', () => {
    last().send(snapshot('a', 4));
    last().drop();
    jest.advanceTimersByTime(DELAYS[0] ?? 0);
    last().send(snapshot('b', 0), course(1));
    last().drop();
    jest.advanceTimersByTime(DELAYS[0] ?? 0);
    expect(asked.at(-1)).toEqual(['b', 1]);
  });

  it('waits longer and longer for a server that is gone, and never gives up', () => {
    for (const delay of [...DELAYS, DELAYS.at(-1) ?? 0]) {
      const before = asked.length;
      last().drop();
      jest.advanceTimersByTime(delay - 1);
      expect(asked).toHaveLength(before);
      jest.advanceTimersByTime(1);
      expect(asked).toHaveLength(before + 1);
    }
  });

  it('hands on nothing beyond a gap, and asks for what is missing', () => {
    last().send(snapshot('a', 4));
    last().send(course(6));
    expect(last().closed).toBe(true);
    expect(received.map(({ seq }) => seq)).toEqual([4]);
    jest.advanceTimersByTime(DELAYS[0] ?? 0);
    expect(asked.at(-1)).toEqual(['a', 4]);
  });

  it('hands on what comes before a gap in the same frame', () => {
    last().send(snapshot('a', 4));
    last().send(course(5), course(7));
    expect(received.map(({ seq }) => seq)).toEqual([4, 5]);
    jest.advanceTimersByTime(DELAYS[0] ?? 0);
    expect(asked.at(-1)).toEqual(['a', 5]);
  });

  it('hears nothing more from a connection that it has given up', () => {
    last().send(snapshot('a', 4));
    const old = last();
    old.drop();
    jest.advanceTimersByTime(DELAYS[0] ?? 0);
    old.send(course(5));
    old.drop();
    expect(received.map(({ seq }) => seq)).toEqual([4]);
    expect(asked).toHaveLength(2);
  });

  it('tries no more once it is disposed', () => {
    live.dispose();
    last().drop();
    jest.runAllTimers();
    expect(asked).toHaveLength(1);
    expect(last().closed).toBe(true);
  });
});
