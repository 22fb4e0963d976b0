import * as React from 'react';

import {
  container,
  event,
  machine,
  snapshot
} from '../../model/__tests__/examples';
import type { Cause } from '../../model/causes';
import type { IContainer } from '../../model/views';
import { EngineView } from '../engine';
import { Bench } from './render';

const HOSTILE = '<img src=x onerror="hacked()">\u202e\x1b[31m';

const DATA = {
  id: 'data',
  name: 'data',
  driver: 'local',
  anonymous: false
};
const NET = {
  id: 'n1',
  name: 'net',
  driver: 'bridge',
  internal: false,
  subnets: [],
  gateways: []
};
const USES_BOTH: Partial<IContainer> = {
  mounts: [
    {
      type: 'volume',
      name: 'data',
      source: '',
      target: '/data',
      writable: true
    }
  ],
  networks: [{ name: 'net', id: 'n1', address: '172.18.0.2', aliases: [] }]
};

describe('EngineView', () => {
  let bench: Bench;

  const tell = (...containers: IContainer[]) =>
    bench.settle(() => bench.dockyard.engine.apply(snapshot({ containers })));

  beforeEach(async () => {
    bench = new Bench();
    await bench.show(<EngineView />);
  });

  afterEach(() => bench.remove());

  it('tells what an engine without anything invites to', () => {
    expect(bench.text).toContain('None yet. Try: docker run hello-world');
  });

  it('shows a container with its state, exit code and published port', async () => {
    await tell(
      container({
        ports: [
          { container: 80, host: 8080, protocol: 'tcp', address: '0.0.0.0' }
        ]
      }),
      container({ id: 'd', name: 'bad', state: 'exited', exitCode: 127 })
    );
    expect(bench.text).toContain('webrunning · nginx');
    expect(bench.text).toContain('badexited (127) · nginx');
    expect(bench.node.querySelector('a')?.getAttribute('href')).toBe(
      '/port/8080/'
    );
    await bench.press('badexited (127) · nginx');
    expect(bench.text).toContain(
      'Exit code 127: there is no such command in the image'
    );
  });

  it('leads only to ports that a browser can open, of containers that are up', async () => {
    const port = { container: 80, protocol: 'tcp', address: '0.0.0.0' };
    const ports = [
      { ...port, host: 8080 },
      { ...port, host: 5353, protocol: 'udp' }
    ];
    const links = () =>
      [...bench.node.querySelectorAll('a')].map(link => link.textContent);
    await tell(container({ ports }));
    expect(links()).toEqual([':8080']);
    await tell(container({ ports, state: 'exited' }));
    expect(links()).toEqual([]);
    await bench.press('webexited (0) · nginx');
    expect(bench.text).toContain('0.0.0.0:8080 → 80/tcp0.0.0.0:5353 → 80/udp');
  });

  it('keeps the focus when a container stops, and puts nothing that removes under it', async () => {
    await tell(container());
    await bench.press('webrunning · nginx');
    const power = bench
      .buttons()
      .find(({ textContent }) => textContent === 'Stop');
    power?.focus();
    await tell(container({ state: 'exited' }));
    expect(document.activeElement).toBe(power);
    expect(power?.textContent).toBe('Start');
    await bench.press('Start: web');
    expect(bench.api.act).toHaveBeenLastCalledWith(
      'containers',
      'c'.repeat(64),
      'start'
    );
  });

  it('shows a learner’s text as text', async () => {
    await tell(container({ name: HOSTILE, command: HOSTILE }));
    expect(bench.node.querySelector('img')).toBeNull();
    const name = bench.node.querySelector('.dockyard-title bdi');
    expect(name?.textContent).toBe(
      '<img src=x onerror="hacked()">\\u202e\\x1b[31m'
    );
  });

  it('marks a change, and its cause leads to the cell', async () => {
    await tell();
    const end = bench.causes.begin({
      by: 'cell',
      path: 'en/a.ipynb',
      cell: 'c1',
      source: 'docker run nginx'
    });
    await bench.settle(() => {
      const value = container();
      bench.dockyard.engine.apply({ type: 'event', seq: 1, event: event() });
      bench.dockyard.engine.apply({
        type: 'object',
        seq: 2,
        kind: 'containers',
        id: value.id,
        value
      });
      end();
    });
    expect(
      bench.node.querySelector('.dockyard-marked .dockyard-mark')?.textContent
    ).toBe('startedby a cell: docker run nginx');
    await bench.press('by a cell: docker run nginx');
    expect(bench.page.reveal).toHaveBeenCalledWith('en/a.ipynb', 'c1');
  });

  it('says that the cell or the terminal of a cause is gone', async () => {
    const value = container();
    const by = async (cause: Cause) => {
      const end = bench.causes.begin(cause);
      await bench.settle(() =>
        bench.dockyard.engine.apply({
          type: 'object',
          seq: 1,
          kind: 'containers',
          id: value.id,
          value
        })
      );
      end();
    };
    const problem = () =>
      bench.node.querySelector('[role=alert]:not([hidden])')?.textContent;
    bench.page.reveal.mockRejectedValueOnce(new Error('no notebook'));
    await by({ by: 'cell', path: 'a.ipynb', cell: 'c1', source: 'x' });
    await bench.press('by a cell: x');
    expect(problem()).toBe('no notebook');
    bench.page.showTerminal.mockImplementationOnce(() => {
      throw new Error('no terminal');
    });
    await by({ by: 'terminal', name: '1', command: '' });
    expect(problem()).toBeUndefined();
    await bench.press('in terminal 1');
    expect(problem()).toBe('no terminal');
  });

  it('offers nothing of a container that was removed, and tells no state of it', async () => {
    const running = container({
      health: 'healthy',
      ports: [
        { container: 80, host: 8080, protocol: 'tcp', address: '0.0.0.0' }
      ]
    });
    const ended = container({ id: 'd', name: 'old', state: 'exited' });
    await tell(running, ended);
    await bench.press('webrunning · healthy · nginx');
    expect(bench.node.querySelector('.dockyard-is-passed')).not.toBeNull();
    await bench.settle(() =>
      [running, ended].forEach(({ id }, index) =>
        bench.dockyard.engine.apply({
          type: 'object',
          seq: index + 1,
          kind: 'containers',
          id,
          value: null
        })
      )
    );
    const texts = (selector: string) =>
      [...bench.node.querySelectorAll(selector)].map(node => node.textContent);
    expect(texts('.dockyard-item')).toEqual(['webnginx', 'oldnginx']);
    expect(texts('.dockyard-mark')).toEqual(['removed', 'removed']);
    expect(bench.node.querySelector('.dockyard-is-passed')).toBeNull();
    expect(bench.node.querySelector('a')).toBeNull();
    expect(bench.node.querySelector('.dockyard-actions')).toBeNull();
  });

  it('asks before it removes a container, and shows what the engine refuses', async () => {
    await tell(container({ state: 'exited', name: 'old' }));
    await bench.press('oldexited (0) · nginx');
    bench.page.confirm.mockResolvedValueOnce(false);
    await bench.press('Remove: old');
    expect(bench.api.act).not.toHaveBeenCalled();
    await bench.press('Remove: old');
    expect(bench.api.act).toHaveBeenCalledWith(
      'containers',
      'c'.repeat(64),
      'remove'
    );
    expect(
      bench.node.querySelector('[role=alert]:not([hidden])')?.textContent
    ).toBe('refused');
  });

  it('opens a shell in a container under its name', async () => {
    await tell(container());
    await bench.press('webrunning · nginx');
    await bench.press('Shell: web');
    expect(bench.page.runInTerminal).toHaveBeenCalledWith(
      'docker exec -it web sh'
    );
  });

  it('shows logs without what moves a terminal’s cursor', async () => {
    bench.api.logs.mockResolvedValue({
      text: '\x1b[31m<script>x</script>\r\n',
      truncated: true
    });
    await tell(container());
    await bench.press('webrunning · nginx');
    await bench.press('Logs: web');
    expect(bench.node.querySelector('pre')?.textContent).toBe(
      '<script>x</script>\n'
    );
    expect(bench.text).toContain('Only the end is shown.');
  });

  it('says at once that the engine is gone', async () => {
    await bench.settle(() =>
      bench.dockyard.engine.apply({
        type: 'machine',
        seq: 1,
        value: machine({ state: 'engine stopped' })
      })
    );
    expect(bench.text).toContain(
      'The engine does not answer: this is what it held before.'
    );
  });

  it('tells which volumes stay and who is in a network', async () => {
    const member = container(USES_BOTH);
    await bench.settle(() =>
      bench.dockyard.engine.apply(
        snapshot({
          containers: [member],
          volumes: [DATA],
          networks: [NET]
        })
      )
    );
    await bench.press('Volumes1');
    await bench.press('datanamed · 1 container');
    expect(bench.text).toContain('It has a name: it stays');
    await bench.press('Networks1');
    await bench.press('netbridge · 1 container');
    expect(bench.text).toContain('web · 172.18.0.2');
  });

  describe('of what other objects change', () => {
    const web = container({
      imageId: 'sha256:1',
      ...USES_BOTH
    });
    const image = (id: string, tag: string) => ({
      id,
      tags: [tag],
      size: 1000,
      created: 0,
      layers: ['base']
    });
    const change = (value: IContainer | null, id = web.id) =>
      bench.settle(() =>
        bench.dockyard.engine.apply({
          type: 'object',
          seq: 1,
          kind: 'containers',
          id,
          value
        })
      );

    beforeEach(async () => {
      await bench.settle(() =>
        bench.dockyard.engine.apply(
          snapshot({
            images: [image('sha256:1', 'nginx:latest')],
            volumes: [DATA],
            networks: [NET]
          })
        )
      );
      await bench.press('Volumes1');
      await bench.press('Networks1');
      await bench.press('nginx:latest1 kB · 1 layer');
    });

    it('tells at once who uses a volume, an image and a network, and who no longer does', async () => {
      expect(bench.text).toContain('datanamed · not in use');
      await change(web);
      expect(bench.text).toContain('datanamed · 1 container');
      expect(bench.text).toContain('netbridge · 1 container');
      expect(bench.text).toContain('Used byweb');
      await change(null);
      expect(bench.text).toContain('datanamed · not in use');
      expect(bench.text).toContain('Used by–');
    });

    it('tells at once with which images an image shares layers', async () => {
      expect(bench.text).not.toContain('Shares layers with');
      await bench.settle(() =>
        bench.dockyard.engine.apply({
          type: 'object',
          seq: 1,
          kind: 'images',
          id: 'sha256:2',
          value: image('sha256:2', 'site:1')
        })
      );
      expect(bench.text).toContain('Shares layers withsite:1 · 1 layer');
    });

    it('draws no container again that has not changed itself', async () => {
      await change(web);
      const drawn = jest.spyOn(bench.page, 'portUrl');
      const ports = [
        { container: 80, host: 8080, protocol: 'tcp', address: '0.0.0.0' }
      ];
      await change({ ...web, ports });
      expect(drawn).toHaveBeenCalledTimes(1);
      await change({ ...web, id: 'd', name: 'other' }, 'd');
      expect(bench.text).toContain('datanamed · 2 containers');
      expect(drawn).toHaveBeenCalledTimes(1);
    });
  });
});
