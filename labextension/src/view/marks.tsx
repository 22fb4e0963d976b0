/** Shows what has just happened to an object, and leads to the cell or terminal that did it. */

import * as React from 'react';

import type { Cause } from '../model/causes';
import type { IMark } from '../model/engine';
import { causeWords, useAction, useDockyard } from './context';
import { Problem } from './parts';
import { markWord } from './words';

/** What has just happened, nothing where that is a while ago. */
export function Mark({ mark }: { mark: IMark | null }) {
  const { trans } = useDockyard();
  return (
    mark && (
      <CauseLine cause={mark.cause}>
        <span className="dockyard-chip">{markWord(mark, trans)}</span>
      </CauseLine>
    )
  );
}

/** A line that says what made something happen, and leads there. */
export function CauseLine({
  cause,
  children
}: {
  cause: Cause | null;
  /** What stands before it. */
  children?: React.ReactNode;
}) {
  const { page, trans } = useDockyard();
  const words = cause ? causeWords(cause, trans) : '';
  const action = useAction(words);
  const lead = async () => {
    if (cause?.by === 'cell') {
      await page.reveal(cause.path, cause.cell);
    } else if (cause?.by === 'terminal') {
      page.showTerminal(cause.name);
    }
  };
  return (
    <>
      <p className="dockyard-mark">
        {children}
        {cause?.by === 'panel' ? (
          <span className="dockyard-quiet">{words}</span>
        ) : (
          cause && (
            <button
              type="button"
              className="dockyard-link"
              title={words}
              onClick={() => action.run(lead)}
            >
              <bdi>{words}</bdi>
            </button>
          )
        )}
      </p>
      <Problem text={action.problem} />
    </>
  );
}
