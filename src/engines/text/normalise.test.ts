import fc from 'fast-check';
import { expect, test } from 'vitest';
import { norm, tokens } from './index.ts';

test.each([
  ['مُنَظَّمات', 'منظمات'],
  ['مدرسة', 'مدرسه'],
  ['إصلاح أرصفة آبار ٱلحي', 'اصلاح ارصفه ابار الحي'],
  ['مستشفى', 'مستشفي'],
  ['مشفی کهرباء', 'مشفي كهرباء'],
  ['حـــلـــب', 'حلب'],
  ['سؤال رئيس ماء', 'سؤال رئيس ماء'],
  ['قانون ١٠٧ لعام ۲۰۱۱', 'قانون 107 لعام 2011'],
  ['\u200fحلب\u061c \u2067مدينة\u2069', 'حلب مدينه'],
  ['ﺣﻠﺐ', 'حلب'],
  ['کوردستانە', 'كوردستانه'],
  ['Bajarê HELEBÊ, şîn û çand', 'bajare helebe, sin u cand'],
  ['İSTANBUL ılık', 'istanbul ilik'],
  ["A'zaz Ma\u2019arrat Qur\u02bean", 'azaz maarrat quran'],
  ["'quoted'", "'quoted'"],
])('%s is compared as %s', (text, spelling) => expect(norm(text)).toBe(spelling));

const letters = fc.string({ unit: fc.constantFrom(...'أإآٱىيیکكگةۀەهءؤئاوبتحمشلـًَّْٰٕٓٔ٠٥۹7aAîÎşŞIıİé\u0301\u200f\u2067 \n.,-\'') });

test('normalising twice is normalising once', () => {
  fc.assert(
    fc.property(letters, (text) => {
      expect(norm(norm(text))).toBe(norm(text));
    }),
    { numRuns: 1000 },
  );
});

test('marks, tatweel, direction and the shape of digits make no difference', () => {
  const noise = fc.array(fc.constantFrom('\u064e', '\u0651', '\u0640', '\u200f', '\u0652'), { maxLength: 3 }).map((it) => it.join(''));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(...'بتحمشلرس'), noise), { minLength: 1 }), (noisy) => {
      expect(norm(noisy.flat().join(''))).toBe(noisy.map(([letter]) => letter).join(''));
    }),
  );
});

test.each([
  ['مدرسة5 في حي-الصاخور', ['مدرسه', '5', 'في', 'حي', 'الصاخور']],
  ['12,500,000 ل.س', ['12', '500', '000', 'ل', 'س']],
  ['<b>Road</b> & bridge', ['b', 'road', 'b', 'bridge']],
  ['Հալէպ Алеппо', ['հալէպ', 'алеппо']],
  ['؟! … 🙂', []],
  ['', []],
])('the words of %j', (text, words) => expect(tokens(text)).toEqual(words));

test('words hold only letters and digits, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const word of tokens(text)) expect(word).toMatch(/^[\p{L}\p{N}]{1,64}$/u);
    }),
  );
});
