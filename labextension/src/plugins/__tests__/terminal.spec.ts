import type { JupyterFrontEnd } from '@jupyterlab/application';
import { showErrorMessage } from '@jupyterlab/apputils';
import { CommandRegistry } from '@lumino/commands';

import { CommandIDs } from '../../ids';
import { terminalPlugin } from '../terminal';

// Of these only the tokens are asked for, and a dialog needs more than jsdom.
jest.mock('@jupyterlab/apputils', () => ({ showErrorMessage: jest.fn() }));
jest.mock('@jupyterlab/launcher', () => ({}));
jest.mock('@jupyterlab/terminal', () => ({}));

describe('the command that opens a port', () => {
  it('says what is no port', async () => {
    const commands = new CommandRegistry();
    const app = { commands } as unknown as JupyterFrontEnd;
    await terminalPlugin.activate(app, null, null, null, null);
    await commands.execute(CommandIDs.openPort, { port: 70000 });
    expect(showErrorMessage).toHaveBeenCalledWith(
      'Dockyard',
      new RangeError('70000 is no port: ports are 1 to 65535.')
    );
  });
});
