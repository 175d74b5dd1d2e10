/** Reads style sheets, as far as the house's rules need it: declarations with their line, and where rules are nested. */
export type Declaration = { line: number; property: string; value: string };
export type Sheet = { declarations: Declaration[]; preludes: { line: number; text: string }[]; nested: number[] };

const blank = (text: string) => text.replace(/[^\n]/g, ' ');
const WRAPPERS = /^@(media|supports|keyframes|-webkit-keyframes)\b/;

export function readSheet(css: string): Sheet {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/"[^"\n]*"|'[^'\n]*'/g, (it) => `"${'x'.repeat(it.length - 2)}"`);
  const sheet: Sheet = { declarations: [], preludes: [], nested: [] };
  const open: string[] = [];
  let start = 0;
  const lineAt = (at: number) => text.slice(0, at).split('\n').length;
  const part = (end: number) => ({ text: text.slice(start, end).trim(), line: lineAt(start + (text.slice(start, end).search(/\S/) || 0)) });
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (letter !== '{' && letter !== '}' && letter !== ';') continue;
    const { text: piece, line } = part(at);
    if (letter === '{') {
      sheet.preludes.push({ line, text: piece });
      if (open.some((it) => !WRAPPERS.test(it))) sheet.nested.push(line);
      open.push(piece);
    } else {
      const colon = piece.indexOf(':');
      if (colon > 0 && open.length > 0) sheet.declarations.push({ line, property: piece.slice(0, colon).trim().toLowerCase(), value: piece.slice(colon + 1).trim() });
      else if (piece.startsWith('@')) sheet.preludes.push({ line, text: piece });
      if (letter === '}') open.pop();
    }
    start = at + 1;
  }
  return sheet;
}

/** The styles of a component, each at its own line; the rest of the file is blank. */
export const stylesOf = (svelte: string): string => {
  let last = 0;
  let out = '';
  for (const match of svelte.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)) {
    const from = match.index + match[0].indexOf('>') + 1;
    out += blank(svelte.slice(last, from)) + match[1]!;
    last = from + match[1]!.length;
  }
  return out;
};

/** The markup of a component, without scripts and styles. */
export const markupOf = (svelte: string): string => svelte.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, blank);

const channel = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** Relative luminance of #rgb or #rrggbb, WCAG 2.2. */
export function luminance(hex: string): number {
  const long = hex.length === 4 ? hex.slice(1).replace(/./g, '$&$&') : hex.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => channel(parseInt(long.slice(at, at + 2), 16) / 255)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
