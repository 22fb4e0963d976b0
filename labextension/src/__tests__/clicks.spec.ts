import { CommandRegistry } from '@lumino/commands';
import { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import { connectButtons, isHarmless } from '../clicks';
import { CommandIDs } from '../ids';

describe('isHarmless', () => {
  it('lets a text be typed, and not be run', () => {
    expect(isHarmless(CommandIDs.openTerminal, { text: 'ls' })).toBe(true);
    expect(isHarmless(CommandIDs.openTerminal, { run: true })).toBe(false);
  });

  it('knows nothing of the commands of others', () => {
    expect(isHarmless('dockyard:reset', {})).toBe(false);
    expect(isHarmless('terminal:create-new', {})).toBe(false);
  });
});

describe('connectButtons', () => {
  const executed: ReadonlyPartialJSONObject[] = [];
  const passedOn: string[] = [];

  function click(html: string): void {
    executed.length = passedOn.length = 0;
    const root = document.createElement('div');
    root.innerHTML = `<p>${html}</p>`;
    document.body.replaceChildren(root);
    const commands = new CommandRegistry();
    for (const id of [CommandIDs.openTerminal, CommandIDs.openPort]) {
      commands.addCommand(id, { execute: args => void executed.push(args) });
    }
    connectButtons(commands, root);
    const target = root.querySelector<HTMLElement>('.target');
    target?.addEventListener('click', () => passedOn.push('click'));
    target?.click();
  }

  it('runs a harmless command at once, wherever in the button the click was', () => {
    click(
      `<button data-commandlinker-command="dockyard:open-port"
        data-commandlinker-args="{&quot;port&quot;: 8080}"><b class="target">Open</b></button>`
    );
    expect(executed).toEqual([{ port: 8080 }]);
    expect(passedOn).toEqual([]);
  });

  it('leaves what runs something to JupyterLab, which asks', () => {
    click(
      `<button class="target" data-commandlinker-command="dockyard:open-terminal"
        data-commandlinker-args='{"text": "docker ps", "run": true}'>Run</button>`
    );
    expect(executed).toEqual([]);
    expect(passedOn).toEqual(['click']);
  });

  it('leaves every other click alone', () => {
    click('<a class="target">elsewhere</a>');
    expect(passedOn).toEqual(['click']);
  });
});
