import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { NotebookPanel } from '@jupyterlab/notebook';
import { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import type { MachineTerminals } from '../../terminals';
import { createPage } from '../page';

// The whole of JupyterLab's notebook and dialogs do not run in jsdom.
jest.mock('@jupyterlab/apputils', () => ({}));
jest.mock('@jupyterlab/notebook', () => ({ NotebookPanel: jest.fn() }));

const LESSON = 'en/01-images.ipynb';

/** A notebook that JupyterLab opens. */
class Lesson extends (NotebookPanel as unknown as new () => object) {
  readonly context: { ready: Promise<void> };
  readonly disposed = new Signal<this, void>(this);
  readonly revealed = Promise.resolve();
  readonly activate = jest.fn();
  readonly content = {
    widgets: [{ model: { id: 'first' } }, { model: { id: 'one-goal' } }],
    activeCellIndex: 0,
    scrollToItem: jest.fn(() => Promise.resolve())
  };

  constructor(ready: Promise<void>) {
    super();
    this.context = { ready };
  }
}

describe('reveal', () => {
  const get = jest.fn<Promise<unknown>, unknown[]>();
  const findWidget = jest.fn();
  const openOrReveal = jest.fn();
  const documents = {
    findWidget,
    openOrReveal,
    services: { contents: { get } }
  } as unknown as IDocumentManager;
  const page = createPage(
    {} as unknown as JupyterFrontEnd,
    documents,
    {} as unknown as MachineTerminals,
    nullTranslator.load('dockyard')
  );

  const refuse = (status: number) =>
    get.mockRejectedValue(
      new ServerConnection.ResponseError(
        { status, statusText: 'refused' } as Response,
        'refused'
      )
    );

  beforeEach(() => {
    jest.resetAllMocks();
    get.mockResolvedValue({});
  });

  it('brings the cell of an exercise into sight', async () => {
    const lesson = new Lesson(Promise.resolve());
    openOrReveal.mockReturnValue(lesson);
    await page.reveal(LESSON, 'one-goal');
    expect(lesson.content.activeCellIndex).toBe(1);
    expect(lesson.activate).toHaveBeenCalledTimes(1);
  });

  it('says that a lesson is not there, and opens nothing', async () => {
    refuse(404);
    await expect(page.reveal(LESSON, '')).rejects.toThrow(
      `There is no notebook ${LESSON}.`
    );
    expect(openOrReveal).not.toHaveBeenCalled();
  });

  it('says what the server says where it can’t look', async () => {
    refuse(403);
    await expect(page.reveal(LESSON, '')).rejects.toThrow('refused');
  });

  it('shows a lesson that is open, also after its file is gone', async () => {
    refuse(404);
    const lesson = new Lesson(Promise.resolve());
    findWidget.mockReturnValue(lesson);
    openOrReveal.mockReturnValue(lesson);
    await page.reveal(LESSON, 'first');
    expect(lesson.activate).toHaveBeenCalledTimes(1);
  });

  it('ends where JupyterLab can’t read the notebook and closes it', async () => {
    const lesson = new Lesson(new Promise(() => undefined));
    openOrReveal.mockReturnValue(lesson);
    const revealed = page.reveal(LESSON, 'one-goal');
    await new Promise(resolve => setTimeout(resolve));
    lesson.disposed.emit();
    await revealed;
    expect(lesson.activate).not.toHaveBeenCalled();
  });
});
