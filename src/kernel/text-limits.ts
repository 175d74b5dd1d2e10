// Text that people type: clean before it is measured, measured as people count.
import * as v from 'valibot';

/** Limits in code points; `lines` keeps line breaks, otherwise they become spaces. `min: 0` lets it stay empty. */
export type TextLimits = { min: number; max: number; lines?: boolean };

// Combining forms and invisible characters may shrink, but nobody needs eight code units for one code point.
const UNITS_PER_CODE_POINT = 8;
const LINE_BREAKS = /\r\n?|[\n\v\f\u0085\u2028\u2029]/g;
// Lone surrogates, controls (NUL is refused by PostgreSQL), and the characters that make text read in another order
// than it is stored. Direction marks (U+200E, U+200F) and joiners stay: Arabic beside Latin, and Kurdish, need them.
const UNSAFE = /(?!\n)[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;
const INVISIBLE_ONLY = /^[\s\p{Cf}\p{Mn}]*$/u;

/**
 * A Valibot schema for plain text: normalised to NFC, without control and order-changing characters, trimmed.
 * Issue messages are codes: `required` (missing, not text, or nothing visible), `too-short`, `too-long`.
 */
export function plainText(limits: TextLimits) {
  return v.pipe(
    v.string('required'),
    v.maxLength(limits.max * UNITS_PER_CODE_POINT, 'too-long'),
    v.transform((text) => cleanText(text, limits.lines ?? false)),
    v.check((text) => limits.min === 0 || text !== '', 'required'),
    v.check((text) => text === '' || codePoints(text) >= limits.min, 'too-short'),
    v.check((text) => codePoints(text) <= limits.max, 'too-long'),
  );
}

/** The same cleaning without limits; text in which nothing can be seen becomes empty. Cleaning twice changes nothing. */
export function cleanText(text: string, lines: boolean): string {
  const broken = text.replace(LINE_BREAKS, lines ? '\n' : ' ').replaceAll('\t', ' ');
  const clean = broken.replace(UNSAFE, '').normalize('NFC').trim();
  return INVISIBLE_ONLY.test(clean) ? '' : clean;
}

/** How many characters as a person without knowledge of encodings would mostly count them: an emoji is one, not two. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
