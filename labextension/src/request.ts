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

/** The reader's language, of whom a page has one; before it is known the server answers in its own. */
let spoken: string | undefined;

/** Have every request answered in a language from here on, also where the answer is an error. */
export function speak(language: string): void {
  spoken = language;
}

/**
 * Call one of Dockyard's own routes.
 *
 * @param path - The path under /dockyard/api.
 * @param settings - Where the server is and how to be known to it.
 * @param body - What to send as JSON; with it the method is POST.
 * @param parameters - The query; undefined ones are left out, and a `lang` goes before the reader's.
 * @returns The answer's JSON.
 * @throws DockyardError where the server says that something is wrong.
 */
export async function request<T>(
  path: string,
  settings: ServerConnection.ISettings,
  body?: object,
  parameters: object = {}
): Promise<T> {
  const url =
    URLExt.join(settings.baseUrl, 'dockyard', 'api', path) +
    query({ lang: spoken, ...parameters });
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

function query(parameters: object): string {
  const given = Object.entries(parameters).filter(
    ([, value]) => value !== undefined
  );
  return given.length
    ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`
    : '';
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
