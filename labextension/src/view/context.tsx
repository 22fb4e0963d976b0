/** What every view of the panel has at hand: the models, the page around it, and the learner's language. */

import type { TranslationBundle } from '@jupyterlab/translation';
import type { ISignal } from '@lumino/signaling';
import * as React from 'react';

import type { Api } from '../model/api';
import type { Cause } from '../model/causes';
import type { CourseModel } from '../model/course';
import type { EngineModel } from '../model/engine';
import type { PanelModel } from '../model/panel';
import type { TimelineModel } from '../model/timeline';
import type { IPicture, Language } from '../model/views';
import { Formats } from './formats';

/** What a view asks of the page around the panel. */
export interface IPage {
  /** Bring a cell of a notebook into sight. */
  reveal(path: string, cell: string): Promise<void>;
  /** Bring the terminal of a cause to the front; an error where it is gone. */
  showTerminal(name: string): void;
  /** Open a terminal in the machine and run a command there. */
  runInTerminal(command: string): Promise<void>;
  /** The address of a published port. */
  portUrl(port: number): string;
  /** Show a picture in the main area, where there is more room. */
  enlarge(picture: IPicture): void;
  /** Ask before something is lost; true where the learner agrees. */
  confirm(title: string, loses: string, accept: string): Promise<boolean>;
}

/** Everything that the views share. */
export interface IDockyard {
  engine: EngineModel;
  course: CourseModel;
  timeline: TimelineModel;
  panel: PanelModel;
  api: Api;
  page: IPage;
  trans: TranslationBundle;
  formats: Formats;
  /** Choose the language of the lessons, also for the next time. */
  speak: (language: Language) => Promise<void>;
}

export const DockyardContext = React.createContext<IDockyard | null>(null);

/** Return what the views share. */
export function useDockyard(): IDockyard {
  const dockyard = React.useContext(DockyardContext);
  if (!dockyard) {
    throw new Error('A view stands outside of the panel.');
  }
  return dockyard;
}

/** Draw a component again whenever a signal is emitted. */
export function useChanges(...signals: ISignal<unknown, unknown>[]): void {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    const onChange = () => redraw();
    signals.forEach(signal => signal.connect(onChange));
    // What changed between the first drawing and now was not heard.
    redraw();
    return () => signals.forEach(signal => void signal.disconnect(onChange));
    // A model's signal is the same object for as long as the model lives.
  }, []);
}

/**
 * Return lines that are read from a model; the component is drawn again only when they are others.
 *
 * A row is kept as it is while its own object stays the same. What it tells of others changes without that: a volume
 * is in use once a container mounts it.
 */
export function useLines(
  changed: ISignal<unknown, unknown>,
  read: () => readonly string[]
): readonly string[] {
  const subscribe = React.useCallback(
    (onChange: () => void) => {
      changed.connect(onChange);
      return () => void changed.disconnect(onChange);
    },
    [changed]
  );
  // React compares what is read with what it was: of equal texts it knows that they are the same.
  const text = React.useSyncExternalStore(subscribe, () =>
    JSON.stringify(read())
  );
  return React.useMemo(() => JSON.parse(text) as string[], [text]);
}

/** Something that a button does, whether it is under way, and why it failed. */
export interface IAction {
  isBusy: boolean;
  problem: string;
  run(doing: () => Promise<unknown>): void;
}

/**
 * Return the state of what a view's buttons do; it survives the view's end.
 *
 * @param of - What the buttons are of, in a view that shows one thing after another: what went wrong with one is not
 *   shown with the next. (A `key` would do that too, but it takes the buttons away, and the keyboard's focus with them.)
 */
export function useAction(of = ''): IAction {
  const [isBusy, setBusy] = React.useState(false);
  const [problem, setProblem] = React.useState({ of, text: '' });
  const run = (doing: () => Promise<unknown>) => {
    setBusy(true);
    setProblem({ of, text: '' });
    doing()
      .catch((reason: unknown) =>
        setProblem({ of, text: (reason as Error).message })
      )
      .finally(() => setBusy(false));
  };
  return { isBusy, problem: problem.of === of ? problem.text : '', run };
}

/** Say in a few words what made something happen, for a link or a title. */
export function causeWords(cause: Cause, trans: TranslationBundle): string {
  switch (cause.by) {
    case 'cell':
      return trans.__('by a cell: %1', cause.source);
    case 'terminal':
      return cause.command
        ? trans.__('in a terminal: %1', cause.command)
        : trans.__('in terminal %1', cause.name);
    case 'panel':
      return trans.__('by this panel');
  }
}
