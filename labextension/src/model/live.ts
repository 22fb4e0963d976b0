/** Keeps the websocket to the server side open and hands on its messages, each once and in order; it reads none. */

import { IDisposable } from '@lumino/disposable';
import { ISignal, Signal } from '@lumino/signaling';

import { Message } from './views';

/** What is used of a browser's WebSocket. */
export type Socket = Pick<
  WebSocket,
  'onmessage' | 'onclose' | 'onerror' | 'close'
>;

/** How long to wait before each new try, in milliseconds; the last holds from then on. */
export const DELAYS: readonly number[] = [100, 250, 500, 1000, 2000, 5000];

/** A connection that comes back by itself, and goes on after the last message that it has handed on. */
export class LiveConnection implements IDisposable {
  /**
   * Connect.
   *
   * @param open - Opens a websocket that goes on after a message of a run, which are "" and 0 at first.
   */
  constructor(private readonly open: (run: string, seq: number) => Socket) {
    this.connect();
  }

  /** Emitted with what has arrived together, in order. */
  get received(): ISignal<this, Message[]> {
    return this.receivedSignal;
  }

  /** Emitted with whether the server is there: when the first message arrives, and when the connection is gone. */
  get connected(): ISignal<this, boolean> {
    return this.connectedSignal;
  }

  get isDisposed(): boolean {
    return this.disposed;
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.socket?.close();
    Signal.clearData(this);
  }

  private connect(): void {
    const socket = this.open(this.run, this.seq);
    this.socket = socket;
    socket.onmessage = event => {
      if (socket === this.socket) {
        this.take(JSON.parse(String(event.data)) as Message[]);
      }
    };
    socket.onclose = () => {
      if (socket === this.socket) {
        this.again();
      }
    };
  }

  private take(messages: Message[]): void {
    this.failures = 0;
    this.connectedSignal.emit(true);
    for (const [index, message] of messages.entries()) {
      if (message.type === 'snapshot') {
        this.run = message.run;
      } else if (message.seq !== this.seq + 1) {
        // Something is missing in between: what comes before is whole, so go on from there.
        this.receivedSignal.emit(messages.slice(0, index));
        this.socket?.close();
        this.again();
        return;
      }
      this.seq = message.seq;
    }
    this.receivedSignal.emit(messages);
  }

  private again(): void {
    this.socket = null;
    if (this.disposed) {
      return;
    }
    this.connectedSignal.emit(false);
    const delay = DELAYS[Math.min(this.failures, DELAYS.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.connect(), delay);
  }

  private run = '';
  private seq = 0;
  private failures = 0;
  private disposed = false;
  private socket: Socket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly receivedSignal = new Signal<this, Message[]>(this);
  private readonly connectedSignal = new Signal<this, boolean>(this);
}
