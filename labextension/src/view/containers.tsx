/** Shows one container: its state and what that means, what it is joined to, and what can be done with it. */

import {
  deleteIcon,
  historyIcon,
  runIcon,
  stopIcon,
  terminalIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import {
  failedIcon,
  layersIcon,
  newIcon,
  pausedIcon,
  runningIcon,
  stoppedIcon
} from '../icons';
import type { IItem } from '../model/engine';
import { lines, visible } from '../model/text';
import type { IContainer, ILogs, IPort } from '../model/views';
import { useAction, useDockyard } from './context';
import { Button, Facts, Icon, Learner, Line, OwnFold, Problem } from './parts';
import { Mark } from './marks';
import { containerWord, exitWord } from './words';

/** How many lines of the logs are asked for. */
const TAIL = 200;

/** One line for a container, and below it all the rest. */
export function ContainerRow({
  item: { view, mark }
}: {
  item: IItem<'containers'>;
}) {
  const { trans } = useDockyard();
  const hasEnded = view.state === 'exited' || view.state === 'dead';
  // it stays in sight for a moment as it was last seen, which may be running, with a port that answers no more
  const isGone = mark?.what === 'removed';
  return (
    <OwnFold
      below={<Mark mark={mark} />}
      head={
        <Line
          icon={
            isGone && !hasEnded ? (
              <Icon icon={stoppedIcon} />
            ) : (
              <StateIcon container={view} />
            )
          }
          title={<Learner text={view.name} />}
          data-state={view.state}
        >
          {!isGone && (
            <>
              {containerWord(view.state, trans)}
              {hasEnded && <> ({view.exitCode})</>}
              {view.health && <> · {visible(view.health)}</>}
              {' · '}
            </>
          )}
          <Learner text={view.image} />
        </Line>
      }
      aside={!isGone && isUp(view) && <Ports ports={view.ports} />}
    >
      {hasEnded && (
        <p>
          {trans.__('Exit code %1:', view.exitCode)} {exitWord(view, trans)}
        </p>
      )}
      {view.error && (
        <p>
          <Learner text={view.error} />
        </p>
      )}
      {!isGone && <Actions container={view} />}
      <Details container={view} />
    </OwnFold>
  );
}

/** Whether its process 1 is there. */
function isUp({ state }: IContainer): boolean {
  return ['running', 'paused', 'restarting'].includes(state);
}

function StateIcon({
  container: { state, exitCode }
}: {
  container: IContainer;
}) {
  switch (state) {
    case 'running':
    case 'restarting':
      return <Icon icon={runningIcon} className="dockyard-is-passed" />;
    case 'paused':
      return <Icon icon={pausedIcon} />;
    case 'created':
      return <Icon icon={newIcon} />;
    default:
      return exitCode ? (
        <Icon icon={failedIcon} className="dockyard-is-broken" />
      ) : (
        <Icon icon={stoppedIcon} />
      );
  }
}

/** The published ports, as links to what answers there; a browser speaks TCP only. */
function Ports({ ports }: { ports: readonly IPort[] }) {
  const { page, trans } = useDockyard();
  const published = [
    ...new Set(
      ports
        .filter(({ host, protocol }) => host && protocol === 'tcp')
        .map(({ host }) => host)
    )
  ];
  return (
    <span className="dockyard-ports">
      {published.map(port => (
        <a
          key={port}
          href={page.portUrl(port)}
          target="_blank"
          rel="noopener"
          aria-label={trans.__('Open port %1 of the machine', port)}
        >
          :{port}
        </a>
      ))}
    </span>
  );
}

function Actions({ container }: { container: IContainer }) {
  const { panel, page, timeline, trans, api } = useDockyard();
  const action = useAction();
  const [logs, setLogs] = React.useState<ILogs | null>(null);
  const { id, name } = container;
  const isThere = isUp(container);
  const remove = async () => {
    const agreed = await page.confirm(
      trans.__('Remove the container %1?', visible(name)),
      trans.__(
        'Its writable layer is lost: every file that was changed in it, and its logs. Its image and its volumes stay.'
      ),
      trans.__('Remove')
    );
    if (agreed) {
      await api.act('containers', id, 'remove');
    }
  };
  const steps = async () => {
    panel.open('timeline');
    await timeline.choose(id);
  };
  return (
    <>
      <div className="dockyard-actions">
        {/* One button for both, which keeps the focus when the state is another; what removes takes no other's place. */}
        <Button
          key="power"
          label={isThere ? trans.__('Stop') : trans.__('Start')}
          about={name}
          icon={isThere ? stopIcon : runIcon}
          isBusy={action.isBusy}
          onClick={() =>
            action.run(() =>
              api.act('containers', id, isThere ? 'stop' : 'start')
            )
          }
        />
        {isThere ? (
          <Button
            key="shell"
            label={trans.__('Shell')}
            about={name}
            icon={terminalIcon}
            onClick={() =>
              action.run(() =>
                page.runInTerminal(`docker exec -it ${shellWord(name)} sh`)
              )
            }
          />
        ) : (
          <Button
            key="remove"
            label={trans.__('Remove')}
            about={name}
            icon={deleteIcon}
            isBusy={action.isBusy}
            onClick={() => action.run(remove)}
          />
        )}
        <Button
          key="logs"
          label={logs ? trans.__('Read the logs again') : trans.__('Logs')}
          about={name}
          isBusy={action.isBusy}
          onClick={() =>
            action.run(async () => setLogs(await api.logs(id, TAIL)))
          }
        />
        {logs && (
          <Button
            label={trans.__('Close the logs')}
            about={name}
            onClick={() => setLogs(null)}
          />
        )}
        <Button
          label={trans.__('Steps')}
          about={name}
          icon={historyIcon}
          onClick={() => action.run(steps)}
        />
        <Button
          label={trans.__('Layers')}
          about={name}
          icon={layersIcon}
          onClick={() => panel.picture({ kind: 'changes', of: id })}
        />
      </div>
      <Problem text={action.problem} />
      {logs && <Logs name={name} logs={logs} />}
    </>
  );
}

/** A name that the engine allows needs no quotes; one that it was made to hold anyway gets them. */
function shellWord(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replace(/'/g, `'\\''`)}'`;
}

function Logs({ name, logs }: { name: string; logs: ILogs }) {
  const { trans } = useDockyard();
  return (
    <>
      {logs.truncated && (
        <p className="dockyard-quiet">{trans.__('Only the end is shown.')}</p>
      )}
      <pre
        className="dockyard-logs"
        tabIndex={0}
        aria-label={trans.__('Logs of %1', visible(name))}
      >
        {lines(logs.text) || trans.__('It has written nothing.')}
      </pre>
    </>
  );
}

function Details({ container }: { container: IContainer }) {
  const { formats, trans } = useDockyard();
  const facts: [string, React.ReactNode][] = [
    [
      trans.__('Command'),
      <Learner key="command" code text={container.command} />
    ],
    [trans.__('Created'), formats.moment(Date.parse(container.created) / 1000)]
  ];
  if (container.ports.length) {
    facts.push([
      trans.__('Ports'),
      <Lines
        key="ports"
        of={container.ports.map(port => portWords(port, trans))}
      />
    ]);
  }
  if (container.mounts.length) {
    facts.push([
      trans.__('Mounts'),
      <Lines
        key="mounts"
        of={container.mounts.map(
          mount =>
            `${mount.type === 'volume' ? mount.name.slice(0, 24) : mount.source || mount.type} → ${mount.target}${
              mount.writable ? '' : ` (${trans.__('read-only')})`
            }`
        )}
      />
    ]);
  }
  facts.push([
    trans.__('Networks'),
    <Lines
      key="networks"
      of={container.networks.map(network =>
        [network.name, network.address, aliases(network.aliases, container)]
          .filter(Boolean)
          .join(' · ')
      )}
    />
  ]);
  if (container.restartPolicy && container.restartPolicy !== 'no') {
    facts.push([
      trans.__('Restarts'),
      `${container.restartPolicy} · ${trans._n('restarted %1 time', 'restarted %1 times', container.restarts)}`
    ]);
  }
  if (container.autoRemove) {
    facts.push([
      trans.__('At its end'),
      trans.__('it is removed, as --rm says')
    ]);
  }
  facts.push([
    trans.__('ID'),
    <code key="id">{container.id.slice(0, 12)}</code>
  ]);
  return <Facts facts={facts} />;
}

/** The aliases that say more than the container's own id and name. */
function aliases(all: readonly string[], { id, name }: IContainer): string {
  return all
    .filter(alias => alias !== name && !id.startsWith(alias))
    .join(', ');
}

function portWords(
  { host, address, container, protocol }: IPort,
  trans: ReturnType<typeof useDockyard>['trans']
): string {
  const inside = `${container}/${protocol}`;
  return host
    ? `${address || '0.0.0.0'}:${host} → ${inside}`
    : `${inside} (${trans.__('not published')})`;
}

function Lines({ of }: { of: readonly string[] }) {
  return (
    <ul className="dockyard-lines">
      {of.map((line, index) => (
        <li key={index}>
          <Learner text={line} />
        </li>
      ))}
    </ul>
  );
}
