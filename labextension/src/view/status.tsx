/** Says in JupyterLab's status bar how the machine is and how many exercises are passed. */

import { ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import { brokenIcon, dockyardIcon } from '../icons';
import { DockyardContext, IDockyard, useChanges, useDockyard } from './context';
import { Icon } from './parts';
import { machineWord } from './words';

/** The item; a click opens the panel. */
export class StatusItem extends ReactWidget {
  constructor(
    private readonly dockyard: IDockyard,
    private readonly onClick: () => void
  ) {
    super();
    this.addClass('dockyard-status');
  }

  protected override render(): React.JSX.Element {
    return (
      <DockyardContext.Provider value={this.dockyard}>
        <Status onClick={this.onClick} />
      </DockyardContext.Provider>
    );
  }
}

/** The words of the item. */
export function Status({ onClick }: { onClick: () => void }) {
  const { engine, course, trans } = useDockyard();
  useChanges(engine.changed, course.changed);
  const { machine, isConnected } = engine;
  const standing = course.course;
  const state =
    machine && isConnected
      ? machineWord(machine.state, trans)
      : trans.__('not connected');
  return (
    <button
      type="button"
      className="jp-StatusBar-TextItem"
      title={trans.__('Show Dockyard')}
      onClick={onClick}
    >
      <Icon
        icon={
          machine?.state === 'running' && isConnected
            ? dockyardIcon
            : brokenIcon
        }
      />
      {trans.__('Machine: %1', state)}
      {standing && (
        <>
          {' · '}
          <span
            aria-label={trans.__(
              '%1 of %2 exercises passed',
              standing.passed,
              standing.total
            )}
          >
            {standing.passed}/{standing.total}
          </span>
        </>
      )}
    </button>
  );
}
