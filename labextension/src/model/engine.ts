/** Holds the engine's objects as the messages tell them, and marks what has just changed and why; it shows nothing. */

import { ISignal, Signal } from '@lumino/signaling';

import { Cause, Causes } from './causes';
import { Batch, Schedule } from './frames';
import {
  IEvent,
  IObjects,
  KINDS,
  Kind,
  Machine,
  Message,
  ObjectChange,
  ISnapshot
} from './views';

/** What has just happened to an object. */
export interface IMark {
  what: 'added' | 'changed' | 'removed';
  /** The engine's word for the event behind it, such as "start"; "" where none was told. */
  action: string;
  cause: Cause | null;
  /** When it stops being new, in milliseconds since the epoch. */
  until: number;
}

/** One object; a new value for each change, so that views may compare. */
export interface IItem<K extends Kind = Kind> {
  id: string;
  view: IObjects[K];
  mark: IMark | null;
}

/** An event whose change is still to be told. */
interface ITold {
  action: string;
  cause: Cause | null;
  /** When it was told, in milliseconds since the epoch. */
  at: number;
}

type Items = { [K in Kind]: Map<string, IItem<K>> };

/** The machine and its engine, as last told. */
export class EngineModel {
  constructor(
    private readonly causes: Causes,
    schedule?: Schedule
  ) {
    this.batch = new Batch(() => this.changedSignal.emit(), schedule);
  }

  /** Emitted at most once a frame, when anything is different. */
  get changed(): ISignal<this, void> {
    return this.changedSignal;
  }

  /** How long a change stays marked, in milliseconds. */
  markFor = 8000;

  /** The machine, null before anything was told. */
  get machine(): Machine | null {
    return this.machineStatus;
  }

  /** Whether the server side is connected, and so what is shown is up to date. */
  get isConnected(): boolean {
    return this.connected;
  }

  setConnected(connected: boolean): void {
    if (connected !== this.connected) {
      this.connected = connected;
      this.batch.request();
    }
  }

  /** The objects of a kind, those included that were removed a moment ago. */
  items<K extends Kind>(kind: K): IItem<K>[] {
    return [...this.itemsOf(kind).values()];
  }

  /** The objects of a kind that are there now. */
  present<K extends Kind>(kind: K): IItem<K>[] {
    return this.items(kind).filter(({ mark }) => mark?.what !== 'removed');
  }

  /** One object, where it is known. */
  find<K extends Kind>(kind: K, id: string): IItem<K> | undefined {
    return this.itemsOf(kind).get(id);
  }

  /** Take in one message. */
  apply(message: Message): void {
    switch (message.type) {
      case 'snapshot':
        this.replace(message);
        break;
      case 'machine':
        this.machineStatus = message.value;
        break;
      case 'event':
        this.remember(message.event);
        return;
      case 'object':
        this.change(message);
        break;
      default:
        return;
    }
    this.batch.request();
  }

  private itemsOf<K extends Kind>(kind: K): Map<string, IItem<K>> {
    return this.all[kind];
  }

  private replace(snapshot: ISnapshot): void {
    this.machineStatus = snapshot.machine;
    for (const kind of KINDS) {
      this.fill(kind, snapshot[kind]);
    }
    this.latest.clear();
  }

  private fill<K extends Kind>(kind: K, views: IObjects[K][]): void {
    const items = this.itemsOf(kind);
    items.clear();
    views.forEach(view =>
      items.set(view.id, { id: view.id, view, mark: null })
    );
  }

  /** Keep an event and its cause until the change that it makes is told, which is soon. */
  private remember(event: IEvent): void {
    const told = {
      action: event.action,
      cause: this.causes.current,
      at: Date.now()
    };
    const kind = `${event.type}s`;
    const container = event.attributes['container'];
    const keys = [kind, `${kind}/${event.actor}`];
    if (container) {
      keys.push(`containers/${container}`);
    }
    for (const key of keys) {
      // The newest goes to the end of the map, and the oldest is dropped from its beginning.
      this.latest.delete(key);
      this.latest.set(key, told);
    }
    for (const key of this.latest.keys()) {
      if (this.latest.size <= MOST_EVENTS) {
        break;
      }
      this.latest.delete(key);
    }
  }

  private change(message: ObjectChange): void {
    const { kind, id, value } = message;
    const items = this.all[kind] as Map<string, IItem>;
    const before = items.get(id);
    const view = value ?? before?.view;
    if (!view) {
      return;
    }
    const isThere = before && before.mark?.what !== 'removed';
    const what = !value ? 'removed' : isThere ? 'changed' : 'added';
    const mark = this.mark(kind, id, what);
    items.set(id, { id, view, mark });
    if (!value) {
      forget(items);
    }
    this.sweepAt(mark.until);
  }

  private mark(kind: Kind, id: string, what: IMark['what']): IMark {
    const told = this.told(`${kind}/${id}`) ?? this.told(kind);
    const until = Date.now() + this.markFor;
    return {
      what,
      action: told?.action ?? '',
      cause: told?.cause ?? this.causes.current,
      until
    };
  }

  /** The event that was told a moment ago; a change that comes later has come about without one. */
  private told(key: string): ITold | undefined {
    const told = this.latest.get(key);
    return told && Date.now() - told.at <= SOON ? told : undefined;
  }

  private sweepAt(until: number): void {
    if (this.sweeper === undefined) {
      this.sweeper = setTimeout(
        () => this.sweep(),
        Math.max(0, until - Date.now())
      );
    }
  }

  /** Take off the marks that have had their time, and forget what was removed. */
  private sweep(): void {
    this.sweeper = undefined;
    const now = Date.now();
    let next = Infinity;
    for (const kind of KINDS) {
      const items = this.all[kind] as Map<string, IItem>;
      for (const { id, view, mark } of items.values()) {
        if (!mark) {
          continue;
        }
        if (mark.until > now) {
          next = Math.min(next, mark.until);
        } else if (mark.what === 'removed') {
          items.delete(id);
        } else {
          items.set(id, { id, view, mark: null });
        }
      }
    }
    this.batch.request();
    if (next < Infinity) {
      this.sweepAt(next);
    }
  }

  private machineStatus: Machine | null = null;
  private connected = false;
  private readonly all: Items = {
    containers: new Map(),
    images: new Map(),
    volumes: new Map(),
    networks: new Map()
  };
  private readonly latest = new Map<string, ITold>();
  private sweeper: ReturnType<typeof setTimeout> | undefined;
  private readonly batch: Batch;
  private readonly changedSignal = new Signal<this, void>(this);
}

/** Events whose change is still to be told; a burst of a thousand changes them all within a second. */
const MOST_EVENTS = 2000;

/** A change is told this long (in milliseconds) after its event at the latest. */
const SOON = 5000;

/** So many removed objects of a kind are still shown: enough to see what a command did, with `--rm` for example. */
const MOST_REMOVED = 10;

/** Drop the objects that were removed first, where there are too many. */
function forget(items: Map<string, IItem>): void {
  const removed = [...items.values()].filter(
    item => item.mark?.what === 'removed'
  );
  removed
    .sort((one, other) => (one.mark?.until ?? 0) - (other.mark?.until ?? 0))
    .slice(0, -MOST_REMOVED)
    .forEach(item => items.delete(item.id));
}
