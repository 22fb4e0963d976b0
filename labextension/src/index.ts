/** The plugins that JupyterLab loads; what each of them does is in its own module. */

import { lessonsPlugin } from './plugins/lessons';
import { sidebarPlugin } from './plugins/sidebar';
import { terminalPlugin } from './plugins/terminal';

export default [terminalPlugin, sidebarPlugin, lessonsPlugin];
