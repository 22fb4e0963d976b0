import { PageConfig } from '@jupyterlab/coreutils';

import { portUrl } from '../ports';

describe('portUrl', () => {
  beforeEach(() => {
    PageConfig.setOption('baseUrl', 'http://localhost:8888/user/ann/');
  });

  it('lies under the URL of Jupyter', () => {
    expect(portUrl(8080)).toBe('http://localhost:8888/user/ann/port/8080/');
  });

  it('takes a path on the port', () => {
    expect(portUrl(8080, '/a/b.html?c=d')).toBe(
      'http://localhost:8888/user/ann/port/8080/a/b.html?c=d'
    );
  });

  it.each([
    '../../api/kernels',
    '//evil.example.com/',
    'https://a.example.com'
  ])('never leads away from the port: %s', path => {
    expect(portUrl(8080, path)).toMatch(
      /^http:\/\/localhost:8888\/user\/ann\/port\/8080\//
    );
  });

  it.each([0, 65536, 1.5, NaN])('refuses what is no port: %s', port => {
    expect(() => portUrl(port)).toThrow(RangeError);
  });
});
