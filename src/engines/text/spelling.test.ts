import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changes, respelt } from './spelling.ts';

const LEXICON = [['مدرسة', 'مدارس'], ['مشفى', 'مستشفى', 'مستشفيات'], ['كهرباء', 'كهربا'], ['قمامة', 'زبالة'], ['street', 'streets'], ['hospital', 'hospitals']];

test.each([
  ['مدارص', 'مدارس'], ['المدارص', 'مدارس'], ['مستشفا', 'مستشفي'], ['hospitl', 'hospital'], ['hsopital', 'hospital'], ['الكهربء', 'كهرباء'], ['زباله في الحارة مدارص', 'زباله الحاره مدارس'],
])('%s is meant as %s', (typed, meant) => { expect(respelt(typed, LEXICON)).toBe(meant); });

test.each(['مدارس', 'المدرسة', 'قلم', 'مدن', 'شيء آخر تماماً', '', '!!', 'حفرة'])('%s stays as it is', (typed) => { expect(respelt(typed, LEXICON)).toBeNull(); });

/** Without the shortcuts. */
function plainly(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      d[i]![j] = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i]![j] = Math.min(d[i]![j]!, d[i - 2]![j - 2]! + 1);
    }
  }
  return d[a.length]![b.length]!;
}

test('as counted without shortcuts, up to what is allowed', () => {
  const word = fc.string({ unit: fc.constantFrom('ا', 'ب', 'ت'), maxLength: 9 });
  fc.assert(fc.property(word, word, fc.nat(3), (a, b, most) => {
    expect(Math.min(changes(a, b, most), most + 1)).toBe(Math.min(plainly(a, b), most + 1));
    expect(changes(a, b, 99)).toBe(changes(b, a, 99));
  }));
});
