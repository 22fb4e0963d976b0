/** Shows the machine: its state, what it uses and may use, and the buttons that start, stop and reset it. */

import {
  refreshIcon,
  runIcon,
  stopIcon,
  terminalIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import { machineIcon } from '../icons';
import type { IMachine, IUsage, Machine } from '../model/views';
import { IDockyard, useAction, useChanges, useDockyard } from './context';
import { Button, Facts, Icon, Meter, Problem } from './parts';
import { machineWord } from './words';

/** How often the usage is asked for while it is looked at, in milliseconds. */
const LOOK = 5000;

/** What the buttons and the commands of the same names do: they say what is lost before they lose it. */
export function machineActions({
  api,
  page,
  trans
}: Pick<IDockyard, 'api' | 'page' | 'trans'>) {
  const ask = async (
    action: 'stop' | 'reset',
    title: string,
    loses: string,
    accept: string
  ) => {
    if (await page.confirm(title, loses, accept)) {
      await api.machine(action);
    }
  };
  return {
    start: () => api.machine('start'),
    stop: () =>
      ask(
        'stop',
        trans.__('Stop the machine?'),
        trans.__(
          'Containers that run are stopped, and terminals in the machine end. Images, containers, volumes, networks and your files stay.'
        ),
        trans.__('Stop')
      ),
    reset: () =>
      ask(
        'reset',
        trans.__('Reset the machine?'),
        trans.__(
          'Everything in the machine is lost: containers, images, volumes, networks and all settings. Your files in the workspace and your progress stay.'
        ),
        trans.__('Reset')
      )
  };
}

/** The whole machine. */
export function MachineView() {
  const dockyard = useDockyard();
  const { engine, page, trans } = dockyard;
  useChanges(engine.changed);
  const actions = machineActions(dockyard);
  const action = useAction();
  const machine = engine.machine;
  if (!machine) {
    return (
      <p className="dockyard-quiet">
        {trans.__('The machine is being looked at…')}
      </p>
    );
  }
  if (machine.state === 'unknown') {
    // Why that is so stands above all parts of the panel.
    return (
      <section aria-label={trans.__('Machine')}>
        <Facts facts={[stateFact(machine, trans)]} />
      </section>
    );
  }
  const isStopped = machine.state === 'stopped';
  return (
    <section aria-label={trans.__('Machine')}>
      <div className="dockyard-actions">
        {/* One button for both, which keeps the focus when the state is another. */}
        <Button
          key="power"
          label={isStopped ? trans.__('Start') : trans.__('Stop')}
          icon={isStopped ? runIcon : stopIcon}
          isBusy={action.isBusy}
          onClick={() => action.run(isStopped ? actions.start : actions.stop)}
        />
        {!isStopped && (
          <Button
            key="terminal"
            label={trans.__('Terminal')}
            icon={terminalIcon}
            onClick={() => action.run(() => page.runInTerminal(''))}
          />
        )}
        <Button
          key="reset"
          label={trans.__('Reset')}
          icon={refreshIcon}
          isBusy={action.isBusy}
          onClick={() => action.run(actions.reset)}
        />
      </div>
      <Problem text={action.problem} />
      <MachineFacts machine={machine} />
    </section>
  );
}

function MachineFacts({ machine }: { machine: IMachine }) {
  const { formats, trans } = useDockyard();
  const usage = useUsage(machine.state);
  const facts: [string, React.ReactNode][] = [
    stateFact(machine, trans),
    [trans.__('Engine'), `Docker ${machine.engine}`]
  ];
  if (machine.since !== null) {
    facts.push([
      trans.__('Running for'),
      formats.duration(usage?.uptime ?? Date.now() / 1000 - machine.since)
    ]);
  }
  facts.push(...usageFacts(usage, { formats, trans }), [
    trans.__('Limits'),
    machine.limited
      ? trans.__('in force, for the machine and each container')
      : trans.__(
          'none: this host hands out no cgroups, so docker run -m has no effect'
        )
  ]);
  facts.push(
    [trans.__('Name'), machine.name],
    [trans.__('Workspace'), <code key="path">/workspace</code>]
  );
  return <Facts facts={facts} />;
}

function stateFact(
  { state }: Machine,
  trans: IDockyard['trans']
): [string, React.ReactNode] {
  return [
    trans.__('State'),
    <>
      <Icon icon={machineIcon} /> {machineWord(state, trans)}
    </>
  ];
}

type Writers = Pick<IDockyard, 'formats' | 'trans'>;

function usageFacts(
  usage: IUsage | null,
  { formats, trans }: Writers
): [string, React.ReactNode][] {
  const facts: [string, React.ReactNode][] = [];
  const add = (
    name: string,
    used: number | null,
    largest: number | null,
    write: (value: number) => string
  ) => {
    if (used === null) {
      return;
    }
    facts.push([
      name,
      largest === null ? (
        write(used)
      ) : (
        <>
          {trans.__('%1 of %2', write(used), write(largest))}
          <Meter label={name} value={used} largest={largest} />
        </>
      )
    ]);
  };
  if (usage) {
    const total =
      usage.disk === null || usage.diskFree === null
        ? null
        : usage.disk + usage.diskFree;
    add(trans.__('Memory'), usage.memory, usage.memoryLimit, size =>
      formats.bytes(size)
    );
    add(trans.__('Processes'), usage.pids, usage.pidsLimit, String);
    add(trans.__('Disk'), usage.disk, total, size => formats.bytes(size));
  }
  return facts;
}

/** Ask for the usage again and again, for as long as it is looked at; at once when the machine's state is another. */
function useUsage(state: string): IUsage | null {
  const { api } = useDockyard();
  const [usage, setUsage] = React.useState<IUsage | null>(null);
  React.useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      if (!document.hidden) {
        const found = await api.usage().catch(() => null);
        if (isShown) {
          setUsage(found);
        }
      }
      if (isShown) {
        timer = setTimeout(() => void look(), LOOK);
      }
    };
    void look();
    return () => {
      isShown = false;
      clearTimeout(timer);
    };
  }, [api, state]);
  return usage;
}
