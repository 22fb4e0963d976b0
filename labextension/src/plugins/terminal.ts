/** Adds terminals in the machine and published ports to JupyterLab, and makes the buttons of lessons work. */

import {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, showErrorMessage } from '@jupyterlab/apputils';
import { ILauncher } from '@jupyterlab/launcher';
import { ITerminalTracker } from '@jupyterlab/terminal';
import {
  ITranslator,
  nullTranslator,
  TranslationBundle
} from '@jupyterlab/translation';
import { terminalIcon } from '@jupyterlab/ui-components';

import { connectButtons } from '../clicks';
import { CATEGORY, CommandIDs } from '../ids';
import { Causes } from '../model/causes';
import { portUrl } from '../ports';
import { IMachineTerminals, MachineTerminals } from '../terminals';

function addTerminalCommand(
  app: JupyterFrontEnd,
  terminals: MachineTerminals,
  trans: TranslationBundle
): void {
  app.commands.addCommand(CommandIDs.openTerminal, {
    label: trans.__('Terminal in the machine'),
    caption: trans.__('Open a terminal that lands in the machine'),
    icon: args => (args['isPalette'] ? undefined : terminalIcon),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          text: {
            type: 'string',
            description: trans.__('What to type at the prompt')
          },
          run: {
            type: 'boolean',
            description: trans.__('Whether to run it as well')
          }
        }
      }
    },
    execute: async args => {
      const text = typeof args['text'] === 'string' ? args['text'] : '';
      try {
        return await terminals.open(text, args['run'] === true);
      } catch (reason) {
        await showErrorMessage(
          trans.__('No terminal in the machine'),
          reason as Error
        );
        return undefined;
      }
    }
  });
}

function addPortCommand(app: JupyterFrontEnd, trans: TranslationBundle): void {
  app.commands.addCommand(CommandIDs.openPort, {
    label: args =>
      trans.__('Open port %1 of the machine', Number(args['port'])),
    describedBy: {
      args: {
        type: 'object',
        required: ['port'],
        properties: {
          port: {
            type: 'integer',
            description: trans.__('The published port')
          },
          path: { type: 'string', description: trans.__('The page to open') }
        }
      }
    },
    execute: async args => {
      const path = typeof args['path'] === 'string' ? args['path'] : '';
      try {
        const url = portUrl(Number(args['port']), trans, path);
        window.open(url, '_blank', 'noopener');
      } catch (reason) {
        await showErrorMessage('Dockyard', reason as Error);
      }
    }
  });
}

export const terminalPlugin: JupyterFrontEndPlugin<MachineTerminals> = {
  id: 'dockyard:terminal',
  description: 'Terminals in the machine, and the buttons of the lessons.',
  autoStart: true,
  provides: IMachineTerminals,
  optional: [ITranslator, ICommandPalette, ILauncher, ITerminalTracker],
  activate: (
    app: JupyterFrontEnd,
    translator: ITranslator | null,
    palette: ICommandPalette | null,
    launcher: ILauncher | null,
    tracker: ITerminalTracker | null
  ) => {
    const trans = (translator ?? nullTranslator).load('dockyard');
    const terminals = new MachineTerminals(app, new Causes(), tracker, trans);
    addTerminalCommand(app, terminals, trans);
    addPortCommand(app, trans);
    connectButtons(app.commands, document.body);
    palette?.addItem({
      command: CommandIDs.openTerminal,
      category: CATEGORY,
      args: { isPalette: true }
    });
    launcher?.add({ command: CommandIDs.openTerminal, category: CATEGORY });
    return terminals;
  }
};
