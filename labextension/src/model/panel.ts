/** Knows which part of the panel is open, and what is looked at there; it draws nothing. */

import { ISignal, Signal } from '@lumino/signaling';

import type { Subject } from './api';

export const TABS = [
  'course',
  'machine',
  'engine',
  'timeline',
  'pictures'
] as const;

export type Tab = (typeof TABS)[number];

/** Return whether a text names a part of the panel. */
export function isTab(name: unknown): name is Tab {
  return TABS.some(tab => tab === name);
}

/** What the learner has chosen to see. */
export class PanelModel {
  /** Emitted when something else is chosen. */
  get changed(): ISignal<this, void> {
    return this.changedSignal;
  }

  get tab(): Tab {
    return this.shownTab;
  }

  /** What the picture is of. */
  get subject(): Subject {
    return this.shownSubject;
  }

  open(tab: Tab): void {
    this.shownTab = tab;
    this.changedSignal.emit();
  }

  /** Show a picture. */
  picture(subject: Subject): void {
    this.shownSubject = subject;
    this.open('pictures');
  }

  private shownTab: Tab = 'course';
  private shownSubject: Subject = { kind: 'network' };
  private readonly changedSignal = new Signal<this, void>(this);
}
