import * as React from 'react';

import { Sentence } from '../parts';
import { Bench } from './render';

describe('Sentence', () => {
  let bench: Bench;

  beforeEach(() => {
    bench = new Bench();
  });

  afterEach(() => bench.remove());

  it.each([
    [
      'Run `a *b* c` **now**, under *Registry Mirrors*.',
      'Run <code><bdi>a *b* c</bdi></code> <strong>now</strong>, under <em>Registry Mirrors</em>.'
    ],
    ['*a* and **b**', '<em>a</em> and <strong>b</strong>'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['*.py and *.txt', '*.py and *.txt']
  ])('shows code, strong words and emphasis: %s', async (text, html) => {
    await bench.show(<Sentence text={text} />);
    expect(bench.node.innerHTML).toBe(html);
  });
});
