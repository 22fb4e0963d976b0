/** Shows what has just happened to an object, and leads to the cell or terminal that did it. */

import * as React from 'react';

import type { Cause } from '../model/causes';
import type { IMark } from '../model/engine';
import { causeWords, useDockyard } from './context';
import { markWord } from './words';

/** What has just happened, nothing where that is a while ago. */
export function Mark({ mark }: { mark: IMark | null }) {
  const { trans } = useDockyard();
  return (
    mark && (
      <p className="dockyard-mark">
        <span className="dockyard-chip">{markWord(mark, trans)}</span>
        {mark.cause && <CauseLink cause={mark.cause} />}
      </p>
    )
  );
}

/** Says what made something happen, and leads there. */
export function CauseLink({ cause }: { cause: Cause }) {
  const { page, trans } = useDockyard();
  const words = causeWords(cause, trans);
  if (cause.by === 'panel') {
    return <span className="dockyard-quiet">{words}</span>;
  }
  const lead = () => {
    if (cause.by === 'cell') {
      void page.reveal(cause.path, cause.cell);
    } else {
      page.showTerminal(cause.name);
    }
  };
  return (
    <button
      type="button"
      className="dockyard-link"
      title={words}
      onClick={lead}
    >
      <bdi>{words}</bdi>
    </button>
  );
}
