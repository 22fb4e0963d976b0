/** Notices which cells of notebooks are running, and tells it as causes; it runs none. */

import type { Cell, ICodeCellModel } from '@jupyterlab/cells';
import {
  INotebookTracker,
  Notebook,
  NotebookActions
} from '@jupyterlab/notebook';

import { Causes } from '../model/causes';
import { gist } from '../model/text';

/** A cell that waits for the kernel, and once it runs, how to say that it has ended. */
interface IScheduled {
  cell: Cell;
  end?: () => void;
}

/** Follows the cells that are run; a kernel runs those of one notebook one after the other. */
export class CellWatch {
  constructor(
    private readonly tracker: INotebookTracker,
    private readonly causes: Causes
  ) {
    NotebookActions.executionScheduled.connect((_, { notebook, cell }) => {
      this.queue(notebook).push({ cell });
      this.begin(notebook);
    });
    NotebookActions.executed.connect((_, { notebook, cell, success }) => {
      // After an error the kernel runs none of the cells that wait.
      this.drop(notebook, success ? cell : null);
    });
    NotebookActions.selectionExecuted.connect((_, { notebook }) => {
      this.sweep(notebook);
    });
  }

  private queue(notebook: Notebook): IScheduled[] {
    let queue = this.queues.get(notebook);
    if (!queue) {
      queue = [];
      this.queues.set(notebook, queue);
      notebook.disposed.connect(() => {
        this.drop(notebook, null);
        this.queues.delete(notebook);
      });
    }
    return queue;
  }

  /** Let the first cell that waits begin. */
  private begin(notebook: Notebook): void {
    const [first] = this.queue(notebook);
    if (first && !first.end) {
      const panel = this.tracker.find(({ content }) => content === notebook);
      first.end = this.causes.begin({
        by: 'cell',
        path: panel?.context.path ?? '',
        cell: first.cell.model.id,
        source: gist(first.cell.model.sharedModel.getSource())
      });
    }
  }

  /** Take a cell and all before it out of the queue. Null stands for all. */
  private drop(notebook: Notebook, cell: Cell | null): void {
    const queue = this.queue(notebook);
    const index = queue.findIndex(scheduled => scheduled.cell === cell);
    const count = cell ? index + 1 : queue.length;
    queue.splice(0, count).forEach(({ end }) => end?.());
    this.begin(notebook);
  }

  /**
   * Take out what no longer waits for the kernel: a restart cancels the cells of a run, and they end without a word.
   *
   * The cells of a later run wait on. Those of the one that is over can't be told by its last cell, which may be
   * Markdown and never was in the queue; JupyterLab's own mark on each cell tells.
   */
  private sweep(notebook: Notebook): void {
    const queue = this.queue(notebook);
    const over = queue.filter(({ cell }) => !isUnderWay(cell));
    const goingOn = queue.filter(({ cell }) => isUnderWay(cell));
    queue.splice(0, queue.length, ...goingOn);
    over.forEach(({ end }) => end?.());
    this.begin(notebook);
  }

  private readonly queues = new Map<Notebook, IScheduled[]>();
}

/** Whether a cell runs or waits for the kernel; JupyterLab calls both "running". */
function isUnderWay(cell: Cell): boolean {
  return (
    !cell.isDisposed &&
    (cell.model as ICodeCellModel).executionState === 'running'
  );
}
