import { gist, lines, visible } from '../text';

describe('visible', () => {
  it('leaves ordinary text alone, of any script', () => {
    expect(visible('web-1 镜像 עברית é <b>')).toBe('web-1 镜像 עברית é <b>');
  });

  it('writes out what reorders, hides or moves', () => {
    expect(visible('a\u202egnp.exe')).toBe('a\\u202egnp.exe');
    expect(visible('a\u200bb\ufeff')).toBe('a\\u200bb\\ufeff');
    expect(visible('\x1b[31mred\n')).toBe('\\x1b[31mred\\x0a');
  });

  it('cuts what is too long', () => {
    expect(visible('x'.repeat(300))).toBe(`${'x'.repeat(200)}…`);
  });
});

describe('lines', () => {
  it('leaves colours, titles and links out', () => {
    const output =
      '\x1b[1;31mred\x1b[0m \x1b]0;title\x07\x1b]8;;http://a/\x1b\\link\x1b]8;;\x1b\\\r\n\tend';
    expect(lines(output)).toBe('red link\n\tend');
  });

  it('is not fooled by a sequence that has no end', () => {
    expect(lines('\x1b]0;title')).toBe('');
    expect(lines('a\x1b')).toBe('a\\x1b');
  });

  it('makes a line of what a progress bar overwrites', () => {
    expect(lines('10%\r20%\r\n')).toBe('10%\n20%\n');
  });

  it('shows a million characters in no time', () => {
    const began = performance.now();
    lines('\x1b[31mx\x1b]'.repeat(120_000));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('gist', () => {
  it.each([
    ['%%machine\n\n# start\ndocker run nginx\ndocker ps', 'docker run nginx'],
    ['%check images.one', '%check images.one'],
    ['# nothing but a comment', '# nothing but a comment'],
    ['', '']
  ])('finds the telling line of %j', (source, line) => {
    expect(gist(source)).toBe(line);
  });
});
