import fc from 'fast-check';
import { expect, test } from 'vitest';
import { smsLength } from './sms-length.ts';

test.each<[string, ReturnType<typeof smsLength>]>([
  ['', { encoding: 'gsm', units: 0, parts: 0, left: 160 }],
  ['a'.repeat(160), { encoding: 'gsm', units: 160, parts: 1, left: 0 }],
  ['a'.repeat(161), { encoding: 'gsm', units: 161, parts: 2, left: 145 }],
  ['€'.repeat(80), { encoding: 'gsm', units: 160, parts: 1, left: 0 }],
  ['a'.repeat(152) + '€' + 'a'.repeat(10), { encoding: 'gsm', units: 164, parts: 2, left: 141 }],
  ['ا'.repeat(70), { encoding: 'ucs2', units: 70, parts: 1, left: 0 }],
  ['ا'.repeat(71), { encoding: 'ucs2', units: 71, parts: 2, left: 63 }],
  ['ا'.repeat(66) + '🏫' + 'ا'.repeat(5), { encoding: 'ucs2', units: 73, parts: 2, left: 60 }],
  ['ê', { encoding: 'ucs2', units: 1, parts: 1, left: 69 }],
])('%#', (text, length) => { expect(smsLength(text)).toEqual(length); });

test('a longer text never has fewer parts, and what is left fits', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.constantFrom('a', 'ا', '€'), (text, more) => {
    const it = smsLength(text);
    expect(smsLength(text + more).parts).toBeGreaterThanOrEqual(it.parts);
    expect(it.left).toBeGreaterThanOrEqual(0);
    if (it.parts > 0) expect(smsLength(text + (it.encoding === 'gsm' ? 'a' : 'ا').repeat(it.left)).parts).toBe(it.parts);
  }));
});
