import * as React from 'react';

import { machine, snapshot } from '../../model/__tests__/examples';
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
