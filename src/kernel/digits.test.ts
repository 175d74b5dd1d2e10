import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldDigits } from './digits.ts';

test.each([
  ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
  ['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
  ['0123456789', '0123456789'],
  ['\u200f١٧\u200f/\u200f١\u200f/٢٠٢٦', '17/1/2026'],
  ['\u2066HLB-٤٨٢٧-۷۰\u2069', 'HLB-4827-70'],
  ['مدرسة رقم ٥', 'مدرسة رقم 5'],
  ['٢٥٫٦٪\u061c', '25٫6٪'],
])('%s', (typed, folded) => expect(foldDigits(typed)).toBe(folded));

test('folding twice is folding once', () => {
  const text = fc.string({ unit: fc.oneof(fc.constantFrom(...'٠٩۰۹5\u200f\u061c\u202e'), fc.string({ unit: 'binary', maxLength: 1 })) });
  fc.assert(fc.property(text, (it) => { expect(foldDigits(foldDigits(it))).toBe(foldDigits(it)); }));
});

test('a number reads the same in all three shapes', () => {
  const shaped = (n: number, zero: number) => String(n).replace(/\d/g, (d) => String.fromCharCode(zero + Number(d)));
  fc.assert(
    fc.property(fc.nat(), (n) => {
      expect(foldDigits(shaped(n, 0x660))).toBe(String(n));
      expect(foldDigits(shaped(n, 0x6f0))).toBe(String(n));
    }),
  );
});
