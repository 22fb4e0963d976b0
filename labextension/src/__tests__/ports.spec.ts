import { PageConfig } from '@jupyterlab/coreutils';

import { nullTranslator, TranslationBundle } from '@jupyterlab/translation';

import { portUrl } from '../ports';

const trans = nullTranslator.load('dockyard');

describe('portUrl', () => {
  beforeEach(() => {
    PageConfig.setOption('baseUrl', 'http://localhost:8888/user/ann/');
  });

  it('lies under the URL of Jupyter', () => {
    expect(portUrl(8080, trans)).toBe(
      'http://localhost:8888/user/ann/port/8080/'
    );
  });

  it('takes a path on the port', () => {
    expect(portUrl(8080, trans, '/a/b.html?c=d')).toBe(
      'http://localhost:8888/user/ann/port/8080/a/b.html?c=d'
    );
  });

  it.each([
    '../../api/kernels',
    '//evil.example.com/',
    'https://a.example.com'
  ])('never leads away from the port: %s', path => {
    expect(portUrl(8080, trans, path)).toMatch(
      /^http:\/\/localhost:8888\/user\/ann\/port\/8080\//
    );
  });

  it.each([0, 65536, 1.5, NaN])('refuses what is no port: %s', port => {
    expect(() => portUrl(port, trans)).toThrow(RangeError);
  });

  it('says in the learner’s language that it is no port', () => {
    const chinese = {
      __: (text: string, port: number) => `译：${text.replace('%1', `${port}`)}`
    } as TranslationBundle;
    expect(() => portUrl(0, chinese)).toThrow(
      '译：0 is no port: ports are 1 to 65535.'
    );
  });
});
