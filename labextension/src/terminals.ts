/** Opens Lab terminals that land in the machine and types commands there; it knows nothing of who asks for it. */

import { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import { Terminal } from '@jupyterlab/services';
import type { ITerminal } from '@jupyterlab/terminal';
import { PromiseDelegate } from '@lumino/coreutils';

import { keystrokes, Prompt } from './prompt';
import { request } from './request';

type TerminalWidget = MainAreaWidget<ITerminal.ITerminal>;

/** A machine's shell shows its prompt in a fraction of a second; after this many milliseconds it never will. */
const PROMPT_TIMEOUT = 15_000;

/** The terminals that were opened here, and what each of them shows. */
export class MachineTerminals {
  constructor(private readonly app: JupyterFrontEnd) {}

  /**
   * Bring a terminal in the machine to the front, with a text typed at its prompt.
   *
   * A terminal that was opened here before and waits at its prompt is used again for a text.
   *
   * @param text - The text to type; without it, the terminal is a new one.
   * @param run - Whether to run the text as well.
   */
  async open(text = '', run = false): Promise<TerminalWidget> {
    const waiting = text ? this.waiting() : undefined;
    const opened = waiting ?? (await this.create(text !== ''));
    this.app.shell.activateById(opened.widget.id);
    if (text) {
      await opened.shown(PROMPT_TIMEOUT);
      const keys = keystrokes(text, run);
      opened.widget.content.session.send({ type: 'stdin', content: [keys] });
    }
    return opened.widget;
  }

  private waiting(): OpenTerminal | undefined {
    return this.opened.find(terminal => terminal.isIdle);
  }

  private async create(beside: boolean): Promise<OpenTerminal> {
    const { commands, serviceManager, shell } = this.app;
    const reference = shell.currentWidget;
    const model = await request<Terminal.IModel>(
      'terminals',
      serviceManager.serverSettings,
      {}
    );
    const widget = (await commands.execute('terminal:create-new', {
      name: model.name
    })) as TerminalWidget;
    const opened = new OpenTerminal(widget);
    this.opened.push(opened);
    widget.disposed.connect(() => {
      this.opened = this.opened.filter(other => other !== opened);
    });
    if (beside && reference) {
      // The lesson stays in sight above the terminal in which its command runs.
      shell.add(widget, 'main', { mode: 'split-bottom', ref: reference.id });
    }
    return opened;
  }

  private opened: OpenTerminal[] = [];
}

/** One terminal and whether the machine's shell waits in it. */
class OpenTerminal {
  constructor(readonly widget: TerminalWidget) {
    widget.content.session.messageReceived.connect((_, message) => {
      if (message.type === 'stdout') {
        this.prompt.read(String(message.content?.[0] ?? ''));
        this.settle();
      }
    });
  }

  /** Whether the machine's own shell is here and has nothing to do. */
  get isIdle(): boolean {
    const { connectionStatus } = this.widget.content.session;
    return connectionStatus === 'connected' && this.prompt.isMachine;
  }

  /**
   * Wait until the prompt is there.
   *
   * @param timeout - How long to wait, in milliseconds.
   */
  shown(timeout: number): Promise<void> {
    const delegate = new PromiseDelegate<void>();
    const timer = window.setTimeout(() => {
      delegate.reject(new Error('The shell in the machine shows no prompt.'));
    }, timeout);
    this.waiters.push(() => {
      window.clearTimeout(timer);
      delegate.resolve();
    });
    this.settle();
    return delegate.promise;
  }

  private settle(): void {
    if (this.prompt.isShown) {
      this.waiters.splice(0).forEach(resolve => resolve());
    }
  }

  private readonly prompt = new Prompt();
  private readonly waiters: (() => void)[] = [];
}
