/** Shows what happened in the machine, in order, and for one container what each step did. */

import { folderIcon, LabIcon, shareIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { engineIcon, layersIcon, machineIcon } from '../icons';
import type { IEntry } from '../model/timeline';
import { visible } from '../model/text';
import { useChanges, useDockyard } from './context';
import { CauseLine } from './marks';
import { Icon, Learner, Problem } from './parts';
import { eventWord, stepWord, typeWord } from './words';

/** So many entries are drawn at first; more are drawn when they are asked for. */
const WINDOW = 100;

/** The events of all objects, the newest first, or of one, from its beginning. */
export function TimelineView() {
  const { timeline, engine, trans } = useDockyard();
  useChanges(timeline.changed, engine.changed);
  const [count, setCount] = React.useState(WINDOW);
  const entries = timeline.entries();
  const isStory = timeline.actor !== '';
  const newest = entries.slice(-count);
  const shown = isStory ? newest : newest.reverse();
  const hasMore = entries.length > count || timeline.hasMore;
  const earlier = () => {
    setCount(count + WINDOW);
    if (entries.length <= count) {
      void timeline.earlier();
    }
  };
  const more = hasMore && (
    <div className="dockyard-actions">
      <button type="button" className="dockyard-button" onClick={earlier}>
        {trans.__('Earlier')}
      </button>
    </div>
  );
  return (
    <>
      <Filter onChoose={() => setCount(WINDOW)} />
      <Problem text={timeline.problem} />
      {isStory && more}
      {shown.length ? (
        <ol className="dockyard-timeline" aria-label={trans.__('Events')}>
          {shown.map(entry => (
            <Entry key={entry.key} entry={entry} explain={isStory} />
          ))}
        </ol>
      ) : (
        <p className="dockyard-quiet dockyard-empty">
          {trans.__('Nothing has happened yet.')}
        </p>
      )}
      {!isStory && more}
    </>
  );
}

/** Chooses the object whose events are shown; one that is gone is in the list while its events are held. */
function Filter({ onChoose }: { onChoose: () => void }) {
  const { timeline, engine, trans } = useDockyard();
  const objects = new Map<string, string>();
  for (const { view } of engine.items('containers')) {
    objects.set(view.id, view.name);
  }
  if (timeline.actor && !objects.has(timeline.actor)) {
    objects.set(timeline.actor, timeline.nameOf(timeline.actor));
  }
  return (
    <label className="dockyard-field">
      {trans.__('Events of')}
      <select
        className="jp-mod-styled"
        value={timeline.actor}
        onChange={event => {
          onChoose();
          void timeline.choose(event.target.value);
        }}
      >
        <option value="">{trans.__('everything')}</option>
        {[...objects].map(([id, name]) => (
          <option key={id} value={id}>
            {visible(name, 40)}
          </option>
        ))}
      </select>
    </label>
  );
}

const ICONS: Record<string, LabIcon> = {
  container: engineIcon,
  image: layersIcon,
  builder: layersIcon,
  volume: folderIcon,
  network: shareIcon,
  machine: machineIcon,
  daemon: machineIcon
};

function PlainEntry({ entry, explain }: { entry: IEntry; explain: boolean }) {
  const { formats, trans } = useDockyard();
  const step = explain ? stepWord(entry, trans) : '';
  const container =
    entry.attributes['container'] ??
    (entry.type === 'container' ? entry.actor : '');
  return (
    <li data-event={entry.key} data-time={entry.time}>
      <time
        dateTime={new Date(entry.time * 1000).toISOString()}
        title={formats.moment(entry.time)}
      >
        {formats.clock(entry.time)}
      </time>
      <Icon icon={ICONS[entry.type] ?? engineIcon} />
      <div>
        <span className="dockyard-unseen">{typeWord(entry.type, trans)} </span>
        {container === entry.actor && !explain ? (
          <ContainerLink id={container} name={entry.name} />
        ) : (
          <Learner text={shortName(entry)} />
        )}{' '}
        <strong>{eventWord(entry, trans)}</strong>
        {exitCode(entry)}
        {container !== entry.actor && container && !explain && (
          <>
            {' · '}
            <ContainerLink id={container} name="" />
          </>
        )}
        {step && <p className="dockyard-step">{step}</p>}
        {entry.cause && <CauseLine cause={entry.cause} />}
      </div>
    </li>
  );
}

/** A container's name, with which its own events are chosen; a name that is not told is looked up. */
function ContainerLink({ id, name }: { id: string; name: string }) {
  const { timeline, trans } = useDockyard();
  return (
    <button
      type="button"
      className="dockyard-link"
      title={trans.__('Only the events of this container')}
      onClick={() => void timeline.choose(id)}
    >
      <Learner text={name || timeline.nameOf(id)} />
    </button>
  );
}

/** A name as it is told; of ids, which images and volumes have for names, the beginning. */
function shortName({ name, actor }: IEntry): string {
  return name === actor ? name.replace(/^sha256:/, '').slice(0, 24) : name;
}

/** Drawn again only when it has changed: a burst changes many of its like. */
const Entry = React.memo(PlainEntry);

function exitCode({ action, attributes }: IEntry): string {
  const code = attributes['exitCode'];
  return action === 'die' && code !== undefined ? ` (${visible(code)})` : '';
}
