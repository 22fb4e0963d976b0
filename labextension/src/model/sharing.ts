/** Compares the layers of images; it knows their content ids and nothing else. */

import { IImage } from './views';

/** What an image has in common with another one. */
export interface ISharing {
  image: IImage;
  /** How many layers, from the lowest on. */
  layers: number;
  /** How many bytes, null where the ids alone don't tell. */
  size: number | null;
}

/**
 * Return with which images an image shares layers, most of them first.
 *
 * A layer means something only on top of those below it, so what is shared are the lowest layers. Their size is known
 * where they are all that one of the two images has.
 */
export function sharing(image: IImage, images: readonly IImage[]): ISharing[] {
  return images
    .filter(other => other.id !== image.id)
    .map(other => {
      const layers = common(image.layers, other.layers);
      const whole = [image, other].find(one => one.layers.length === layers);
      return { image: other, layers, size: whole?.size ?? null };
    })
    .filter(({ layers }) => layers > 0)
    .sort((one, other) => other.layers - one.layers);
}

function common(one: readonly string[], other: readonly string[]): number {
  const different = one.findIndex((layer, index) => layer !== other[index]);
  return different < 0 ? one.length : different;
}
