import { Latest } from '../latest';

describe('Latest', () => {
  let done: string[];
  let ends: (() => void)[];
  let latest: Latest;

  const ask = (name: string) =>
    latest.ask(async () => {
      done.push(name);
      await new Promise<void>(resolve => ends.push(resolve));
    });
  const end = async () => {
    ends.shift()?.();
    await new Promise(resolve => setTimeout(resolve));
  };

  beforeEach(() => {
    done = [];
    ends = [];
    latest = new Latest();
  });

  it('does one thing at a time, and of the others the last', async () => {
    ['a', 'b', 'c'].forEach(ask);
    expect(done).toEqual(['a']);
    await end();
    expect(done).toEqual(['a', 'c']);
    await end();
    expect(done).toEqual(['a', 'c']);
    ask('d');
    expect(done).toEqual(['a', 'c', 'd']);
  });

  it('forgets what waits', async () => {
    ['a', 'b'].forEach(ask);
    latest.forget();
    await end();
    expect(done).toEqual(['a']);
  });
});
