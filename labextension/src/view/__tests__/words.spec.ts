import { nullTranslator } from '@jupyterlab/translation';

import { event } from '../../model/__tests__/examples';
import { Formats } from '../formats';
import { eventWord, exitWord } from '../words';

const trans = nullTranslator.load('dockyard');

describe('exitWord', () => {
  it.each([
    [0, 'it ended well'],
    [1, 'the program itself reports an error'],
    [42, 'an error of the program'],
    [125, 'Docker itself could not run'],
    [126, 'cannot be run'],
    [127, 'no such command'],
    [134, 'signal 6'],
    [137, 'SIGKILL'],
    [139, 'SIGSEGV'],
    [143, 'SIGTERM'],
    [255, 'an error of the program']
  ])('explains %s', (exitCode, words) => {
    expect(exitWord({ exitCode, oomKilled: false }, trans)).toContain(words);
  });

  it('tells a lack of memory from other kills', () => {
    expect(exitWord({ exitCode: 137, oomKilled: true }, trans)).toContain(
      'memory'
    );
  });
});

describe('eventWord', () => {
  it('knows the engine’s words, and shows the others as they are', () => {
    expect(eventWord(event({ action: 'start' }), trans)).toBe('started');
    expect(eventWord(event({ action: 'exec_start: ls -l: \x1b' }), trans)).toBe(
      'command started: ls -l: \\x1b'
    );
    expect(eventWord(event({ action: 'teleport' }), trans)).toBe('teleport');
    expect(eventWord(event({ action: 'constructor' }), trans)).toBe(
      'constructor'
    );
  });
});

describe('Formats', () => {
  const formats = new Formats('en');

  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [2_100_000, '2.1 MB'],
    [87_000_000, '87 MB'],
    [1_500_000_000, '1.5 GB']
  ])('writes %s bytes', (size, words) => {
    expect(formats.bytes(size)).toBe(words);
  });

  it.each([
    [0, '0 sec'],
    [61, '1 min 1 sec'],
    [3600, '1 hr'],
    [90_000, '1 day 1 hr']
  ])('writes %s seconds', (seconds, words) => {
    expect(formats.duration(seconds)).toBe(words);
  });

  it('writes Chinese for Chinese', () => {
    expect(new Formats('zh-CN').duration(61)).toBe('1分钟 1秒');
  });
});
