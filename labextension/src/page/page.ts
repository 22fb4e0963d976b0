/** Does in JupyterLab what the panel's views ask for: bring cells and terminals into sight, put questions. */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, MainAreaWidget, showDialog } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { NotebookPanel } from '@jupyterlab/notebook';
import { ServerConnection } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import { layersIcon } from '../icons';
import { visible } from '../model/text';
import { portUrl } from '../ports';
import { MachineTerminals } from '../terminals';
import type { IPage } from '../view/context';
import { parseDrawing } from '../view/drawing';

/** Return the page around the panel. */
export function createPage(
  app: JupyterFrontEnd,
  documents: IDocumentManager,
  terminals: MachineTerminals,
  trans: TranslationBundle
): IPage {
  return {
    reveal: (path, cell) => reveal(documents, path, cell, trans),
    showTerminal: name => terminals.show(name),
    runInTerminal: async command => {
      await terminals.open(command, command !== '');
    },
    portUrl: port => portUrl(port, trans),
    enlarge: ({ title, svg }) => {
      const content = new Widget();
      content.addClass('dockyard-drawing');
      content.node.replaceChildren(...[parseDrawing(svg) ?? []].flat());
      const widget = new MainAreaWidget({ content });
      widget.title.label = visible(title);
      widget.title.icon = layersIcon;
      widget.title.closable = true;
      app.shell.add(widget, 'main');
    },
    confirm: async (title, body, accept) => {
      const buttons = [
        Dialog.cancelButton(),
        Dialog.warnButton({ label: accept })
      ];
      const { button } = await showDialog({ title, body, buttons });
      return button.accept;
    }
  };
}

async function reveal(
  documents: IDocumentManager,
  path: string,
  cell: string,
  trans: TranslationBundle
): Promise<void> {
  const widget = (await isThere(documents, path))
    ? documents.openOrReveal(path)
    : undefined;
  if (!(widget instanceof NotebookPanel)) {
    throw new Error(trans.__('There is no notebook %1.', path));
  }
  if (!(await isRead(widget))) {
    return;
  }
  const { content } = widget;
  const index = content.widgets.findIndex(({ model }) => model.id === cell);
  if (index >= 0) {
    await widget.revealed;
    content.activeCellIndex = index;
    await content.scrollToItem(index, 'start');
    widget.activate();
  }
}

/** Whether a document is open or can be opened: a learner may have renamed or deleted the lesson. */
async function isThere(
  documents: IDocumentManager,
  path: string
): Promise<boolean> {
  if (documents.findWidget(path)) {
    return true;
  }
  try {
    await documents.services.contents.get(path, { content: false });
    return true;
  } catch (reason) {
    if (
      reason instanceof ServerConnection.ResponseError &&
      reason.response.status === 404
    ) {
      return false;
    }
    throw reason;
  }
}

/**
 * Wait until a notebook is read; false where it is closed before that.
 *
 * JupyterLab says itself why it can't read one, and closes it. Its context is then never ready.
 */
function isRead(widget: NotebookPanel): Promise<boolean> {
  const closed = new Promise<boolean>(resolve => {
    widget.disposed.connect(() => resolve(false));
  });
  return Promise.race([widget.context.ready.then(() => true), closed]);
}
