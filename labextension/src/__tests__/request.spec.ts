import { ServerConnection } from '@jupyterlab/services';

import { createApi } from '../model/api';
import { Cause, Causes } from '../model/causes';
import { CourseModel } from '../model/course';
import { request, speak } from '../request';

describe('request', () => {
  const settings = {
    baseUrl: 'http://localhost/base/'
  } as ServerConnection.ISettings;
  let clock = 0;
  const causes = new Causes(() => clock);
  const api = createApi(settings, causes);
  let current: (Cause | null)[];
  let asked: string[];
  let answer: Pick<Response, 'ok' | 'status' | 'statusText' | 'text'>;

  beforeEach(() => {
    asked = [];
    current = [];
    clock += 10_000;
    answer = {
      ok: true,
      status: 200,
      statusText: 'OK',
      text: () => Promise.resolve('{}')
    };
    jest
      .spyOn(ServerConnection, 'makeRequest')
      .mockImplementation((url, { method }) => {
        asked.push(
          `${method} ${url.replace('http://localhost/base/dockyard/api/', '')}`
        );
        current.push(causes.current);
        return Promise.resolve(answer as Response);
      });
  });

  afterEach(() => jest.restoreAllMocks());

  it('leaves the language to the server until one is chosen', async () => {
    await api.usage();
    expect(asked).toEqual(['GET machine/usage']);
  });

  it('names the reader’s language in every request', async () => {
    speak('zh');
    await api.usage();
    await api.machine('start');
    await api.act('volumes', 'a b', 'remove');
    await api.logs('web', 10);
    await api.timeline({ actor: undefined }, 5);
    await request('terminals', settings, {});
    expect(asked).toEqual([
      'GET machine/usage?lang=zh',
      'POST machine/start?lang=zh',
      'POST volumes/a%20b/remove?lang=zh',
      'GET containers/web/logs?lang=zh&tail=10',
      'GET timeline?lang=zh&limit=5',
      'POST terminals?lang=zh'
    ]);
  });

  it('is a cause while the server acts, and not while it is only asked', async () => {
    await api.machine('start');
    clock += 10_000;
    expect(causes.current).toBeNull();
    await api.usage();
    answer = { ...answer, ok: false };
    await expect(api.act('containers', 'a', 'stop')).rejects.toThrow();
    clock += 10_000;
    expect(causes.current).toBeNull();
    expect(current).toEqual([{ by: 'panel' }, null, { by: 'panel' }]);
  });

  it('asks in the language of the course, which the reader can change', async () => {
    const course = new CourseModel(api, 'zh', frame => frame());
    await api.usage();
    await course.speak('en');
    await api.usage();
    await api.picture({ kind: 'layers', of: 'nginx' }, 'zh');
    expect(asked).toEqual([
      'GET machine/usage?lang=zh',
      'GET course?lang=en',
      'GET machine/usage?lang=en',
      'GET pictures/layers?lang=zh&of=nginx'
    ]);
  });

  it('says what the server found and the next step, or else its status line', async () => {
    const says = (text: string) => {
      answer = {
        ok: false,
        status: 409,
        statusText: 'Conflict',
        text: () => Promise.resolve(text)
      };
    };
    says(JSON.stringify({ found: '机器没有运行。', next_step: '启动它' }));
    await expect(api.usage()).rejects.toThrow('机器没有运行。\n→ 启动它');
    says('<html>');
    await expect(api.usage()).rejects.toThrow('409 Conflict');
  });
});
