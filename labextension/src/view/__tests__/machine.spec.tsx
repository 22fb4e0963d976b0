import * as React from 'react';

import { machine, snapshot } from '../../model/__tests__/examples';
import type { Machine } from '../../model/views';
import { MachineView } from '../machine';
import { Bench } from './render';

describe('MachineView', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = new Bench();
    bench.api.usage.mockResolvedValue({
      memory: 250e6,
      memoryLimit: 1e9,
      pids: 7,
      pidsLimit: null,
      disk: null,
      diskFree: null,
      uptime: 3700
    });
    bench.api.machine.mockResolvedValue({});
    bench.dockyard.engine.apply(snapshot());
    await bench.show(<MachineView />);
  });

  afterEach(() => bench.remove());

  it('shows what is used, of what may be used', () => {
    expect(bench.text).toContain('Memory250 MB of 1 GB');
    expect(
      bench.node.querySelector('[role=meter]')?.getAttribute('aria-valuenow')
    ).toBe('25');
    expect(bench.text).toContain('Processes7');
    expect(bench.text).toContain('Running for1 hr 1 min');
    expect(bench.text).not.toContain('Disk');
  });

  it('resets only where the learner agrees', async () => {
    bench.page.confirm.mockResolvedValueOnce(false);
    await bench.press('Reset');
    expect(bench.api.machine).not.toHaveBeenCalled();
    await bench.press('Reset');
    expect(bench.api.machine).toHaveBeenCalledWith('reset');
  });

  const tell = (value: Machine) =>
    bench.settle(() =>
      bench.dockyard.engine.apply({ type: 'machine', seq: 1, value })
    );

  it('keeps the focus when the machine stops and starts', async () => {
    const power = bench
      .buttons()
      .find(({ textContent }) => textContent === 'Stop');
    power?.focus();
    await tell(machine({ state: 'stopped', since: null }));
    expect(document.activeElement).toBe(power);
    expect(power?.textContent).toBe('Start');
    await tell(machine());
    expect(document.activeElement).toBe(power);
    expect(power?.textContent).toBe('Stop');
  });

  it('tells nothing of a machine that can’t be read', async () => {
    await tell({ state: 'unknown', problem: 'damaged\n→ mend it' });
    expect(bench.text).toBe('State unknown');
    expect(bench.buttons()).toEqual([]);
  });

  describe('while it is looked at', () => {
    const pass = (milliseconds: number) =>
      React.act(() => jest.advanceTimersByTimeAsync(milliseconds));

    beforeEach(() => {
      bench.remove();
      jest.useFakeTimers();
      bench = new Bench();
      bench.dockyard.engine.apply(snapshot());
    });

    afterEach(() => {
      jest.useRealTimers();
      jest.restoreAllMocks();
    });

    it('asks for the usage again some time after the answer', async () => {
      let answer: (usage: object) => void = () => undefined;
      bench.api.usage.mockImplementation(
        () => new Promise(resolve => (answer = resolve))
      );
      await bench.show(<MachineView />);
      await pass(60_000);
      expect(bench.api.usage).toHaveBeenCalledTimes(1);
      answer({ memory: null, pids: 8, pidsLimit: null, disk: null });
      await pass(4000);
      expect(bench.text).toContain('Processes8');
      expect(bench.api.usage).toHaveBeenCalledTimes(1);
      await pass(1000);
      expect(bench.api.usage).toHaveBeenCalledTimes(2);
    });

    it('asks for nothing behind another browser tab', async () => {
      await bench.show(<MachineView />);
      const hidden = jest.spyOn(document, 'hidden', 'get');
      hidden.mockReturnValue(true);
      await pass(60_000);
      expect(bench.api.usage).toHaveBeenCalledTimes(1);
      hidden.mockReturnValue(false);
      await pass(5000);
      expect(bench.api.usage).toHaveBeenCalledTimes(2);
    });
  });

  it('offers to start a machine that is stopped', async () => {
    await bench.settle(() =>
      bench.dockyard.engine.apply({
        type: 'machine',
        seq: 1,
        value: machine({ state: 'stopped', since: null })
      })
    );
    await bench.press('Start');
    expect(bench.api.machine).toHaveBeenCalledWith('start');
  });
});
