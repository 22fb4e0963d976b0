/** Puts a button beside the shell commands of a lesson's Markdown, with which they get into a terminal. */

import { INotebookTracker } from '@jupyterlab/notebook';

import { CommandIDs } from '../ids';
import { Batch } from '../model/frames';

const CODE = '.jp-RenderedMarkdown pre > code[class*="language-"]';
const LANGUAGE =
  /(?:^|\s)language-(console|shell-session|bash|shell|sh)(?:\s|$)/;

/**
 * Return what a learner would type, of a block of shell code.
 *
 * @param code - The block; in a session ("console") only what stands after a prompt is typed, the rest is output.
 */
export function commandsOf(code: string, language: string): string {
  if (language !== 'console' && language !== 'shell-session') {
    return code.trim();
  }
  return code
    .split('\n')
    .flatMap(line => /^(?:\S*[$#]|>) (.*)$/.exec(line)?.[1] ?? [])
    .join('\n');
}

/** Adds the buttons, and those of what is rendered later. */
export class Snippets {
  /**
   * @param label - What the buttons say.
   */
  constructor(
    tracker: INotebookTracker,
    private readonly label: string
  ) {
    tracker.widgetAdded.connect((_, panel) => {
      const { node } = panel.content;
      const batch = new Batch(() => this.decorate(node));
      const observer = new MutationObserver(() => batch.request());
      observer.observe(node, { childList: true, subtree: true });
      panel.disposed.connect(() => observer.disconnect());
    });
  }

  /** Whether there are buttons; those that are there already are hidden by style. */
  set isShown(isShown: boolean) {
    document.body.classList.toggle('dockyard-mod-no-snippets', !isShown);
  }

  /** Add a button to each block of commands below a node that has none. */
  decorate(node: HTMLElement): void {
    for (const code of node.querySelectorAll<HTMLElement>(CODE)) {
      const block = code.parentElement;
      const [, language] = LANGUAGE.exec(code.className) ?? [];
      if (
        !block ||
        !language ||
        block.parentElement?.matches('.dockyard-snippet')
      ) {
        continue;
      }
      const text = commandsOf(code.textContent, language);
      if (text) {
        const frame = document.createElement('div');
        frame.className = 'dockyard-snippet';
        block.replaceWith(frame);
        frame.append(block, this.button(text));
      }
    }
  }

  /** A button that types a text and leaves Enter to the learner: a page's text is not trusted to run. */
  private button(text: string): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'dockyard-button';
    button.textContent = this.label;
    button.dataset['commandlinkerCommand'] = CommandIDs.openTerminal;
    button.dataset['commandlinkerArgs'] = JSON.stringify({ text });
    return button;
  }
}
