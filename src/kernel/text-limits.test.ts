import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { cleanText, codePoints, plainText } from './text-limits.ts';

const Title = plainText({ min: 3, max: 10 });
const Body = plainText({ min: 1, max: 20, lines: true });
const codes = (schema: typeof Title, input: unknown) => v.safeParse(schema, input).issues?.map((issue) => issue.message);

test.each([
  ['  مدرسة  ', 'مدرسة'],
  ['a\u202Ebc', 'abc'],
  ['a\u0000b\u0007c', 'abc'],
  ['cafe\u0301', 'café'],
  ['one\ntwo', 'one two'],
  ['one\ttwo', 'one two'],
  ['x\ud800yz', 'xyz'],
  ['\ufeffabc', 'abc'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['😀😀😀😀😀😀😀😀😀😀', '😀😀😀😀😀😀😀😀😀😀'],
])('%j is kept as %j', (typed, kept) => expect(v.parse(Title, typed)).toBe(kept));

test.each([
  [undefined, ['required']],
  [null, ['required']],
  [12, ['required']],
  ['', ['required']],
  [' \u200f\u200b\n', ['required']],
  ['\u0000\ud800', ['required']],
  ['ab', ['too-short']],
  ['12345678901', ['too-long']],
  ['😀'.repeat(11), ['too-long']],
  ['x'.repeat(1_000_000), ['too-long']],
])('%j is refused by a code', (typed, wanted) => expect(codes(Title, typed)).toEqual(wanted));

test('several lines stay lines, whatever the machine that sent them', () => {
  expect(v.parse(Body, 'one\r\ntwo\rthree\u2028four')).toBe('one\ntwo\nthree\nfour');
});

test('what may be empty may be empty, and then need not be long', () => {
  expect(v.parse(plainText({ min: 0, max: 5 }), '  ')).toBe('');
});

const anything = fc.string({ unit: fc.oneof(fc.string({ unit: 'binary', maxLength: 1 }), fc.constantFrom('\ud800', '\udc00', '\r', '\n', '\u202e', '\u0301', 'e', ' ')) });

test('cleaning twice is cleaning once; nothing that breaks a database or a page is left', () => {
  fc.assert(
    fc.property(anything, fc.boolean(), (text, lines) => {
      const clean = cleanText(text, lines);
      expect(cleanText(clean, lines)).toBe(clean);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).not.toMatch(lines ? /(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u : /\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u);
    }),
    { numRuns: 1000 },
  );
});

test('what passes is within its limits', () => {
  fc.assert(
    fc.property(anything, (text) => {
      const parsed = v.safeParse(Title, text);
      fc.pre(parsed.success);
      expect(codePoints(parsed.output as string)).toBeGreaterThanOrEqual(3);
      expect(codePoints(parsed.output as string)).toBeLessThanOrEqual(10);
    }),
  );
});
