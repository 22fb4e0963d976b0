/** Holds what happened in the machine, in order: the journal's pages and what is told live; it explains nothing. */

import { ISignal, Signal } from '@lumino/signaling';

import type { Api } from './api';
import { Cause, Causes } from './causes';
import { Batch, Schedule } from './frames';
import { IEvent, IJournalEvent, Message } from './views';

/** One thing that happened. */
export interface IEntry extends IEvent {
  /** The same for what the journal and the live connection tell of one event. */
  key: string;
  /** The object's name, as the event tells it. */
  name: string;
  /** What made it happen, where that was seen. */
  cause: Cause | null;
}

/** So many entries are kept; older ones can be read from the journal again. */
export const MOST_ENTRIES = 3000;

const PAGE = 100;

/** The events of the machine, of all objects or of a chosen one. */
export class TimelineModel {
  constructor(
    private readonly api: Pick<Api, 'timeline'>,
    private readonly causes: Causes,
    schedule?: Schedule
  ) {
    this.batch = new Batch(() => this.changedSignal.emit(), schedule);
  }

  /** Emitted at most once a frame, when anything is different. */
  get changed(): ISignal<this, void> {
    return this.changedSignal;
  }

  /** The id of the object whose events are shown, "" for all. */
  get actor(): string {
    return this.chosen;
  }

  /** Whether the journal has older events than those that are held. */
  get hasMore(): boolean {
    return (
      (this.more.get(this.chosen) ?? false) &&
      this.entries().length < MOST_ENTRIES
    );
  }

  /** Why the journal could not be read, "" where it could. */
  get problem(): string {
    return this.failure;
  }

  /** The chosen object's events, the oldest first. */
  entries(): readonly IEntry[] {
    return this.chosen
      ? this.all.filter(entry => concerns(entry, this.chosen))
      : this.all;
  }

  /** The name of a container as its events tell it, or the beginning of its id. */
  nameOf(container: string): string {
    return this.names.get(container) ?? container.slice(0, 12);
  }

  /** Show the events of one object, or with "" of all. */
  async choose(actor: string): Promise<void> {
    if (actor !== this.chosen) {
      this.chosen = actor;
      // What was read of it before may have been forgotten meanwhile.
      this.oldest.delete(actor);
      this.batch.request();
      await this.refresh();
    }
  }

  /** Read the newest page of the journal: what Dockyard itself did, such as a boot, is told only there. */
  async refresh(): Promise<void> {
    await this.read(undefined);
  }

  /** Read the page of the journal before what is held. */
  async earlier(): Promise<void> {
    await this.read(this.oldest.get(this.chosen));
  }

  /** Take in one message of the live connection. */
  apply(message: Message): void {
    if (message.type === 'event') {
      this.add([{ event: message.event, cause: this.causes.current }]);
      this.batch.request();
    } else if (message.type === 'snapshot' || message.type === 'machine') {
      void this.refresh();
    }
  }

  private async read(before: number | undefined): Promise<void> {
    const actor = this.chosen;
    try {
      const page = await this.api.timeline(
        { before, actor: actor || undefined },
        PAGE
      );
      this.settle(actor, before, page.events, page.more);
      this.add(page.events.reverse().map(event => ({ event, cause: null })));
      this.failure = '';
    } catch (reason) {
      this.failure = (reason as Error).message;
    }
    this.batch.request();
  }

  /** Remember where the next page begins; what was read before reaches further back than a new first page. */
  private settle(
    actor: string,
    before: number | undefined,
    events: IJournalEvent[],
    more: boolean
  ): void {
    const last = events.at(-1)?.id;
    const known = this.oldest.get(actor);
    if (before !== undefined || known === undefined) {
      this.more.set(actor, more);
      if (last !== undefined) {
        this.oldest.set(actor, last);
      }
    }
  }

  private add(told: { event: IEvent; cause: Cause | null }[]): void {
    const fresh = told
      .map(({ event, cause }) => entry(event, cause))
      .filter(({ key }) => !this.keys.has(key));
    if (!fresh.length) {
      return;
    }
    for (const { key, type, actor, name } of fresh) {
      this.keys.add(key);
      if (type === 'container') {
        this.names.set(actor, name);
      }
    }
    const newest = this.all.at(-1)?.time ?? -Infinity;
    const inOrder = fresh.every((one, index) => {
      return one.time >= (fresh[index - 1]?.time ?? newest);
    });
    const all = this.all.concat(fresh);
    this.all = inOrder ? all : all.sort((one, other) => one.time - other.time);
    this.trim();
  }

  /** Forget the oldest where there are too many: those of other objects first, before any that are looked at. */
  private trim(): void {
    const count = this.all.length - MOST_ENTRIES;
    if (count <= 0) {
      return;
    }
    const shown = this.entries();
    const others = this.chosen
      ? this.all.filter(entry => !concerns(entry, this.chosen))
      : [];
    const forgotten = new Set([...others, ...shown].slice(0, count));
    this.all = this.all.filter(entry => !forgotten.has(entry));
    for (const { key, actor, action } of forgotten) {
      this.keys.delete(key);
      if (action === 'destroy') {
        this.names.delete(actor);
      }
    }
  }

  private chosen = '';
  private failure = '';
  private all: IEntry[] = [];
  private readonly keys = new Set<string>();
  private readonly names = new Map<string, string>();
  private readonly oldest = new Map<string, number>();
  private readonly more = new Map<string, boolean>();
  private readonly batch: Batch;
  private readonly changedSignal = new Signal<this, void>(this);
}

/** Whether an event is about an object, or connects it with another. */
function concerns(entry: IEntry, actor: string): boolean {
  return entry.actor === actor || entry.attributes['container'] === actor;
}

function entry(event: IEvent, cause: Cause | null): IEntry {
  const { time, type, action, actor, attributes } = event;
  // The journal keeps a double, the engine counts nanoseconds: microseconds are the same in both.
  const key = [time.toFixed(6), type, action, actor].join(' ');
  const name = attributes['name'] ?? actor;
  return { key, time, type, action, actor, attributes, name, cause };
}
