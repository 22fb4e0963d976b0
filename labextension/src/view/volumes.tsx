/** Shows one volume: who uses it, and what becomes of it when its container goes. */

import { deleteIcon, folderIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IItem } from '../model/engine';
import { useDockyard, useLines } from './context';
import { Names } from './images';
import { Facts, Icon, Learner, Line, OwnFold } from './parts';
import { Mark } from './marks';
import { Removal } from './removal';

/** One line for a volume, and below it all the rest. */
export function VolumeRow({
  item: { view, mark }
}: {
  item: IItem<'volumes'>;
}) {
  const { engine, trans } = useDockyard();
  const users = useLines(engine.changed, () =>
    engine
      .present('containers')
      .filter(({ view: { mounts } }) =>
        mounts.some(
          mount => mount.type === 'volume' && mount.name === view.name
        )
      )
      .map(item => item.view.name)
  );
  return (
    <OwnFold
      below={<Mark mark={mark} />}
      head={
        <Line
          icon={<Icon icon={folderIcon} />}
          title={
            <Learner
              text={view.anonymous ? `${view.name.slice(0, 12)}…` : view.name}
            />
          }
        >
          {view.anonymous ? trans.__('anonymous') : trans.__('named')} ·{' '}
          {users.length
            ? trans._n('%1 container', '%1 containers', users.length)
            : trans.__('not in use')}
        </Line>
      }
    >
      <p>
        {view.anonymous
          ? trans.__(
              'It has no name of its own: docker rm -v and docker run --rm delete it with its container.'
            )
          : trans.__(
              'It has a name: it stays whatever happens to its containers, also with docker rm -v.'
            )}
      </p>
      {mark?.what !== 'removed' && (
        <Removal
          kind="volumes"
          id={view.id}
          name={view.name}
          icon={deleteIcon}
          loses={trans.__(
            'The files in it are deleted and cannot be had back.'
          )}
        />
      )}
      <Facts
        facts={[
          [trans.__('Used by'), <Names key="users" names={users} />],
          [trans.__('Driver'), view.driver],
          [trans.__('Name'), <Learner key="name" code text={view.name} />]
        ]}
      />
    </OwnFold>
  );
}
