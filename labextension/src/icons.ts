/** The icons that JupyterLab lacks; drawn here, in its own grey that themes recolour. */

import { LabIcon } from '@jupyterlab/ui-components';

function icon(name: string, path: string): LabIcon {
  return new LabIcon({
    name: `dockyard:${name}`,
    svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" fill-rule="evenodd" d="${path}"/></svg>`
  });
}

/** A crane's hook over a container on the quay: Dockyard. */
export const dockyardIcon = icon(
  'dockyard',
  'M3 2h18v2h-8v3.6l4.2 3.4H20a1 1 0 0 1 1 1v7H3v-7a1 1 0 0 1 1-1h2.8l4.2-3.4V4H3zM12 9.2 9.8 11h4.4zM5 13v4h2.5v-4zm4.2 0v4h2.1v-4zm3.6 0v4h2.1v-4zm3.7 0v4H19v-4zM2 20.5h20v2H2z'
);

export const courseIcon = icon(
  'course',
  'M12 6.3C10.4 5 8 4.2 5 4.2c-1 0-2 .1-3 .3v14.3c1-.2 2-.3 3-.3 3 0 5.4.8 7 2.1 1.6-1.3 4-2.1 7-2.1 1 0 2 .1 3 .3V4.5c-1-.2-2-.3-3-.3-3 0-5.4.8-7 2.1zM11 8v9.7a13 13 0 0 0-6-1.2H4V6.2h1c2.5 0 4.6.6 6 1.8zm2 0c1.4-1.2 3.5-1.8 6-1.8h1v10.3h-1c-2.3 0-4.3.4-6 1.2z'
);

export const machineIcon = icon(
  'machine',
  'M4 3h16a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zm1 2v4h14V5zm-1 8h16a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-6a1 1 0 0 1 1-1zm1 2v4h14v-4zm1.5 1h2v2h-2zm0-10h2v2h-2z'
);

export const engineIcon = icon(
  'engine',
  'M2 13h20v6H2zm2 2v2h2v-2zm4 0v2h2v-2zm4 0v2h2v-2zm4 0v2h4v-2zM5 6h6v6H5zm2 2v2h2V8zm6-2h6v6h-6zm2 2v2h2V8z'
);

export const layersIcon = icon(
  'layers',
  'M12 2 1.5 8 12 14l10.5-6zm0 2.3L18.5 8 12 11.7 5.5 8zM3.5 11.1 1.5 12.3 12 18.3l10.5-6-2-1.2L12 16zm0 4.3-2 1.2L12 22.6l10.5-6-2-1.2-8.5 4.9z'
);

export const passedIcon = icon(
  'passed',
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.7 14.7-4.3-4.3 1.4-1.4 2.9 2.9 6.3-6.3 1.4 1.4z'
);

export const startedIcon = icon(
  'started',
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2v16a8 8 0 0 1 0-16z'
);

export const newIcon = icon(
  'new',
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16z'
);

export const brokenIcon = icon(
  'broken',
  'M12 2 1 21h22zm0 4 7.5 13h-15zm-1 5v4h2v-4zm0 5v2h2v-2z'
);

export const runningIcon = icon(
  'running',
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM9.5 7.5 17 12l-7.5 4.5z'
);

export const pausedIcon = icon(
  'paused',
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM8.5 8h2.2v8H8.5zm4.8 0h2.2v8h-2.2z'
);

export const stoppedIcon = icon(
  'stopped',
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM8.5 8.5h7v7h-7z'
);

export const failedIcon = icon(
  'failed',
  'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zM8.4 7l3.6 3.6L15.6 7 17 8.4 13.4 12l3.6 3.6-1.4 1.4-3.6-3.6L8.4 17 7 15.6l3.6-3.6L7 8.4z'
);
