import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { ITerminalTracker } from '@jupyterlab/terminal';
import type { TranslationBundle } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';

import { Causes } from '../model/causes';
import { MachineTerminals } from '../terminals';

jest.mock('../request', () => ({
  request: () => Promise.resolve({ name: '1' })
}));

const PROMPT = '\x1b[?2004hmachine:~# ';

describe('MachineTerminals', () => {
  let clock: number;
  let causes: Causes;
  let terminals: MachineTerminals;
  const messageReceived = new Signal<object, object>({});
  const connectionStatusChanged = new Signal<object, string>({});
  const disposed = new Signal<object, void>({});
  const widget = {
    id: 'terminal',
    disposed,
    content: {
      session: { name: '1', messageReceived, connectionStatusChanged }
    }
  };
  const widgetAdded = new Signal<object, object>({});
  const activateById = jest.fn();
  const app = {
    commands: { execute: () => Promise.resolve(widget) },
    serviceManager: {},
    shell: { currentWidget: null, activateById }
  } as unknown as JupyterFrontEnd;
  const chinese = {
    __: (text: string, name = '') => `译：${text.replace('%1', name)}`
  };

  const print = (text: string) =>
    messageReceived.emit({ type: 'stdout', content: [text] });
  const running = () => {
    clock += 10_000;
    return causes.current;
  };

  beforeEach(() => {
    jest.useFakeTimers();
    clock = 0;
    causes = new Causes(() => clock);
    terminals = new MachineTerminals(
      app,
      causes,
      { widgetAdded } as unknown as ITerminalTracker,
      chinese as TranslationBundle
    );
  });

  afterEach(() => {
    [messageReceived, connectionStatusChanged, disposed, widgetAdded].forEach(
      signal => Signal.disconnectAll(signal)
    );
    jest.useRealTimers();
  });

  it('says in the learner’s language that no prompt came', async () => {
    const opened = expect(terminals.open('docker ps')).rejects.toThrow(
      '译：The shell in the machine shows no prompt.'
    );
    await jest.advanceTimersByTimeAsync(15_000);
    await opened;
  });

  it('tells what runs, until the prompt is back or the connection is gone', () => {
    widgetAdded.emit(widget);
    const command = { by: 'terminal', name: '1', command: 'docker ps' };
    print(PROMPT);
    print('docker ps\r\n\x1b[?2004l\r');
    expect(running()).toEqual(command);
    print(PROMPT);
    expect(running()).toBeNull();
    print('docker ps\r\n\x1b[?2004l\r');
    connectionStatusChanged.emit('connecting');
    expect(running()).toEqual(command);
    connectionStatusChanged.emit('disconnected');
    expect(running()).toBeNull();
  });

  it('shows a terminal, or says that it is gone', () => {
    widgetAdded.emit(widget);
    terminals.show('1');
    expect(activateById).toHaveBeenCalledWith('terminal');
    disposed.emit();
    expect(() => terminals.show('1')).toThrow('译：Terminal 1 is closed.');
  });
});
