/** Asks the server side of Dockyard; it knows the address and the shape of an error, and nothing of what is asked. */

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

/** What the server side answers where something is wrong: what was found, and the next step. */
interface IProblem {
  found?: string;
  next_step?: string;
  message?: string;
}

/** An answer that is not a success; its message is meant to be read by the learner. */
export class DockyardError extends Error {
  constructor(
    readonly status: number,
    readonly found: string,
    readonly nextStep: string
  ) {
    super(nextStep ? `${found}\n→ ${nextStep}` : found);
  }
}

/**
 * Call one of Dockyard's own routes.
 *
 * @param path - The path under /dockyard/api.
 * @param settings - Where the server is and how to be known to it.
 * @param body - What to send as JSON; with it the method is POST.
 * @returns The answer's JSON.
 * @throws DockyardError where the server says that something is wrong.
 */
export async function request<T>(
  path: string,
  settings: ServerConnection.ISettings,
  body?: object
): Promise<T> {
  const url = URLExt.join(settings.baseUrl, 'dockyard', 'api', path);
  const init = body
    ? { method: 'POST', body: JSON.stringify(body) }
    : { method: 'GET' };
  const response = await ServerConnection.makeRequest(url, init, settings);
  const text = await response.text();
  if (!response.ok) {
    throw problem(response, text);
  }
  // An answer without content says that it is done.
  return (text ? JSON.parse(text) : undefined) as T;
}

function problem(response: Response, text: string): DockyardError {
  let answer: IProblem = {};
  try {
    answer = JSON.parse(text) as IProblem;
  } catch {
    // A proxy between the two answers with a page of its own: its status line has to do.
  }
  const found =
    answer.found ??
    answer.message ??
    `${response.status} ${response.statusText}`;
  return new DockyardError(response.status, found, answer.next_step ?? '');
}
