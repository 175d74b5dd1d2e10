import fc from 'fast-check';
import { expect, test } from 'vitest';
import { light, norm, skeleton } from './index.ts';

test.each([
  ['والمدارس', 'مدارس'],
  ['وبالمدرسة', 'مدرس'],
  ['للأطفال', 'اطفال'],
  ['عالمدرسة', 'مدرس'],
  ['هالحارة', 'حار'],
  ['معلمين', 'معلم'],
  ['معلمات', 'معلم'],
  ['مدرستين', 'مدرس'],
  ['شوارعنا', 'شوارع'],
  ['وزارة', 'زار'],
  ['بمدارس', 'مدارس'],
  ['حي', 'حي'],
  ['ماء', 'ماء'],
])('%s has the light stem %s', (word, stem) => expect(light(norm(word))).toBe(stem));

test.each([
  ['شارع', 'شوارع'],
  ['حديقة', 'حدائق'],
  ['رصيف', 'الأرصفة'],
  ['مشروع', 'مشاريع'],
  ['مدرسة', 'والمدارس'],
  ['تلميذ', 'تلاميذ'],
  ['جسر', 'جسور'],
])('%s and %s share a skeleton', (one, other) => {
  expect(skeleton(light(norm(one)))).toBe(skeleton(light(norm(other))));
});

test.each([
  ['city', 'cities'],
  ['house', 'houses'],
  ['bus', 'buses'],
  ['box', 'boxes'],
  ['road', 'roads'],
  ['place', 'placed'],
  ['plan', 'planned'],
  ['light', 'lighting'],
  ['bridge', 'bridges'],
])('%s and %s share a light stem', (one, other) => expect(light(one)).toBe(light(other)));

test.each(['need', 'spring', 'gas', 'bus', 'this', 'street', '107', 'ab12s', 'bajar', 'kurdi'])('%s is left as it is', (word) => {
  expect(light(word)).toBe(word);
  expect(skeleton(word)).toBe(word);
});

test('a stem is part of its word and keeps three letters; a skeleton has no letter that its stem lacks', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ابتلوكفعهيئءنمدرسقه'), minLength: 1, maxLength: 14 }), (word) => {
      const stem = light(word);
      expect(word).toContain(stem);
      expect(stem.length).toBeGreaterThanOrEqual(Math.min(3, word.length));
      const bones = skeleton(stem);
      expect(bones.length).toBeGreaterThanOrEqual(Math.min(3, stem.length));
      expect([...bones].every((letter) => stem.includes(letter))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
