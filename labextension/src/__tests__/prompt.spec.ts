import { keystrokes, Prompt } from '../prompt';

const SHOWN = '\x1b[?2004h\x1b]0;root@machine: ~\x07root@machine:~# ';

function read(...pieces: string[]): boolean {
  const prompt = new Prompt();
  pieces.forEach(piece => prompt.read(piece));
  return prompt.isShown;
}

describe('Prompt', () => {
  it('is not shown before the shell has started', () => {
    expect(read()).toBe(false);
    expect(read('Welcome to the machine\r\n')).toBe(false);
  });

  it('is shown when the shell waits', () => {
    expect(read('Welcome\r\n', SHOWN)).toBe(true);
  });

  it('is recognised wherever the output is cut', () => {
    for (let cut = 0; cut <= SHOWN.length; cut++) {
      expect(read(SHOWN.slice(0, cut), SHOWN.slice(cut))).toBe(true);
    }
    expect(read(...SHOWN.split(''))).toBe(true);
  });

  it('is gone while a command runs, and back afterwards', () => {
    const run = ['docker ps\r\n\x1b[?2004l\r', 'CONTAINER ID\r\n'];
    expect(read(SHOWN, ...run)).toBe(false);
    expect(read(SHOWN, ...run, SHOWN)).toBe(true);
  });

  it('is not the prompt of a shell in a container', () => {
    const inner = '\x1b[?2004hroot@3f2a9c:/# ';
    expect(read(SHOWN, 'docker exec -it web bash\r\n\x1b[?2004l', inner)).toBe(
      false
    );
  });

  it('stays while a command is being typed', () => {
    expect(read(SHOWN, 'd', 'o', 'x'.repeat(1000))).toBe(true);
  });
});

describe('keystrokes', () => {
  it('types a line and does not run it', () => {
    expect(keystrokes('docker ps\n', false)).toBe('docker ps');
  });

  it('runs it when asked', () => {
    expect(keystrokes('docker ps', true)).toBe('docker ps\r');
  });

  it('pastes several lines as one, so that none runs by itself', () => {
    expect(keystrokes('docker build - <<E\r\nFROM a\nE', false)).toBe(
      '\x1b[200~docker build - <<E\nFROM a\nE\x1b[201~'
    );
  });

  it('presses no key that is not in the text', () => {
    expect(keystrokes('a\rb\x0f\x1b[201~\x9bc', false)).not.toMatch(
      // eslint-disable-next-line no-control-regex
      /\r|\x0f|\x9b|\x1b\[201~./
    );
  });
});
