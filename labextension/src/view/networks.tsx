/** Shows one network: its addresses, and who is in it. */

import { deleteIcon, shareIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import type { IItem } from '../model/engine';
import { useDockyard, useLines } from './context';
import { Names } from './images';
import { Button, Facts, Icon, Learner, Line, OwnFold } from './parts';
import { Mark } from './marks';
import { Removal } from './removal';

/** The networks that the engine makes itself and never gives up. */
const OWN = ['bridge', 'host', 'none'];

/** One line for a network, and below it all the rest. */
export function NetworkRow({
  item: { view, mark }
}: {
  item: IItem<'networks'>;
}) {
  const { engine, panel, trans } = useDockyard();
  const members = useLines(engine.changed, () =>
    engine
      .present('containers')
      .flatMap(({ view: { name, networks } }) =>
        networks
          .filter(network => network.id === view.id)
          .map(({ address }) => (address ? `${name} · ${address}` : name))
      )
  );
  const isRemovable = mark?.what !== 'removed' && !OWN.includes(view.name);
  return (
    <OwnFold
      below={<Mark mark={mark} />}
      head={
        <Line
          icon={<Icon icon={shareIcon} />}
          title={<Learner text={view.name} />}
        >
          {view.driver}
          {view.subnets[0] && <> · {view.subnets[0]}</>}
          {members.length > 0 && (
            <> · {trans._n('%1 container', '%1 containers', members.length)}</>
          )}
        </Line>
      }
    >
      {view.name === 'bridge' && (
        <p>
          {trans.__(
            'The network of every container that asks for no other; in it containers have no names, only addresses.'
          )}
        </p>
      )}
      <div className="dockyard-actions">
        <Button
          label={trans.__('Map')}
          about={view.name}
          onClick={() => panel.picture({ kind: 'network' })}
        />
      </div>
      {isRemovable && (
        <Removal
          kind="networks"
          id={view.id}
          name={view.name}
          icon={deleteIcon}
          loses={trans.__(
            'Containers can be reached by name in it no longer. It can be created again.'
          )}
        />
      )}
      <Facts
        facts={[
          [trans.__('Members'), <Names key="members" names={members} />],
          [trans.__('Gateway'), view.gateways.join(', ') || '–'],
          [
            trans.__('To the outside'),
            view.internal ? trans.__('no: it is internal') : trans.__('yes')
          ]
        ]}
      />
    </OwnFold>
  );
}
