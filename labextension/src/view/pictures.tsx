/** Shows the server's drawings of layers and networks, with the same in words, and saves them as files. */

import {
  downloadIcon,
  launchIcon,
  refreshIcon
} from '@jupyterlab/ui-components';
import * as React from 'react';

import type { Subject } from '../model/api';
import type { EngineModel } from '../model/engine';
import { Latest } from '../model/latest';
import { visible } from '../model/text';
import type { IPicture } from '../model/views';
import { useChanges, useDockyard } from './context';
import { Button, OwnFold, Problem } from './parts';
import { parseDrawing } from './drawing';

/** A picture and the choice of what it is of. */
export function PicturesView() {
  const { engine, page, panel, trans } = useDockyard();
  useChanges(panel.changed, engine.changed);
  const { picture, problem, drawAgain } = usePicture();
  return (
    <>
      <Choice />
      <Problem text={problem} />
      {picture && (
        <figure className="dockyard-picture">
          <figcaption>{visible(picture.title)}</figcaption>
          <Drawing svg={picture.svg} />
        </figure>
      )}
      <section>
        <div className="dockyard-actions">
          {picture && (
            <Button
              key="enlarge"
              label={trans.__('Enlarge')}
              icon={launchIcon}
              onClick={() => page.enlarge(picture)}
            />
          )}
          <Button
            key="again"
            label={trans.__('Draw again')}
            icon={refreshIcon}
            onClick={drawAgain}
          />
          {picture && (
            <Button
              key="save"
              label={trans.__('Save as SVG')}
              icon={downloadIcon}
              onClick={() => save(picture)}
            />
          )}
        </div>
        {picture && (
          <OwnFold head={trans.__('In words')}>
            <ul className="dockyard-lines">
              {picture.text.map((line, index) => (
                <li key={index}>
                  <bdi>{visible(line, 500)}</bdi>
                </li>
              ))}
            </ul>
          </OwnFold>
        )}
      </section>
    </>
  );
}

interface IDrawn {
  picture: IPicture | null;
  problem: string;
}

/**
 * Return the picture of what is looked at, as the engine is now, or why there is none.
 *
 * A burst changes the engine faster than the server draws it. So there is one request at a time, and after it one
 * more if something has changed since.
 */
function usePicture(): IDrawn & { drawAgain: () => void } {
  const { api, course, engine, panel } = useDockyard();
  const [drawn, setDrawn] = React.useState<IDrawn>({
    picture: null,
    problem: ''
  });
  const [turn, setTurn] = React.useState(0);
  const [requests] = React.useState(() => new Latest());
  const wanted = React.useRef<Subject | null>(null);
  const { subject } = panel;
  const { language } = course;
  const version = engineVersion(subject, engine);
  React.useEffect(() => {
    wanted.current = subject;
    requests.ask(async () => {
      const answer = await api.picture(subject, language).then(
        picture => ({ picture, problem: '' }),
        (reason: unknown) => ({
          picture: null,
          problem: (reason as Error).message
        })
      );
      if (wanted.current === subject) {
        setDrawn(answer);
      }
    });
  }, [api, language, subject, version, turn, requests]);
  React.useEffect(
    () => () => {
      wanted.current = null;
      requests.forget();
    },
    [requests]
  );
  return { ...drawn, drawAgain: () => setTurn(turn + 1) };
}

/** What a picture depends on, as a text: when it is another one, the picture is drawn again. */
function engineVersion(subject: Subject, engine: EngineModel): string {
  return JSON.stringify([engine.machine?.state, drawnOf(subject, engine)]);
}

/** What is drawn, as the engine has it now. */
function drawnOf(subject: Subject, engine: EngineModel): unknown {
  const containers = engine.present('containers');
  switch (subject.kind) {
    case 'network':
      return [...containers, ...engine.present('networks')].map(
        ({ view }) => view
      );
    case 'layers':
      return engine
        .present('images')
        .map(({ view: { id, tags } }) => [id, tags]);
    case 'changes':
      return containers.find(({ id }) => id === subject.of)?.view;
  }
}

function Choice() {
  const { engine, panel, timeline, trans } = useDockyard();
  const choices: [string, Subject, string][] = [
    ['network', { kind: 'network' }, trans.__('The networks')]
  ];
  for (const { view } of engine.items('images')) {
    const name = view.tags[0] ?? view.id.slice(7, 19);
    choices.push([
      `layers ${view.id}`,
      { kind: 'layers', of: view.id },
      trans.__('Layers of %1', visible(name, 40))
    ]);
  }
  for (const { view } of engine.items('containers')) {
    choices.push([
      `changes ${view.id}`,
      { kind: 'changes', of: view.id },
      trans.__('Changes in %1', visible(view.name, 40))
    ]);
  }
  const { subject } = panel;
  const value =
    subject.kind === 'network' ? 'network' : `${subject.kind} ${subject.of}`;
  if (subject.kind !== 'network' && !choices.some(([name]) => name === value)) {
    // It is gone, and still what was chosen.
    const words =
      subject.kind === 'layers'
        ? trans.__('Layers of %1', subject.of.slice(7, 19))
        : trans.__('Changes in %1', visible(timeline.nameOf(subject.of), 40));
    choices.push([value, subject, words]);
  }
  return (
    <label className="dockyard-field">
      {trans.__('Picture of')}
      <select
        className="jp-mod-styled"
        value={value}
        onChange={event => {
          const chosen = choices.find(([name]) => name === event.target.value);
          if (chosen) {
            panel.picture(chosen[1]);
          }
        }}
      >
        {choices.map(([name, , words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

function Drawing({ svg }: { svg: string }) {
  const frame = React.useRef<HTMLDivElement>(null);
  React.useEffect(() => {
    const drawing = parseDrawing(svg);
    frame.current?.replaceChildren(...(drawing ? [drawing] : []));
  }, [svg]);
  return <div ref={frame} className="dockyard-drawing" />;
}

function save({ title, svg }: IPicture): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  link.download = `${title.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^-+|-+$/g, '')}.svg`;
  link.click();
  URL.revokeObjectURL(link.href);
}
