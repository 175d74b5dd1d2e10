import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeReference, parseReference } from './reference-number.ts';

const sequences = fc.integer({ min: 1, max: 999_999_999_999 });

test.each([
  [4827, 'HLB-4827-70'],
  [1, 'HLB-0001-95'],
  [97, 'HLB-0097-98'],
  [9999, 'HLB-9999-74'],
  [10_000, 'HLB-10000-71'],
])('%d is written %s', (sequence, written) => {
  expect(makeReference('HLB', sequence)).toBe(written);
  expect(makeReference('hlb', sequence)).toBe(written);
});

test.each([0, -1, 1.5, Number.NaN, 1e12])('there is no number %d', (sequence) => {
  expect(() => makeReference('HLB', sequence)).toThrow(RangeError);
});

test('a prefix is Latin letters', () => {
  for (const prefix of ['', 'H-B', 'حلب', 'H1']) expect(() => makeReference(prefix, 1)).toThrow(RangeError);
});

test.each([
  'HLB-4827-70', 'hlb-4827-70', 'Hlb 4827 70', 'HLB482770', '482770', '4827-70', ' 4827 70 ', 'HLB–4827—70', 'HLB‐4827‑70',
  'HLB\u20124827\u201570', 'HLBـ4827ـ70', 'HLB\u22124827\u06d470', 'HLB-٤٨٢٧-٧٠', '۴۸۲۷-۷۰', '\u2066HLB-4827-70\u2069',
  '\u200fHLB-٤٨٢٧-70\u200e', 'ＨＬＢ－４８２７－７０', 'H L B-48 27-7 0', 'HLB\u00a04827\u00a070\n',
])('%j means HLB-4827-70', (typed) => expect(parseReference(typed, 'HLB')).toBe('HLB-4827-70'));

test.each([
  '', 'HLB', 'HLB-4827', 'HLB-4827-71', 'DAM-4827-70', 'HLB-HLB-4827-70', 'HLB-04827-70', '27-95', 'HLB-0000-98', 'HLB-4827-70x',
  'HLB-4827-70; drop table', '4827.70', `HLB-4827-70${' '.repeat(60)}`,
])('%j means nothing', (typed) => expect(parseReference(typed, 'HLB')).toBeNull());

test('what is written is read back', () => {
  fc.assert(fc.property(sequences, (n) => { expect(parseReference(makeReference('HLB', n), 'HLB')).toBe(makeReference('HLB', n)); }));
});

/** The number's digits, one of them changed. */
function misread(reference: string, at: number, by: number): string {
  const digits = reference.replace(/\D/g, '');
  const place = at % digits.length;
  const wrong = (Number(digits[place]) + by) % 10;
  return digits.slice(0, place) + wrong + digits.slice(place + 1);
}

test('one wrong digit is always caught', () => {
  fc.assert(
    fc.property(sequences, fc.nat(13), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
      expect(parseReference(misread(makeReference('HLB', n), at, by), 'HLB')).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

test('two exchanged digits, neighbours or not, are always caught', () => {
  fc.assert(
    fc.property(sequences, fc.nat(13), fc.nat(13), (n, one, other) => {
      const digits = [...makeReference('HLB', n).replace(/\D/g, '')];
      const [i, j] = [one % digits.length, other % digits.length];
      fc.pre(digits[i] !== digits[j]);
      [digits[i], digits[j]] = [digits[j]!, digits[i]!];
      expect(parseReference(digits.join(''), 'HLB')).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

test('any text is either a number in its written form or nothing', () => {
  const text = fc.string({ unit: fc.constantFrom(...'HLBhlb0123456789٤٨۷۰-–ـ \u200f') });
  fc.assert(fc.property(text, (it) => { expect(parseReference(it, 'HLB') ?? 'HLB-0001-95').toMatch(/^HLB-\d{4,12}-\d\d$/); }));
});
