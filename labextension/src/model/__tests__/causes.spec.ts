import { Cause, Causes, GRACE } from '../causes';

const CELL: Cause = { by: 'cell', path: 'a.ipynb', cell: 'c1', source: 'x' };
const TERMINAL: Cause = { by: 'terminal', name: '1', command: 'docker ps' };

describe('Causes', () => {
  let now = 0;
  const causes = () => new Causes(() => now);

  it('knows none where nothing runs', () => {
    expect(causes().current).toBeNull();
  });

  it('takes the command that began last', () => {
    const all = causes();
    all.begin(TERMINAL);
    const end = all.begin(CELL);
    expect(all.current).toBe(CELL);
    end();
    expect(all.current).toBe(TERMINAL);
  });

  it('still takes a command that has just ended, for the events that come late', () => {
    const all = causes();
    all.begin(CELL)();
    now += GRACE;
    expect(all.current).toBe(CELL);
    now += 1;
    expect(all.current).toBeNull();
  });

  it('ends a command once', () => {
    const all = causes();
    const end = all.begin(CELL);
    const other = all.begin(CELL);
    end();
    end();
    expect(all.current).toBe(CELL);
    other();
    now += GRACE + 1;
    expect(all.current).toBeNull();
  });
});
