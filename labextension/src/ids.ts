/** The names under which JupyterLab knows Dockyard's commands; lessons' buttons use them, so they never change. */
export const CommandIDs = {
  openTerminal: 'dockyard:open-terminal',
  openPort: 'dockyard:open-port',
  show: 'dockyard:show',
  openNext: 'dockyard:open-next',
  checkNext: 'dockyard:check-next',
  hintNext: 'dockyard:hint-next',
  startMachine: 'dockyard:start-machine',
  stopMachine: 'dockyard:stop-machine',
  resetMachine: 'dockyard:reset-machine',
  cellToTerminal: 'dockyard:cell-to-terminal'
} as const;

/** Where JupyterLab lists what Dockyard adds: a proper name, the same in every language. */
export const CATEGORY = 'Dockyard';
