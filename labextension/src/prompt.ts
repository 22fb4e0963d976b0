/** Tells from a terminal's output whether the machine's shell waits at its prompt; it knows nothing of JupyterLab. */

/** Bash switches bracketed paste on before it shows a prompt, and off when a line was entered (readline(3)). */
const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l';

/** The machine's own prompt, colours and title left aside; a container's shell shows its own host name. */
const MACHINE =
  // eslint-disable-next-line no-control-regex
  /^(?:\x1b\[[\d;]*m|\x1b\]\d;[^\x07]*\x07)*(?:root@)?machine(?:\x1b\[[\d;]*m)*:/;

/** What stands after the prompt: the directory and the sign of the shell, then the command. */
const AFTER_PROMPT = /^[^#$]*[#$] (.*)$/s;

/** Ctrl-E, Ctrl-U: what was typed before and never entered makes room (readline(3), unix-line-discard). */
const CLEAR_LINE = '\x05\x15';

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';

/** The state of one terminal, fed with all that it prints. */
export class Prompt {
  /** Whether some shell waits for a command: the machine's, or one that was started in it. */
  get isShown(): boolean {
    return this.tail !== undefined;
  }

  /** Whether it is the machine's own shell that waits. */
  get isMachine(): boolean {
    return this.tail !== undefined && MACHINE.test(this.tail);
  }

  /** The last command that was entered; "" where it was edited so that its characters don't stand in order. */
  get entered(): string {
    return this.command;
  }

  /**
   * Take in a piece of the terminal's output.
   *
   * @param output - What was printed; a sequence may be cut anywhere.
   */
  read(output: string): void {
    const all = this.rest + output;
    const on = all.lastIndexOf(PASTE_ON);
    const off = all.lastIndexOf(PASTE_OFF);
    if (on > off) {
      this.tail = all.slice(on + PASTE_ON.length);
    } else if (off >= 0) {
      this.command = typed((this.tail ?? '') + output);
      this.tail = undefined;
    } else if (this.tail !== undefined) {
      this.tail += output;
    }
    this.tail = this.tail?.slice(0, LONGEST_PROMPT);
    this.rest = all.slice(-(PASTE_ON.length - 1));
  }

  private rest = '';
  private command = '';
  private tail: string | undefined;
}

/** Return the command in what was shown from a prompt on until the shell began to run it. */
function typed(shown: string): string {
  const line = shown.split('\r\n')[0] ?? '';
  // A shell draws its line again, from the beginning, when the terminal's size changes.
  const drawn = line.slice(line.lastIndexOf('\r') + 1).replace(MACHINE, '');
  // Colours end the prompt, and Ctrl-U on an empty line rings the bell.
  // eslint-disable-next-line no-control-regex
  const plain = drawn.replace(/\x1b\[[\d;]*m|\x07/g, '');
  const command = AFTER_PROMPT.exec(plain)?.[1]?.trim() ?? '';
  // eslint-disable-next-line no-control-regex
  return /[\x00-\x1f]/.test(command) ? '' : command;
}

/** More of a prompt than this is never kept: what a learner types is no part of it. */
const LONGEST_PROMPT = 512;

/**
 * Return what to send to a shell at its prompt so that a text stands there, and runs only if it is meant to.
 *
 * @param text - The command, of one line or several.
 * @param run - Whether to press Enter after it.
 */
export function keystrokes(text: string, run: boolean): string {
  const clean = text
    .replace(/\r\n?/g, '\n')
    // A control character is a key press to the shell, and some run the line.
    // eslint-disable-next-line no-control-regex
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
    .trim();
  const pasted = /[\n\t]/.test(clean) ? PASTE_START + clean + PASTE_END : clean;
  return CLEAR_LINE + pasted + (run ? '\r' : '');
}
