/** Asks the server side for what the websocket does not tell, and lets it act; it keeps nothing. */

import { ServerConnection } from '@jupyterlab/services';

import { request } from '../request';
import type { Causes } from './causes';
import {
  ICourse,
  IFeedback,
  IJournalEvent,
  ILogs,
  IPicture,
  IUsage,
  Kind,
  Language
} from './views';

/** What can be done with an object of the engine. */
export type ObjectAction = 'start' | 'stop' | 'remove';

/** Which events to read from the journal. */
export interface IJournalPage {
  /** Only events before this one, by its number. */
  before?: number | undefined;
  /** Only events of the object with this id. */
  actor?: string | undefined;
}

/** What a picture is drawn of. */
export type Subject =
  | { kind: 'layers'; of: string }
  | { kind: 'changes'; of: string }
  | { kind: 'network' };

export type Api = ReturnType<typeof createApi>;

/**
 * Return the calls to a server.
 *
 * @param causes - Is told of what the server is asked to do, for as long as it does it.
 */
export function createApi(
  settings: ServerConnection.ISettings,
  causes: Causes
) {
  const get = <T>(path: string, parameters?: object) =>
    request<T>(path, settings, undefined, parameters);
  const post = <T = void>(path: string, parameters?: object) => {
    const end = causes.begin({ by: 'panel' });
    return request<T>(path, settings, {}, parameters).finally(end);
  };
  const exercise = (id: string, action: string) =>
    `exercises/${encodeURIComponent(id)}/${action}`;
  return {
    course: (lang: Language) => get<ICourse>('course', { lang }),
    check: (id: string, lang: Language) =>
      post<IFeedback>(exercise(id, 'check'), { lang }),
    hint: (id: string, lang: Language) =>
      post<unknown>(exercise(id, 'hint'), { lang }),
    begin: (id: string, lang: Language) =>
      post<unknown>(exercise(id, 'start'), { lang }),
    restart: (id: string, lang: Language) =>
      post<unknown>(exercise(id, 'reset'), { lang }),
    usage: () => get<IUsage>('machine/usage'),
    machine: (action: 'start' | 'stop' | 'reset') =>
      post<unknown>(`machine/${action}`),
    act: (kind: Kind, id: string, action: ObjectAction) =>
      post(`${kind}/${encodeURIComponent(id)}/${action}`),
    logs: (id: string, tail: number) =>
      get<ILogs>(`containers/${encodeURIComponent(id)}/logs`, { tail }),
    timeline: (page: IJournalPage, limit: number) =>
      get<{ events: IJournalEvent[]; more: boolean }>('timeline', {
        ...page,
        limit
      }),
    picture: ({ kind, ...of }: Subject, lang: Language) =>
      get<IPicture>(`pictures/${kind}`, { ...of, lang })
  };
}
