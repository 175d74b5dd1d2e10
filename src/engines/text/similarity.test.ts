import fc from 'fast-check';
import { expect, test } from 'vitest';
import { similarity, trigramSimilarity, wordSimilarity } from './index.ts';

const text = fc.array(fc.constantFrom('مدرسة', 'المدارس', 'شارع', 'شوارع', 'مياه', 'حي', 'road', 'roads', '107', 'في'), { maxLength: 8 }).map((it) => it.join(' '));

test('the same need in other words is closer than another need of the same place', () => {
  const need = 'انقطاع المياه عن حي الصاخور منذ أسبوع';
  const again = 'المياه مقطوعة في الصاخور من أسبوع';
  const other = 'ترميم مدرسة في حي الصاخور';
  expect(similarity(need, again)).toBeGreaterThan(0.5);
  expect(similarity(need, other)).toBeLessThan(0.5);
});

test('a rare word weighs more where its weight is known', () => {
  const idf = (stem: string) => (stem === 'صاخور' ? 5 : 1);
  expect(similarity('مدرسة الصاخور', 'ملعب الصاخور', { idf })).toBeGreaterThan(similarity('مدرسة الصاخور', 'ملعب الصاخور'));
  expect(similarity('ماء', 'ماء', { idf: () => 0 })).toBe(0);
});

test('the lexicon joins what spelling does not', () => {
  const lexicon = [['قمامة', 'زبالة']];
  expect(similarity('زبالة', 'قمامة')).toBe(0);
  expect(similarity('زبالة', 'قمامة', { lexicon })).toBeCloseTo(0.8);
});

test('likeness is symmetric, from 0 to 1, and 1 for the text itself', () => {
  for (const like of [similarity, trigramSimilarity]) {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(like(a, b)).toBeCloseTo(like(b, a), 10);
        expect(like(a, b)).toBeGreaterThanOrEqual(0);
        expect(like(a, b)).toBeLessThanOrEqual(1);
        expect(like(a, a)).toBe(a === '' ? 0 : 1);
      }),
    );
  }
});

test('trigrams count as pg_trgm counts them (values of its manual)', () => {
  expect(trigramSimilarity('word', 'two words')).toBeCloseTo(0.363636, 5);
  expect(wordSimilarity('word', 'two words')).toBeCloseTo(0.8, 5);
  expect(wordSimilarity('', 'two words')).toBe(0);
});

/** The definition itself: every stretch of the text's trigrams. */
function bySearching(query: string, within: string): number {
  const grams = (words: string) => words.split(' ').filter(Boolean).flatMap((word) => [...`  ${word} `].slice(2).map((_, at) => `  ${word} `.slice(at, at + 3)));
  const [wanted, sequence] = [new Set(grams(query)), grams(within)];
  let best = 0;
  for (let from = 0; from < sequence.length; from += 1) {
    for (let to = from + 1; to <= sequence.length; to += 1) {
      const stretch = new Set(sequence.slice(from, to));
      const shared = [...stretch].filter((it) => wanted.has(it)).length;
      best = Math.max(best, shared / (wanted.size + stretch.size - shared));
    }
  }
  return best;
}

test('the likeness of a word within a text is the greatest over all its stretches', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom(...'abc'), minLength: 1, maxLength: 5 }), { maxLength: 5 }).map((it) => it.join(' '));
  fc.assert(
    fc.property(words, words, (query, within) => {
      expect(wordSimilarity(query, within)).toBeCloseTo(bySearching(query, within), 10);
    }),
    { numRuns: 500 },
  );
});

test('a long text that repeats itself is read in less than a second', () => {
  const started = performance.now();
  expect(wordSimilarity('مدرسه الصاخور', 'مدرسة '.repeat(20_000))).toBeGreaterThan(0.4);
  if (process.env.ABWAB_TEST_ALL) expect(performance.now() - started).toBeLessThan(1000);
});
