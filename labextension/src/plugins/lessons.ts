/** Adds to the notebooks what brings their commands into a terminal. */

import {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { terminalIcon } from '@jupyterlab/ui-components';

import { CommandIDs } from '../ids';
import { Snippets } from '../page/snippets';
import { loadSettings } from './settings';

/** The cells that run in the machine: what stands below their first line is a shell's. */
const MACHINE_CELL = /^%%machine\b[^\n]*\n/;

export const lessonsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'dockyard:lessons',
  description: 'Buttons that bring the commands of a lesson into a terminal.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ITranslator, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    translator: ITranslator | null,
    registry: ISettingRegistry | null
  ) => {
    const trans = (translator ?? nullTranslator).load('dockyard');
    const snippets = new Snippets(tracker, trans.__('Open in a terminal'));
    void loadSettings(registry).then(settings => {
      const apply = () => {
        snippets.isShown = settings?.composite['lessonButtons'] !== false;
      };
      settings?.changed.connect(apply);
      apply();
    });

    const script = () =>
      MACHINE_CELL.test(source()) ? source().replace(MACHINE_CELL, '') : '';
    const source = () =>
      tracker.activeCell?.model.sharedModel.getSource() ?? '';
    app.commands.addCommand(CommandIDs.cellToTerminal, {
      label: trans.__('Open this cell in a terminal'),
      caption: trans.__(
        'Type the commands of this cell into a terminal in the machine'
      ),
      icon: terminalIcon,
      isVisible: () => script() !== '',
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () =>
        app.commands.execute(CommandIDs.openTerminal, { text: script() })
    });
    tracker.activeCellChanged.connect(() => {
      app.commands.notifyCommandChanged(CommandIDs.cellToTerminal);
    });
  }
};
