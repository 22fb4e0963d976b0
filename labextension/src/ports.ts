/** Knows where a published port of the machine is to be found under Jupyter's own URL. */

import { PageConfig, URLExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';

/**
 * Return the URL of a published port.
 *
 * @param port - The port on the machine, as in `docker run -p PORT:80`.
 * @param trans - What the error is told in.
 * @param path - What to ask of it.
 * @throws RangeError where no such port can be.
 */
export function portUrl(
  port: number,
  trans: TranslationBundle,
  path = ''
): string {
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new RangeError(
      trans.__('%1 is no port: ports are 1 to 65535.', port)
    );
  }
  const base = URLExt.join(PageConfig.getBaseUrl(), 'port', String(port), '/');
  const inside = new URL(path.replace(/^\/+/, ''), base).href;
  return inside.startsWith(base) ? inside : base;
}
