import type { INotebookTracker } from '@jupyterlab/notebook';

import { commandsOf, Snippets } from '../snippets';

describe('commandsOf', () => {
  it('takes of a session what was typed', () => {
    const session =
      '$ docker ps\nCONTAINER ID\nmachine:~# docker run \\\n> nginx\n';
    expect(commandsOf(session, 'console')).toBe(
      'docker ps\ndocker run \\\nnginx'
    );
  });

  it('takes all of a script', () => {
    expect(commandsOf('docker ps\n# all\n', 'bash')).toBe('docker ps\n# all');
  });
});

describe('Snippets', () => {
  const tracker = {
    widgetAdded: { connect: () => true }
  } as unknown as INotebookTracker;
  const node = document.createElement('div');
  const block = (language: string, code: string) =>
    `<div class="jp-RenderedMarkdown"><pre><code class="language-${language}">${code}</code></pre></div>`;

  it('puts one button beside each block of commands', () => {
    node.innerHTML =
      block('console', '$ docker ps') +
      block('python', 'print(1)') +
      block('console', 'only output');
    const snippets = new Snippets(tracker, 'Open in a terminal');
    snippets.decorate(node);
    snippets.decorate(node);
    const buttons = [...node.querySelectorAll<HTMLElement>('button')];
    expect(buttons.map(({ dataset }) => dataset['commandlinkerArgs'])).toEqual([
      '{"text":"docker ps"}'
    ]);
    expect(node.querySelector('.dockyard-snippet pre')?.textContent).toBe(
      '$ docker ps'
    );
  });
});
