import type { Cell } from '@jupyterlab/cells';
import type { INotebookTracker, Notebook } from '@jupyterlab/notebook';
import { NotebookActions } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import { Causes } from '../../model/causes';
import { CellWatch } from '../cells';

// The whole of JupyterLab's notebook does not run in jsdom, and only what it announces is listened to.
jest.mock('@jupyterlab/notebook', () => {
  const { Signal } =
    jest.requireActual<typeof import('@lumino/signaling')>('@lumino/signaling');
  return {
    NotebookActions: {
      executionScheduled: new Signal({}),
      executed: new Signal({}),
      selectionExecuted: new Signal({})
    }
  };
});

interface ICell {
  isDisposed: boolean;
  model: {
    id: string;
    type: string;
    executionState: string;
    sharedModel: { getSource: () => string };
  };
}

describe('CellWatch', () => {
  let clock: number;
  let causes: Causes;
  let notebook: Notebook;

  const cell = (id: string, type = 'code'): ICell => ({
    isDisposed: false,
    model: {
      id,
      type,
      executionState: 'idle',
      sharedModel: { getSource: () => `docker run ${id}` }
    }
  });
  const emit = (
    signal: 'executionScheduled' | 'executed' | 'selectionExecuted',
    args: object
  ) =>
    (NotebookActions[signal] as Signal<unknown, unknown>).emit({
      notebook,
      ...args
    });
  /** As JupyterLab schedules a run: all code cells at once. */
  const run = (...cells: ICell[]) => {
    for (const one of cells) {
      if (one.model.type === 'code') {
        emit('executionScheduled', { cell: one });
        one.model.executionState = 'running';
      } else {
        emit('executed', { cell: one, success: true });
      }
    }
  };
  const finish = (one: ICell, success = true) => {
    one.model.executionState = 'idle';
    emit('executed', { cell: one, success });
  };
  /** As a restart of the kernel cancels a run: no cell of it is told as executed. */
  const cancel = (...cells: ICell[]) => {
    cells.forEach(({ model }) => (model.executionState = 'idle'));
    emit('selectionExecuted', { lastCell: cells.at(-1) });
  };
  const running = () => {
    clock += 10_000;
    const { current } = causes;
    return current?.by === 'cell' ? current.cell : null;
  };

  beforeEach(() => {
    clock = 0;
    causes = new Causes(() => clock);
    notebook = { disposed: new Signal({}) } as unknown as Notebook;
    const tracker = { find: () => undefined } as unknown as INotebookTracker;
    new CellWatch(tracker, causes);
  });

  afterEach(() => {
    for (const signal of Object.values(NotebookActions)) {
      Signal.disconnectAll(signal);
    }
  });

  it('tells one cell after the other, as the kernel runs them', () => {
    const [one, two] = [cell('one'), cell('two')];
    run(one, cell('words', 'markdown'), two);
    expect(running()).toBe('one');
    finish(one);
    expect(running()).toBe('two');
    finish(two);
    emit('selectionExecuted', { lastCell: two as unknown as Cell });
    expect(running()).toBeNull();
  });

  it('drops all of a run that a restart cancels, also where it ends in Markdown', () => {
    const cells = [cell('one'), cell('two'), cell('words', 'markdown')];
    run(...cells);
    finish(cells[0] as ICell);
    expect(running()).toBe('two');
    cancel(...cells);
    expect(running()).toBeNull();
  });

  it('leaves the cells of a later run in their places', () => {
    const [one, two] = [cell('one'), cell('two')];
    run(one);
    run(two);
    const words = cell('words', 'markdown');
    run(words);
    emit('selectionExecuted', { lastCell: words });
    expect(running()).toBe('one');
    cancel(one);
    expect(running()).toBe('two');
  });

  it('runs no cell after one that failed', () => {
    const [one, two] = [cell('one'), cell('two')];
    run(one, two);
    finish(one, false);
    expect(running()).toBeNull();
  });
});
