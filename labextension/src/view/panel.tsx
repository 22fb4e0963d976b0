/** The sidebar itself: the machine's state above, the parts as tabs, and the one that is open. */

import { historyIcon, LabIcon, ReactWidget } from '@jupyterlab/ui-components';
import * as React from 'react';

import {
  brokenIcon,
  courseIcon,
  dockyardIcon,
  engineIcon,
  layersIcon,
  machineIcon,
  runningIcon,
  stoppedIcon
} from '../icons';
import { Tab, TABS } from '../model/panel';
import { DockyardContext, IDockyard, useChanges, useDockyard } from './context';
import { CourseView } from './course';
import { EngineView } from './engine';
import { MachineView } from './machine';
import { Icon, Problem } from './parts';
import { PicturesView } from './pictures';
import { TimelineView } from './timeline';
import { machineWord, tabWord } from './words';

/** The id under which the shell knows the sidebar. */
export const PANEL_ID = 'dockyard-panel';

const ICONS: Record<Tab, LabIcon> = {
  course: courseIcon,
  machine: machineIcon,
  engine: engineIcon,
  timeline: historyIcon,
  pictures: layersIcon
};

const VIEWS: Record<Tab, () => React.JSX.Element> = {
  course: CourseView,
  machine: MachineView,
  engine: EngineView,
  timeline: TimelineView,
  pictures: PicturesView
};

/** The sidebar as a widget of JupyterLab's left area; nothing is drawn while it is hidden. */
export class DockyardPanel extends ReactWidget {
  constructor(private readonly dockyard: IDockyard) {
    super();
    this.id = PANEL_ID;
    this.addClass('dockyard-panel');
    this.title.icon = dockyardIcon;
    this.title.caption = 'Dockyard';
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', 'Dockyard');
  }

  protected override onAfterShow(): void {
    this.update();
  }

  protected override onAfterHide(): void {
    this.update();
  }

  protected override render(): React.JSX.Element {
    return this.isVisible ? (
      <DockyardContext.Provider value={this.dockyard}>
        <Panel />
      </DockyardContext.Provider>
    ) : (
      <></>
    );
  }
}

/** The contents of the sidebar. */
export function Panel() {
  const { panel, trans } = useDockyard();
  useChanges(panel.changed);
  const View = VIEWS[panel.tab];
  return (
    <>
      <Head />
      <Tabs />
      <div
        id="dockyard-tabpanel"
        className="dockyard-body"
        role="tabpanel"
        aria-label={tabWord(panel.tab, trans)}
        tabIndex={0}
      >
        <View key={panel.tab} />
      </div>
    </>
  );
}

/** Says at once how machine and engine are, whichever part is open. */
function Head() {
  const { engine, trans } = useDockyard();
  useChanges(engine.changed);
  const { machine, isConnected } = engine;
  let icon = brokenIcon;
  let words = trans.__(
    'The connection to the server is lost; it is being tried again.'
  );
  if (machine && isConnected) {
    icon =
      machine.state === 'running'
        ? runningIcon
        : machine.state === 'stopped'
          ? stoppedIcon
          : brokenIcon;
    words = trans.__('Machine: %1', machineWord(machine.state, trans));
  } else if (!machine) {
    icon = stoppedIcon;
    words = trans.__('The machine is being looked at…');
  }
  const isWell = icon === runningIcon;
  const problem =
    machine?.state === 'unknown' && isConnected ? machine.problem : '';
  return (
    <>
      <div
        className="dockyard-head"
        data-state={isConnected ? (machine?.state ?? '') : 'lost'}
      >
        <Icon
          icon={icon}
          className={
            isWell
              ? 'dockyard-is-passed'
              : icon === brokenIcon
                ? 'dockyard-is-broken'
                : ''
          }
        />
        <span role="status" className="dockyard-grow">
          {words}
        </span>
        {machine?.state === 'running' && isConnected && (
          <span className="dockyard-quiet">Docker {machine.engine}</span>
        )}
      </div>
      <Problem text={problem} />
    </>
  );
}

/** https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
function Tabs() {
  const { panel, trans } = useDockyard();
  const list = React.useRef<HTMLDivElement>(null);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = {
      ArrowRight: 1,
      ArrowLeft: -1,
      Home: -TABS.length,
      End: TABS.length
    }[event.key];
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    const here = TABS.indexOf(panel.tab);
    const there =
      Math.abs(step) > 1
        ? Math.min(Math.max(here + step, 0), TABS.length - 1)
        : (here + step + TABS.length) % TABS.length;
    panel.open(TABS[there] ?? panel.tab);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[there]?.focus();
  };
  return (
    <div
      ref={list}
      className="dockyard-tabs"
      role="tablist"
      aria-label={trans.__('Parts')}
      onKeyDown={onKeyDown}
    >
      {TABS.map(tab => (
        <button
          key={tab}
          type="button"
          role="tab"
          data-tab={tab}
          aria-selected={tab === panel.tab}
          aria-controls="dockyard-tabpanel"
          tabIndex={tab === panel.tab ? 0 : -1}
          onClick={() => panel.open(tab)}
        >
          <Icon icon={ICONS[tab]} />
          {tabWord(tab, trans)}
        </button>
      ))}
    </div>
  );
}
