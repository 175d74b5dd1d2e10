/** What nobody types by accident: values, files and shapes of forms that have broken other houses. */
import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';

const KNOWN = [
  '', ' ', '\0', 'a\0b', '\u202egnp.exe', '\u2066a\u2069', '\ufeff', '\u200f\u200f', '\u00ad', 'e\u0301'.repeat(50), '\u0610'.repeat(400), '🏫'.repeat(200), '\ud83d', '\udc00x',
  `'; drop table entries; --`, `' or '1'='1`, `1) or pg_sleep(3)--`, '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', `' onfocus=alert(1) autofocus='`, 'javascript:alert(1)', '</textarea><svg onload=alert(1)>',
  '${7*7}', '{{7*7}}', '%s%s%n', '%00', '%', '%c0%ae', '../../../../etc/passwd', 'a\r\nset-cookie: x=1', '\n\n\n', '\t', '=cmd|calc!A1', '@SUM(1)',
  '٣٤٥', '۳۴۵', '٣.٥', '-1', '0', '1e309', 'NaN', 'Infinity', '99999999999999999999', '2147483648', '-2147483649', '0x10', '٠٠٠٠-٠٠-٠٠', '2026-02-31', '9999-99-99',
  'null', 'undefined', '[]', '{}', '[object Object]', '{"__proto__":{"x":1}}', '__proto__', 'constructor', 'toString', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '00000000-0000-4000-8000-000000000000',
  'TST-1001-05', 'TST-١٠٠١-٠٥', 'HLB-4827-70', 'WyJ4IiwieSJd', 'yes', 'no', 'a@b', '+963944555777', '36.2, 37.1', 'x'.repeat(300), 'ا'.repeat(5_001), 'x'.repeat(45_000),
];

export const hostileText: fc.Arbitrary<string> = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...KNOWN) }, { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) }, fc.string({ unit: 'grapheme', maxLength: 80 }));

/** A form's fields: each with hostile text, left out, or sent several times; and some that no form has. */
export function hostileFields(names: readonly string[]): fc.Arbitrary<[string, string][]> {
  const own = names.map((name) => fc.oneof({ weight: 6, arbitrary: hostileText.map((text): [string, string][] => [[name, text]]) }, { weight: 1, arbitrary: fc.constant<[string, string][]>([]) }, { weight: 1, arbitrary: fc.array(hostileText, { minLength: 2, maxLength: 4 }).map((all) => all.map((text): [string, string] => [name, text])) }));
  const strange = fc.array(fc.tuple(fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'x'.repeat(200), 'a[b]', 'a[]', 'found', 'searched', 'd', 'step', 'next', 'id', 'version', '\0', 'المجال'), hostileText), { maxLength: 3 });
  return fc.tuple(fc.tuple(...own), strange).map(([fields, more]) => [...fields.flat(), ...more]);
}

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>';

/** A picture whose header promises more pixels than any memory holds. */
const endless = Buffer.concat([PNG.subarray(0, 16), Buffer.from([0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]), PNG.subarray(24)]);

export const FILES: readonly { name: string; bytes: Buffer; type: string }[] = [
  { name: 'drawing.svg', bytes: Buffer.from(svg), type: 'image/svg+xml' }, { name: 'page.html', bytes: Buffer.from('<script>alert(1)</script>'), type: 'text/html' }, { name: 'photo.jpg', bytes: Buffer.from(svg), type: 'image/jpeg' },
  { name: 'endless.png', bytes: endless, type: 'image/png' }, { name: 'cut.png', bytes: PNG.subarray(0, 30), type: 'image/png' }, { name: 'empty.png', bytes: Buffer.alloc(0), type: 'image/png' }, { name: 'zeros.pdf', bytes: Buffer.alloc(5_000), type: 'application/pdf' },
  { name: 'both.gif', bytes: Buffer.concat([Buffer.from('GIF89a/*'), Buffer.from('*/=1;alert(1)//'), Buffer.from([0x3b])]), type: 'image/gif' }, { name: 'both.pdf', bytes: Buffer.concat([PNG, Buffer.from('%PDF-1.7\n%%EOF')]), type: 'application/pdf' },
  { name: 'bomb.zip', bytes: gzipSync(Buffer.alloc(20_000_000)), type: 'application/zip' }, { name: 'bomb.pdf', bytes: Buffer.concat([Buffer.from('%PDF-1.5\n1 0 obj\n<</Filter/FlateDecode/Length 1>>\nstream\n'), deflateSync(Buffer.alloc(20_000_000)), Buffer.from('\nendstream\nendobj\n%%EOF')]), type: 'application/pdf' },
  { name: '../../../etc/passwd', bytes: PNG, type: 'image/png' }, { name: 'a\u202egnp.exe', bytes: Buffer.from('MZ\x90\x00'), type: 'application/x-msdownload' }, { name: 'x"; name="title', bytes: PNG, type: 'image/png' },
];

/** Bodies that no browser sends. */
export const BODIES: readonly { type: string; body: string }[] = [
  { type: 'multipart/form-data', body: 'a=b' }, { type: 'multipart/form-data; boundary=', body: '--\r\n' }, { type: 'multipart/form-data; boundary=x', body: '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nabc' },
  { type: 'multipart/form-data; boundary=x', body: '--x\r\n\r\n\r\n--x--' }, { type: `multipart/form-data; boundary=${'x'.repeat(300)}`, body: '--x--' }, { type: 'multipart/form-data; boundary=x', body: `--x\r\nContent-Disposition: form-data; name="${'n'.repeat(5_000)}"\r\n\r\na\r\n--x--\r\n` },
  { type: 'application/x-www-form-urlencoded', body: '%' }, { type: 'application/x-www-form-urlencoded', body: '%ff%fe=%c0%80&%00=%00' }, { type: 'application/x-www-form-urlencoded', body: 'a&'.repeat(5_000) }, { type: 'application/x-www-form-urlencoded', body: '' },
  { type: 'text/plain', body: 'title=x' }, { type: 'application/x-www-form-urlencoded; charset=utf-16', body: 'title=x' },
];

export const QUERY_NAMES = ['q', 'after', 'kind', 'state', 'sector', 'place', 'body', 'sort', 'next', 'd', 'step', 'once', 'in', 'period', 'with', 'tab', 'done', 'key', 'number', 'r', 'since', 'level', 'within', 'limit', 'corrects', 'from', 'moved', 'back', 'for', 'joined', 'figure', 'reply', 'retried', 'saved', '__proto__', 'constructor'];
export const hostileQuery: fc.Arbitrary<string> = fc.array(fc.tuple(fc.constantFrom(...QUERY_NAMES), hostileText), { maxLength: 6 }).map((pairs) => new URLSearchParams(pairs.map(([name, text]) => [name, text.slice(0, 600)])).toString());
