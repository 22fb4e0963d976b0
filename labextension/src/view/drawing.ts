/** Turns the text of an SVG drawing into an element that can do nothing; it knows nothing of what is drawn. */

const SVG = 'http://www.w3.org/2000/svg';

/** The elements that a drawing needs; everything else, scripts and foreign content above all, is left out. */
const ELEMENTS = new Set([
  'svg',
  'g',
  'defs',
  'title',
  'desc',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
  'path',
  'text',
  'tspan',
  'marker',
  'clipPath',
  'use',
  'pattern',
  'linearGradient',
  'stop',
  'style'
]);

/**
 * Return the drawing as an element of this page, or null where the text is no SVG.
 *
 * An SVG is not trusted because of where it comes from: whoever draws it can forget to escape a learner's text.
 */
export function parseDrawing(svg: string): SVGElement | null {
  const parsed = new DOMParser().parseFromString(
    svg,
    'image/svg+xml'
  ).documentElement;
  if (parsed.namespaceURI !== SVG || parsed.localName !== 'svg') {
    return null;
  }
  for (const element of [parsed, ...parsed.querySelectorAll('*')]) {
    if (element.namespaceURI !== SVG || !ELEMENTS.has(element.localName)) {
      element.remove();
    } else {
      clean(element);
    }
  }
  return document.importNode(parsed, true) as unknown as SVGElement;
}

/** Take off what runs something or reaches outside of the drawing. */
function clean(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    const leadsOut = /(?:^|:)href$/i.test(name)
      ? !value.startsWith('#')
      : /url\(\s*['"]?(?!#)/i.test(value);
    if (/^on/i.test(name) || leadsOut) {
      element.removeAttribute(name);
    }
  }
  if (
    element.localName === 'style' &&
    /@import|url\(\s*['"]?(?!#)/i.test(element.textContent)
  ) {
    element.remove();
  }
}
