/** Makes a learner's text harmless to look at: what would move, hide or reorder characters becomes visible. */

/** C0 and C1 controls, marks and overrides of direction, zero-width characters, separators of lines. */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex
  /[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Sequences that colour or move on a terminal (ECMA-48): CSI, then OSC and its like up to their end. */
const SEQUENCES =
  // eslint-disable-next-line no-control-regex
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]/g;

/**
 * Return a name, label or command with its invisible characters written out, as in `\u202e`.
 *
 * @param longest - How many characters to keep.
 */
export function visible(text: string, longest = 200): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return cut.replace(INVISIBLE, written);
}

/** Return the output of a program as plain lines: colours are left out, other control characters written out. */
export function lines(output: string): string {
  return output
    .replace(SEQUENCES, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map(line =>
      line.replace(INVISIBLE, found =>
        found === '\t' ? found : written(found)
      )
    )
    .join('\n');
}

/** Return the line of a cell by which a learner knows it again. */
export function gist(source: string): string {
  const lines = source.split('\n').map(line => line.trim());
  const telling = lines.find(line => line && !/^(?:%%|#)/.test(line));
  return telling ?? lines.find(Boolean) ?? '';
}

function written(character: string): string {
  const code = character.charCodeAt(0);
  const digits = code > 0xff ? 4 : 2;
  return `\\${digits === 4 ? 'u' : 'x'}${code.toString(16).padStart(digits, '0')}`;
}
