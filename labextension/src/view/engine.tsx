/** Shows the engine's objects, and on each what has just changed it. */

import * as React from 'react';

import type { IItem } from '../model/engine';
import { KINDS, Kind } from '../model/views';
import { ContainerRow } from './containers';
import { useChanges, useDockyard } from './context';
import { ImageRow } from './images';
import { NetworkRow } from './networks';
import { Icon, OwnFold } from './parts';
import { VolumeRow } from './volumes';
import { kindWord } from './words';
import { brokenIcon } from '../icons';

/** Containers, images, volumes and networks. */
export function EngineView() {
  const { engine, trans } = useDockyard();
  useChanges(engine.changed);
  const machine = engine.machine;
  return (
    <>
      {machine && machine.state !== 'running' && (
        <p className="dockyard-notice">
          <Icon icon={brokenIcon} />{' '}
          {machine.state === 'unknown'
            ? trans.__('What is shown here may be out of date.')
            : trans.__(
                'The engine does not answer: this is what it held before.'
              )}
        </p>
      )}
      {KINDS.map(kind => (
        <Section key={kind} kind={kind} />
      ))}
    </>
  );
}

function Section({ kind }: { kind: Kind }) {
  const { engine, trans } = useDockyard();
  const items = sorted(engine.items(kind));
  return (
    <OwnFold
      className="dockyard-section"
      opened={kind === 'containers' || kind === 'images'}
      head={
        <>
          <span className="dockyard-grow">{kindWord(kind, trans)}</span>
          <span className="dockyard-count">{engine.present(kind).length}</span>
        </>
      }
    >
      {items.length ? (
        <ul className="dockyard-list" aria-label={kindWord(kind, trans)}>
          {items.map(item => (
            <Row key={item.id} kind={kind} item={item} />
          ))}
        </ul>
      ) : (
        <p className="dockyard-quiet dockyard-empty">
          {emptyWord(kind, trans)}
        </p>
      )}
    </OwnFold>
  );
}

function emptyWord(
  kind: Kind,
  trans: ReturnType<typeof useDockyard>['trans']
): string {
  return {
    containers: trans.__('None yet. Try: docker run hello-world'),
    images: trans.__('None yet. Try: docker pull busybox'),
    volumes: trans.__('None yet. Try: docker volume create data'),
    networks: trans.__('None: the engine does not answer.')
  }[kind];
}

/** The newest first; volumes and networks, which have names that mean something, by their names. */
function sorted(items: IItem[]): IItem[] {
  const when = (item: IItem) => {
    const created = 'created' in item.view ? item.view.created : 0;
    return typeof created === 'number' ? created * 1000 : Date.parse(created);
  };
  return items.sort((one, other) =>
    'name' in one.view && 'name' in other.view && !('command' in one.view)
      ? one.view.name.localeCompare(other.view.name)
      : when(other) - when(one)
  );
}

function PlainRow({ kind, item }: { kind: Kind; item: IItem }) {
  const { mark } = item;
  return (
    <li
      className={
        mark
          ? `dockyard-object dockyard-marked dockyard-is-${mark.what}`
          : 'dockyard-object'
      }
      data-object={item.id}
    >
      {rowOf(kind, item)}
    </li>
  );
}

/**
 * Drawn again only when it has changed: a burst changes many of its like. What a row tells of other objects, it reads
 * with `useLines`.
 */
const Row = React.memo(PlainRow);

function rowOf(kind: Kind, item: IItem): React.ReactNode {
  switch (kind) {
    case 'containers':
      return <ContainerRow item={item as IItem<'containers'>} />;
    case 'images':
      return <ImageRow item={item as IItem<'images'>} />;
    case 'volumes':
      return <VolumeRow item={item as IItem<'volumes'>} />;
    case 'networks':
      return <NetworkRow item={item as IItem<'networks'>} />;
  }
}
