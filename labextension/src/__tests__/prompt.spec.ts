import { keystrokes, Prompt } from '../prompt';

const SHOWN =
  '\x1b[?2004h\x1b]0;t\x07\x1b[1;32mmachine\x1b[0m:\x1b[1;34m~\x1b[0m# ';
const RUN = ['docker ps\r\n\x1b[?2004l\r', 'CONTAINER ID\r\n'];
const INNER = '\x1b[?2004hroot@3f2a9c:/# ';

function read(...pieces: string[]): Prompt {
  const prompt = new Prompt();
  pieces.forEach(piece => prompt.read(piece));
  return prompt;
}

describe('Prompt', () => {
  it('is not shown before the shell has started', () => {
    expect(read().isShown).toBe(false);
    expect(read('Welcome to the machine: hello\r\n').isShown).toBe(false);
  });

  it('is shown when the shell waits', () => {
    expect(read('Welcome\r\n', SHOWN)).toMatchObject({
      isShown: true,
      isMachine: true
    });
  });

  it('is recognised wherever the output is cut', () => {
    for (let cut = 0; cut <= SHOWN.length; cut++) {
      expect(read(SHOWN.slice(0, cut), SHOWN.slice(cut)).isMachine).toBe(true);
    }
    expect(read(...SHOWN.split('')).isMachine).toBe(true);
  });

  it('is gone while a command runs, and back afterwards', () => {
    expect(read(SHOWN, ...RUN).isShown).toBe(false);
    expect(read(SHOWN, ...RUN, SHOWN).isMachine).toBe(true);
  });

  it('tells the shell of a container from the machine', () => {
    const inside = read(
      SHOWN,
      'docker exec -it web bash\r\n\x1b[?2004l',
      INNER
    );
    expect(inside).toMatchObject({ isShown: true, isMachine: false });
    inside.read('machine:');
    expect(inside.isMachine).toBe(false);
  });

  it('knows the command that was entered', () => {
    expect(read(SHOWN, ...RUN).entered).toBe('docker ps');
    expect(
      read(SHOWN, ...'docker ps'.split(''), '\r\n\x1b[?2004l\r').entered
    ).toBe('docker ps');
    expect(read(SHOWN, '\x07docker ps\r\n\x1b[?2004l\r').entered).toBe(
      'docker ps'
    );
  });

  it('knows it also after the shell has drawn its line again', () => {
    const again = `\r\x1b[K\r${SHOWN.slice(SHOWN.lastIndexOf('\x07') + 1)}`;
    expect(read(SHOWN, again, ...RUN).entered).toBe('docker ps');
  });

  it('claims to know none that was edited', () => {
    expect(read(SHOWN, 'docker pss\b\x1b[K', '\r\n\x1b[?2004l').entered).toBe(
      ''
    );
  });

  it('stays while a command is being typed', () => {
    expect(read(SHOWN, 'd', 'o', 'x'.repeat(1000)).isMachine).toBe(true);
  });
});

describe('keystrokes', () => {
  it('types a line and does not run it', () => {
    expect(keystrokes('docker ps\n', false)).toBe('\x05\x15docker ps');
  });

  it('runs it when asked', () => {
    expect(keystrokes('docker ps', true)).toBe('\x05\x15docker ps\r');
  });

  it('pastes several lines as one, so that none runs by itself', () => {
    expect(keystrokes('docker build - <<E\r\nFROM a\nE', false)).toBe(
      '\x05\x15\x1b[200~docker build - <<E\nFROM a\nE\x1b[201~'
    );
  });

  it('presses no key that is not in the text', () => {
    expect(keystrokes('a\rb\x0f\x1b[201~\x9bc', false)).not.toMatch(
      // eslint-disable-next-line no-control-regex
      /\r|\x0f|\x9b|\x1b\[201~./
    );
  });
});
