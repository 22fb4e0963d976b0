import { sharing } from '../sharing';
import type { IImage } from '../views';

function image(id: string, size: number, ...layers: string[]): IImage {
  return { id, tags: [id], size, created: 0, layers };
}

describe('sharing', () => {
  const base = image('base', 70, 'a', 'b');
  const app = image('app', 100, 'a', 'b', 'c');
  const sister = image('sister', 90, 'a', 'b', 'd');
  const cousin = image('cousin', 80, 'a', 'x');
  const stranger = image('stranger', 50, 'b');
  const all = [base, app, sister, cousin, stranger];

  it('counts the layers from the lowest on, most first', () => {
    const found = sharing(app, all).map(({ image: { id }, layers }) => [
      id,
      layers
    ]);
    expect(found).toEqual([
      ['base', 2],
      ['sister', 2],
      ['cousin', 1]
    ]);
  });

  it('knows the size where one image is wholly in the other', () => {
    expect(sharing(app, all).map(({ size }) => size)).toEqual([70, null, null]);
    expect(sharing(base, [app])[0]?.size).toBe(70);
  });
});
