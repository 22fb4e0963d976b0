import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import { Causes } from '../model/causes';
import { MachineTerminals } from '../terminals';

jest.mock('../request', () => ({
  request: () => Promise.resolve({ name: '1' })
}));

describe('MachineTerminals', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => jest.useRealTimers());

  it('says in the learner’s language that no prompt came', async () => {
    const widget = {
      id: 'terminal',
      disposed: new Signal({}),
      content: { session: { name: '1', messageReceived: new Signal({}) } }
    };
    const app = {
      commands: { execute: () => Promise.resolve(widget) },
      serviceManager: {},
      shell: { currentWidget: null, activateById: jest.fn() }
    } as unknown as JupyterFrontEnd;
    const chinese = { __: (text: string) => `译：${text}` };
    const terminals = new MachineTerminals(
      app,
      new Causes(),
      null,
      chinese as TranslationBundle
    );
    const opened = expect(terminals.open('docker ps')).rejects.toThrow(
      '译：The shell in the machine shows no prompt.'
    );
    await jest.advanceTimersByTimeAsync(15_000);
    await opened;
  });
});
