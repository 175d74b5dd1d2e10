/** XML as text, written and nothing else: elements in order, everything escaped, no character that XML 1.0 has no place for. */

export type Node = { name: string; attributes?: Readonly<Record<string, string>>; content: string | readonly Node[] };

export const DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n';

export const node = (name: string, content: Node['content'] = '', attributes?: Node['attributes']): Node => ({ name, content, ...(attributes ? { attributes } : {}) });

/** A whole document. Throws RangeError for a name that is none. */
export const writeXml = (root: Node): string => DECLARATION + written(root);

function written({ name, attributes, content }: Node): string {
  if (!/^[A-Za-z_][\w:.-]*$/.test(name)) throw new RangeError(`not the name of an element: ${name}`);
  const said = Object.entries(attributes ?? {}).map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
  const inside = typeof content === 'string' ? escaped(content) : content.map(written).join('');
  return inside === '' ? `<${name}${said}/>` : `<${name}${said}>${inside}</${name}>`;
}

// XML 1.0, 2.2: tab, line feed, carriage return, and everything from the space on but surrogates, U+FFFE and U+FFFF.
const NO_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

const escaped = (text: string): string => text.replace(NO_CHARACTER, '').replace(/[&<>"\r]/g, (letter) => ESCAPES[letter]!);
