import * as React from 'react';

import {
  container,
  event,
  machine,
  snapshot
} from '../../model/__tests__/examples';
import { TABS } from '../../model/panel';
import type { IMachine, IPicture } from '../../model/views';
import { Panel } from '../panel';
import { Bench } from './render';

describe('Panel', () => {
  let bench: Bench;

  const tabs = () => [
    ...bench.node.querySelectorAll<HTMLElement>('[role=tab]')
  ];
  const key = (name: string) =>
    bench.settle(() =>
      bench.node
        .querySelector('[aria-selected=true]')
        ?.dispatchEvent(
          new KeyboardEvent('keydown', { key: name, bubbles: true })
        )
    );

  /** Open the pictures, which the test answers itself: the last one that was asked for. */
  const openPictures = async () => {
    const answers: ((picture: IPicture) => void)[] = [];
    bench.api.picture.mockImplementation(
      () => new Promise(resolve => answers.push(resolve))
    );
    const answer = (title: string) =>
      bench.settle(() => answers.at(-1)?.({ title, svg: '', text: [] }));
    await bench.settle(() => bench.dockyard.panel.open('pictures'));
    return { answers, answer };
  };

  beforeEach(async () => {
    bench = new Bench();
    await bench.show(<Panel />);
  });

  afterEach(() => bench.remove());

  it('has one tab to reach, and arrow keys for the others', async () => {
    expect(tabs().map(tab => tab.tabIndex)).toEqual([0, -1, -1, -1, -1]);
    await key('ArrowLeft');
    expect(document.activeElement?.textContent).toBe('Pictures');
    await key('ArrowRight');
    expect(bench.dockyard.panel.tab).toBe('course');
    await key('End');
    expect(bench.dockyard.panel.tab).toBe('pictures');
    await key('Home');
    expect(bench.dockyard.panel.tab).toBe('course');
  });

  it('says that the connection is lost', async () => {
    const head = () => bench.node.querySelector('.dockyard-head')?.textContent;
    await bench.settle(() => {
      bench.dockyard.engine.apply(snapshot());
      bench.dockyard.engine.setConnected(true);
    });
    expect(head()).toContain('Machine: running');
    await bench.settle(() => bench.dockyard.engine.setConnected(false));
    expect(head()).toContain('The connection to the server is lost');
  });

  it('says why a machine can’t be read, whichever part is open', async () => {
    await bench.settle(() => {
      bench.dockyard.engine.setConnected(true);
      bench.dockyard.engine.apply(
        snapshot({
          machine: {
            state: 'unknown',
            problem: 'machine.json is damaged.\n→ delete it'
          }
        })
      );
    });
    for (const part of TABS) {
      await bench.settle(() => bench.dockyard.panel.open(part));
      expect(bench.text).toMatch(
        /^Machine: unknownmachine\.json is damaged\.→ delete it/
      );
      expect(bench.text).not.toMatch(/undefined|NaN/);
    }
  });

  it('shows events, the newest first, and one container’s from the beginning', async () => {
    bench.api.timeline.mockResolvedValue({ events: [], more: false });
    await bench.settle(() => {
      bench.dockyard.panel.open('timeline');
      for (const [index, action] of ['create', 'start', 'die'].entries()) {
        const told = event({
          action,
          time: index,
          attributes: { name: 'web', exitCode: '137' }
        });
        bench.dockyard.timeline.apply({
          type: 'event',
          seq: index,
          event: told
        });
      }
    });
    const told = () =>
      [...bench.node.querySelectorAll('.dockyard-timeline strong')].map(
        ({ textContent }) => textContent
      );
    expect(told()).toEqual(['ended', 'started', 'created']);
    expect(bench.text).toContain('ended (137)');
    await bench.settle(() =>
      bench.node
        .querySelector<HTMLElement>('.dockyard-timeline button')
        ?.click()
    );
    expect(told()).toEqual(['created', 'started', 'ended']);
    expect(bench.text).toContain('Process 1 ended with exit code 137');
  });

  it('shows a hundred events at first, and more when asked', async () => {
    await bench.settle(() => {
      bench.dockyard.panel.open('timeline');
      for (let time = 0; time < 150; time++) {
        bench.dockyard.timeline.apply({
          type: 'event',
          seq: time,
          event: event({ time })
        });
      }
    });
    expect(bench.node.querySelectorAll('.dockyard-timeline li')).toHaveLength(
      100
    );
    await bench.press('Earlier');
    expect(bench.node.querySelectorAll('.dockyard-timeline li')).toHaveLength(
      150
    );
  });

  it('shows a picture and the same in words', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg"><text>docker0</text></svg>';
    bench.api.picture.mockResolvedValue({
      title: 'Networks',
      svg,
      text: ['bridge: web']
    });
    await bench.settle(() => bench.dockyard.panel.open('pictures'));
    await bench.settle(() => undefined);
    expect(bench.node.querySelector('.dockyard-drawing svg')?.textContent).toBe(
      'docker0'
    );
    await bench.press('In words');
    expect(bench.text).toContain('bridge: web');
    await bench.press('Enlarge');
    expect(bench.page.enlarge).toHaveBeenCalledTimes(1);
  });

  it('asks for one picture at a time, and once more after a burst', async () => {
    const { answers, answer } = await openPictures();
    for (let number = 0; number < 50; number++) {
      const value = container({ id: `c${number}` });
      await bench.settle(() =>
        bench.dockyard.engine.apply({
          type: 'object',
          seq: number,
          kind: 'containers',
          id: value.id,
          value
        })
      );
    }
    expect(answers).toHaveLength(1);
    await answer('Before');
    expect(bench.text).toContain('Before');
    expect(answers).toHaveLength(2);
    await answer('After');
    expect(bench.text).toContain('After');
    expect(answers).toHaveLength(2);
  });

  it('draws a picture that could not be drawn when the machine runs, or when asked', async () => {
    const { answer } = await openPictures();
    const state = (state: IMachine['state']) =>
      bench.settle(() =>
        bench.dockyard.engine.apply({
          type: 'machine',
          seq: 1,
          value: machine({ state })
        })
      );
    const problem = () =>
      bench.node.querySelector('[role=alert].dockyard-problem:not([hidden])')
        ?.textContent;
    await answer('Networks');
    const again = bench
      .buttons()
      .find(({ textContent }) => textContent === 'Draw again');
    again?.focus();
    bench.api.picture.mockRejectedValueOnce(new Error('not running'));
    await state('stopped');
    expect(problem()).toBe('not running');
    expect(bench.node.querySelector('figure')).toBeNull();
    expect(document.activeElement).toBe(again);
    await bench.press('Draw again');
    await answer('Asked');
    expect(problem()).toBeUndefined();
    expect(bench.text).toContain('Asked');
    bench.api.picture.mockRejectedValueOnce(new Error('not running'));
    await bench.press('Draw again');
    expect(problem()).toBe('not running');
    await state('running');
    await answer('Running');
    expect(problem()).toBeUndefined();
    expect(bench.text).toContain('Running');
  });

  it('draws the layers again when a tag is another', async () => {
    const image = (tag: string) => ({
      id: 'sha256:1',
      tags: [tag],
      size: 1,
      created: 0,
      layers: []
    });
    await bench.settle(() =>
      bench.dockyard.engine.apply(snapshot({ images: [image('a:1')] }))
    );
    const { answers, answer } = await openPictures();
    await answer('Networks');
    await bench.settle(() =>
      bench.dockyard.panel.picture({ kind: 'layers', of: 'sha256:1' })
    );
    await answer('Layers');
    const before = answers.length;
    await bench.settle(() =>
      bench.dockyard.engine.apply({
        type: 'object',
        seq: 1,
        kind: 'images',
        id: 'sha256:1',
        value: image('b:1')
      })
    );
    expect(answers).toHaveLength(before + 1);
  });

  it('still names what was chosen when it is gone', async () => {
    await openPictures();
    const chosen = () =>
      bench.node.querySelector('select')?.selectedOptions[0]?.textContent;
    for (const [kind, of, words] of [
      ['layers', `sha256:${'a'.repeat(64)}`, 'Layers of aaaaaaaaaaaa'],
      ['changes', 'c'.repeat(64), 'Changes in cccccccccccc']
    ] as const) {
      await bench.settle(() => bench.dockyard.panel.picture({ kind, of }));
      expect(chosen()).toBe(words);
    }
    await bench.settle(() =>
      bench.dockyard.timeline.apply({ type: 'event', seq: 1, event: event() })
    );
    await bench.settle(() => bench.dockyard.panel.open('pictures'));
    expect(chosen()).toBe('Changes in web');
  });

  it('shows no picture that another was chosen after', async () => {
    const { answer } = await openPictures();
    await bench.settle(() =>
      bench.dockyard.panel.picture({ kind: 'layers', of: 'sha256:1' })
    );
    await answer('Networks');
    expect(bench.node.querySelector('figure')).toBeNull();
    await answer('Layers');
    expect(bench.node.querySelector('figcaption')?.textContent).toBe('Layers');
  });
});
