/** Shows one image: its tags and size, and the layers that it shares with others. */

import { deleteIcon } from '@jupyterlab/ui-components';
import * as React from 'react';

import { layersIcon } from '../icons';
import type { IItem } from '../model/engine';
import { sharing } from '../model/sharing';
import { useDockyard, useLines } from './context';
import { Button, Facts, Icon, Learner, Line, OwnFold } from './parts';
import { Mark } from './marks';
import { Removal } from './removal';

/** One line for an image, and below it all the rest. */
export function ImageRow({ item: { view, mark } }: { item: IItem<'images'> }) {
  const { formats, panel, trans } = useDockyard();
  const [first = trans.__('without a tag'), ...others] = view.tags;
  return (
    <OwnFold
      below={<Mark mark={mark} />}
      head={
        <Line
          icon={<Icon icon={layersIcon} />}
          title={
            <>
              <Learner text={first} />
              {others.length > 0 && (
                <span className="dockyard-chip">+{others.length}</span>
              )}
            </>
          }
        >
          {formats.bytes(view.size)} ·{' '}
          {trans._n('%1 layer', '%1 layers', view.layers.length)}
        </Line>
      }
    >
      {mark?.what !== 'removed' && (
        <Removal
          kind="images"
          id={view.id}
          name={first}
          icon={deleteIcon}
          loses={trans.__(
            'Its tags are taken off, and the layers that no other image uses are deleted. They can be pulled or built again.'
          )}
        >
          <Button
            label={trans.__('Layers')}
            about={first}
            icon={layersIcon}
            onClick={() => panel.picture({ kind: 'layers', of: view.id })}
          />
        </Removal>
      )}
      <ImageFacts view={view} />
    </OwnFold>
  );
}

function ImageFacts({ view }: { view: IItem<'images'>['view'] }) {
  const { engine, formats, trans } = useDockyard();
  const users = useLines(engine.changed, () =>
    engine
      .present('containers')
      .filter(item => item.view.imageId === view.id)
      .map(item => item.view.name)
  );
  const shared = useLines(engine.changed, () => {
    const images = engine.present('images').map(item => item.view);
    return sharing(view, images).map(({ image, layers, size }) => {
      const name = image.tags[0] ?? image.id.slice(7, 19);
      const count = trans._n('%1 layer', '%1 layers', layers);
      return size === null
        ? `${name} · ${count}`
        : `${name} · ${count}, ${formats.bytes(size)}`;
    });
  });
  const facts: [string, React.ReactNode][] = [
    [trans.__('Tags'), <Names key="tags" names={view.tags} />],
    [trans.__('Used by'), <Names key="users" names={users} />],
    [trans.__('Created'), formats.moment(view.created)],
    [trans.__('ID'), <code key="id">{view.id.slice(7, 19)}</code>]
  ];
  if (shared.length) {
    const names = <Names key="shared" names={shared} />;
    facts.splice(1, 0, [trans.__('Shares layers with'), names]);
  }
  return <Facts facts={facts} />;
}

/** Names, each on its line, or a dash. */
export function Names({ names }: { names: readonly string[] }) {
  return names.length ? (
    <ul className="dockyard-lines">
      {names.map(name => (
        <li key={name}>
          <Learner text={name} />
        </li>
      ))}
    </ul>
  ) : (
    <>–</>
  );
}
