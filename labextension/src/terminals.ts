/** Opens Lab terminals that land in the machine and types commands there; it knows nothing of who asks for it. */

import { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import { Terminal } from '@jupyterlab/services';
import type { ITerminal, ITerminalTracker } from '@jupyterlab/terminal';
import type { TranslationBundle } from '@jupyterlab/translation';
import { PromiseDelegate, Token } from '@lumino/coreutils';

import { Causes } from './model/causes';
import { keystrokes, Prompt } from './prompt';
import { request } from './request';

type TerminalWidget = MainAreaWidget<ITerminal.ITerminal>;

/** A machine's shell shows its prompt in a fraction of a second; after this many milliseconds it never will. */
const PROMPT_TIMEOUT = 15_000;

/** The terminals, for other plugins of Dockyard. */
export const IMachineTerminals = new Token<MachineTerminals>(
  'dockyard:IMachineTerminals'
);

/** The terminals that were opened here, and what each of them shows. */
export class MachineTerminals {
  /**
   * @param causes - Is told what the learner runs in terminals.
   * @param tracker - Knows all terminals; those that were opened elsewhere are listened to as well.
   */
  constructor(
    private readonly app: JupyterFrontEnd,
    readonly causes: Causes,
    tracker: ITerminalTracker | null,
    private readonly trans: TranslationBundle
  ) {
    tracker?.widgetAdded.connect((_, widget) => void this.adopt(widget));
  }

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
      opened.session.send({ type: 'stdin', content: [keys] });
    }
    return opened.widget;
  }

  /**
   * Bring a terminal to the front by the name of its session.
   *
   * @throws Error where it is gone.
   */
  show(name: string): void {
    const found = this.known.find(({ session }) => session.name === name);
    if (!found) {
      throw new Error(this.trans.__('Terminal %1 is closed.', name));
    }
    this.app.shell.activateById(found.widget.id);
  }

  private waiting(): OpenTerminal | undefined {
    return this.known.find(terminal => terminal.isOwn && terminal.isIdle);
  }

  private adopt(widget: TerminalWidget): OpenTerminal {
    const known = this.known.find(other => other.widget === widget);
    if (known) {
      return known;
    }
    const terminal = new OpenTerminal(widget, this.causes, this.trans);
    this.known.push(terminal);
    widget.disposed.connect(() => {
      terminal.end();
      this.known.splice(this.known.indexOf(terminal), 1);
    });
    return terminal;
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
    const opened = this.adopt(widget);
    opened.isOwn = true;
    if (beside && reference) {
      // The lesson stays in sight above the terminal in which its command runs.
      shell.add(widget, 'main', { mode: 'split-bottom', ref: reference.id });
    }
    return opened;
  }

  private readonly known: OpenTerminal[] = [];
}

/** One terminal and whether the machine's shell waits in it. */
class OpenTerminal {
  constructor(
    readonly widget: TerminalWidget,
    private readonly causes: Causes,
    private readonly trans: TranslationBundle
  ) {
    this.session.messageReceived.connect((_, message) => {
      if (message.type === 'stdout') {
        this.read(String(message.content?.[0] ?? ''));
      }
    });
    this.session.connectionStatusChanged.connect((_, status) => {
      // Its shell has ended, or can be heard no more.
      if (status === 'disconnected') {
        this.end();
      }
    });
  }

  /** Whether it was opened here, and so may be used again: what stands at the prompt of another is its owner's. */
  isOwn = false;

  get session(): Terminal.ITerminalConnection {
    return this.widget.content.session;
  }

  /** Nothing that was begun here goes on. */
  end(): void {
    this.endCommand?.();
    this.endCommand = null;
  }

  /** Whether the machine's own shell is here and has nothing to do. */
  get isIdle(): boolean {
    const { connectionStatus } = this.session;
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
      delegate.reject(
        new Error(this.trans.__('The shell in the machine shows no prompt.'))
      );
    }, timeout);
    this.waiters.push(() => {
      window.clearTimeout(timer);
      delegate.resolve();
    });
    this.settle();
    return delegate.promise;
  }

  private read(output: string): void {
    const wasIdle = this.prompt.isMachine;
    this.prompt.read(output);
    if (this.prompt.isMachine) {
      this.end();
    } else if (wasIdle) {
      this.endCommand = this.causes.begin({
        by: 'terminal',
        name: this.session.name,
        command: this.prompt.entered
      });
    }
    this.settle();
  }

  private settle(): void {
    if (this.prompt.isShown) {
      this.waiters.splice(0).forEach(resolve => resolve());
    }
  }

  private endCommand: (() => void) | null = null;
  private readonly prompt = new Prompt();
  private readonly waiters: (() => void)[] = [];
}
