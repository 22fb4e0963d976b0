/** Adds the sidebar to JupyterLab: joins models, views and page together, and gives each of its actions a command. */

import {
  ILayoutRestorer,
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette, showErrorMessage } from '@jupyterlab/apputils';
import { URLExt } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ServerConnection } from '@jupyterlab/services';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { CATEGORY, CommandIDs } from '../ids';
import { createApi } from '../model/api';
import { CourseModel, IPlace } from '../model/course';
import { EngineModel } from '../model/engine';
import { LiveConnection, Socket } from '../model/live';
import { isTab, PanelModel, TABS } from '../model/panel';
import { TimelineModel } from '../model/timeline';
import type { Language } from '../model/views';
import { CellWatch } from '../page/cells';
import { createPage } from '../page/page';
import { IMachineTerminals, MachineTerminals } from '../terminals';
import type { IDockyard } from '../view/context';
import { Formats } from '../view/formats';
import { machineActions } from '../view/machine';
import { DockyardPanel, PANEL_ID } from '../view/panel';
import { StatusItem } from '../view/status';
import { tabWord } from '../view/words';
import {
  courseLanguage,
  loadSettings,
  markFor,
  SETTINGS_ID,
  translateSchema
} from './settings';

export const sidebarPlugin: JupyterFrontEndPlugin<void> = {
  id: SETTINGS_ID,
  description: 'The sidebar: the course, the machine and its engine, live.',
  autoStart: true,
  requires: [IMachineTerminals, IDocumentManager, INotebookTracker],
  optional: [
    ITranslator,
    ISettingRegistry,
    ICommandPalette,
    ILayoutRestorer,
    IStatusBar
  ],
  activate: async (
    app: JupyterFrontEnd,
    terminals: MachineTerminals,
    documents: IDocumentManager,
    notebooks: INotebookTracker,
    translator: ITranslator | null,
    registry: ISettingRegistry | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    statusBar: IStatusBar | null
  ) => {
    const languages = translator ?? nullTranslator;
    const trans = languages.load('dockyard');
    const settings = await loadSettings(registry);
    const { serverSettings } = app.serviceManager;
    const { causes } = terminals;
    const api = createApi(serverSettings, causes);
    const dockyard: IDockyard = {
      engine: new EngineModel(causes),
      course: new CourseModel(
        api,
        courseLanguage(settings, languages.languageCode)
      ),
      timeline: new TimelineModel(api, causes),
      panel: new PanelModel(),
      api,
      page: createPage(app, documents, terminals, trans),
      trans,
      formats: new Formats(languages.languageCode.replace('_', '-')),
      speak: language => speak(language)
    };
    const { engine, course } = dockyard;
    const speak = async (language: Language) => {
      await course.speak(language);
      await settings?.set('courseLanguage', language);
    };
    const apply = () => {
      if (settings) {
        // A change is saved and read again, and what is read is in English.
        translateSchema(settings.plugin.schema, trans);
        engine.markFor = markFor(settings);
        void course.speak(courseLanguage(settings, languages.languageCode));
      }
    };
    settings?.changed.connect(apply);
    apply();

    new CellWatch(notebooks, causes);
    follow(dockyard, serverSettings);
    const widget = new DockyardPanel(dockyard);
    app.shell.add(widget, 'left', { rank: 150 });
    restorer?.add(widget, PANEL_ID);
    statusBar?.registerStatusItem('dockyard:status', {
      item: new StatusItem(
        dockyard,
        () => void app.commands.execute(CommandIDs.show)
      ),
      align: 'left',
      rank: 50
    });
    addCommands(app, dockyard);
    addToPalette(palette);
  }
};

/** Let the models follow what the server tells. */
function follow(
  dockyard: IDockyard,
  settings: ServerConnection.ISettings
): void {
  const { engine, course, timeline } = dockyard;
  const live = new LiveConnection((run, seq) => open(settings, run, seq));
  live.connected.connect((_, isConnected) => engine.setConnected(isConnected));
  live.received.connect((_, messages) => {
    for (const message of messages) {
      engine.apply(message);
      timeline.apply(message);
      course.apply(message);
    }
  });
}

function open(
  settings: ServerConnection.ISettings,
  run: string,
  seq: number
): Socket {
  const parameters = new URLSearchParams({ run, seq: String(seq) });
  if (settings.appendToken && settings.token) {
    parameters.set('token', settings.token);
  }
  const url = URLExt.join(settings.wsUrl, 'dockyard', 'api', 'live');
  return new settings.WebSocket(`${url}?${parameters.toString()}`);
}

function addCommands(app: JupyterFrontEnd, dockyard: IDockyard): void {
  const { panel, trans } = dockyard;
  const nothing = { args: { type: 'object', properties: {} } } as const;
  app.commands.addCommand(CommandIDs.show, {
    label: args =>
      isTab(args['part'])
        ? trans.__('Show Dockyard: %1', tabWord(args['part'], trans))
        : trans.__('Show Dockyard'),
    describedBy: {
      args: {
        type: 'object',
        properties: {
          part: {
            type: 'string',
            enum: [...TABS],
            description: trans.__('Which part of the panel to show')
          }
        }
      }
    },
    execute: args => {
      if (isTab(args['part'])) {
        panel.open(args['part']);
      }
      app.shell.activateById(PANEL_ID);
    }
  });

  const add = (id: string, label: string, doing: () => Promise<unknown>) =>
    app.commands.addCommand(id, {
      label,
      describedBy: nothing,
      execute: async () => {
        try {
          await doing();
        } catch (reason) {
          await showErrorMessage('Dockyard', reason as Error);
        }
      }
    });
  const next = async (doing: (place: IPlace) => Promise<void>) => {
    const place = dockyard.course.next;
    panel.open('course');
    app.shell.activateById(PANEL_ID);
    if (place) {
      await doing(place);
    }
  };
  const { course, page } = dockyard;
  add(CommandIDs.openNext, trans.__('Open the next exercise'), () =>
    next(({ lesson, exercise }) => page.reveal(lesson.path, exercise.cell))
  );
  add(CommandIDs.checkNext, trans.__('Check the next exercise'), () =>
    next(({ exercise }) => course.check(exercise.id))
  );
  add(CommandIDs.hintNext, trans.__('Hint for the next exercise'), () =>
    next(({ exercise }) => course.hint(exercise.id))
  );
  const machine = machineActions(dockyard);
  add(CommandIDs.startMachine, trans.__('Start the machine'), machine.start);
  add(CommandIDs.stopMachine, trans.__('Stop the machine'), machine.stop);
  add(CommandIDs.resetMachine, trans.__('Reset the machine'), machine.reset);
}

function addToPalette(palette: ICommandPalette | null): void {
  for (const part of TABS) {
    const command = CommandIDs.show;
    palette?.addItem({ command, category: CATEGORY, args: { part } });
  }
  for (const command of [
    CommandIDs.openNext,
    CommandIDs.checkNext,
    CommandIDs.hintNext,
    CommandIDs.startMachine,
    CommandIDs.stopMachine,
    CommandIDs.resetMachine
  ]) {
    palette?.addItem({ command, category: CATEGORY });
  }
}
