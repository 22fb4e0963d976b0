/** The names under which JupyterLab knows Dockyard's commands; lessons' buttons use them, so they never change. */
export const CommandIDs = {
  openTerminal: 'dockyard:open-terminal',
  openPort: 'dockyard:open-port'
} as const;
