/** The button that removes an object of the engine, after a question; what the engine refuses is shown in its words. */

import type { LabIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { visible } from '../model/text';
import type { Kind } from '../model/views';
import { useAction, useDockyard } from './context';
import { Button, Problem } from './parts';

interface IRemovalProps {
  kind: Kind;
  id: string;
  name: string;
  icon: LabIcon;
  /** What is lost with it. */
  loses: string;
  /** The buttons before it. */
  children?: React.ReactNode;
}

/** The buttons of an image, a volume or a network. */
export function Removal({
  kind,
  id,
  name,
  icon,
  loses,
  children
}: IRemovalProps) {
  const { api, page, trans } = useDockyard();
  const action = useAction();
  const remove = async () => {
    if (
      await page.confirm(
        trans.__('Remove %1?', visible(name)),
        loses,
        trans.__('Remove')
      )
    ) {
      await api.act(kind, id, 'remove');
    }
  };
  return (
    <>
      <div className="dockyard-actions">
        {children}
        <Button
          label={trans.__('Remove')}
          about={name}
          icon={icon}
          isBusy={action.isBusy}
          onClick={() => action.run(remove)}
        />
      </div>
      <Problem text={action.problem} />
    </>
  );
}
