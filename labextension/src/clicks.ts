/** Lets the harmless buttons of a lesson's page work without a question; it knows which commands those are. */

import { CommandRegistry } from '@lumino/commands';
import { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { CommandIDs } from './ids';

/**
 * Whether a page that nobody has vouched for may run a command with a single click.
 *
 * JupyterLab asks before a button of an untrusted page runs a command. A text that is only typed into a terminal, or
 * a page opened in another tab, leaves the decision with the learner anyway.
 */
export function isHarmless(
  command: string,
  args: ReadonlyPartialJSONObject
): boolean {
  return (
    command === CommandIDs.openPort ||
    (command === CommandIDs.openTerminal && args['run'] !== true)
  );
}

/**
 * Run the harmless commands that a page's buttons name.
 *
 * Buttons carry JupyterLab's own attributes, so where this does not step in, its command linker does.
 *
 * @param commands - Where the commands are registered.
 * @param root - The element under which buttons are looked for.
 */
export function connectButtons(
  commands: CommandRegistry,
  root: HTMLElement
): void {
  const onClick = (event: MouseEvent) => {
    const button = (event.target as Element).closest<HTMLElement>(
      '[data-commandlinker-command^="dockyard:"]'
    );
    const command = button?.dataset['commandlinkerCommand'];
    if (!button || !command) {
      return;
    }
    const args = parse(button.dataset['commandlinkerArgs']);
    if (isHarmless(command, args)) {
      event.preventDefault();
      event.stopPropagation();
      void commands.execute(command, args);
    }
  };
  root.addEventListener('click', onClick, { capture: true });
}

function parse(args: string | undefined): ReadonlyPartialJSONObject {
  const parsed: unknown = JSON.parse(args ?? '{}');
  return parsed !== null && typeof parsed === 'object'
    ? (parsed as ReadonlyPartialJSONObject)
    : {};
}
