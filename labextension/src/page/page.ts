/** Does in JupyterLab what the panel's views ask for: bring cells and terminals into sight, put questions. */

import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, MainAreaWidget, showDialog } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { NotebookPanel } from '@jupyterlab/notebook';
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
    portUrl: port => portUrl(port),
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
  const widget = documents.openOrReveal(path);
  if (!(widget instanceof NotebookPanel)) {
    throw new Error(trans.__('There is no notebook %1.', path));
  }
  await widget.context.ready;
  const { content } = widget;
  const index = content.widgets.findIndex(({ model }) => model.id === cell);
  if (index >= 0) {
    await widget.revealed;
    content.activeCellIndex = index;
    await content.scrollToItem(index, 'start');
    widget.activate();
  }
}
