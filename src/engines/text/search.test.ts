import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { queryTerms, searchForms, tsQuery, type Lexicon } from './index.ts';
import { formsOf } from './search.ts';

const lexicon: Lexicon = [
  ['ماء', 'مياه', 'مي'],
  ['قمامة', 'زبالة', 'نفايات'],
  ['حي', 'حارة'],
  ['سيارة', 'عربة'],
  ['مدرسة', 'مدارس'],
  ['معلم', 'مدرس'],
];

/** Whether a query finds a text, as the database would: by any form of any word. */
function finds(query: string, text: string, words?: Lexicon): boolean {
  const stored = new Set(Object.values(searchForms(text, words)).join(' ').split(' '));
  return queryTerms(query, words).flatMap(formsOf).some((form) => stored.has(form));
}

test('three forms of every word are stored', () => {
  expect(searchForms('الشوارع في الحارةِ 107')).toEqual({ norm: 'الشوارع في الحاره 107', light: 'شوارع في حار 107', skeleton: 'شرع في حار 107' });
});

test('a text without words is found by nothing', () => {
  expect(searchForms('…')).toEqual({ norm: '', light: '', skeleton: '' });
  expect(queryTerms('؟ — !')).toEqual([]);
  expect(tsQuery([])).toBe('');
});

describe('the lexicon', () => {
  test.each([
    ['المي', 'انقطاع مياه الشرب'],
    ['زبالة', 'ترحيل النفايات'],
    ['حارتنا', 'إنارة الحي'],
    ['بالحارة', 'أهالي حيّ الصاخور'],
    ['سيارتين', 'عربة'],
  ])('%s finds %s', (query, text) => {
    expect(finds(query, text)).toBe(false);
    expect(finds(query, text, lexicon)).toBe(true);
  });

  test('a word that only shares a stem with a group does not join it', () => {
    expect(finds('عرب', 'سيارة', lexicon)).toBe(false);
    expect(finds('سلمان', 'درج', [['درج', 'سلم']])).toBe(false);
  });

  test('an index made before a change of the lexicon still finds what it found', () => {
    const stored = Object.values(searchForms('شوارع')).join(' ').split(' ');
    expect(queryTerms('الشارع', [['طريق', 'شارع']]).flatMap(formsOf).some((form) => stored.includes(form))).toBe(true);
  });

  test('a word of two groups stands for both', () => {
    expect(queryTerms('مدرس', [...lexicon, ['طبيب', 'مدرس']])[0]!.same).toEqual(['معلم', 'طبيب']);
  });
});

test.each([
  ['Kurmanji without its accents', 'cand', 'Navenda çandê û Çand'],
  ['Persian keyboard letters', 'مشفی', 'ترميم مشفى'],
  ['digits of another shape', '107', 'القانون ١٠٧'],
  ['an English plural', 'roads', 'Road repair'],
])('%s', (_name, query, text) => expect(finds(query, text)).toBe(true));

test('words that every text holds are not searched for, unless there is nothing else', () => {
  expect(queryTerms('المياه في حي من الصاخور').map((term) => term.norm)).toEqual(['المياه', 'حي', 'الصاخور']);
  expect(queryTerms('من').map((term) => term.norm)).toEqual(['من']);
});

test('a query is at most 32 words, each once', () => {
  expect(queryTerms('ماء ماء الماء').map((term) => term.norm)).toEqual(['ماء', 'الماء']);
  expect(queryTerms(Array.from({ length: 100 }, (_, n) => `word${n}`).join(' '))).toHaveLength(32);
});

test('no input becomes an operator of the query language', () => {
  expect(tsQuery(queryTerms("a' | !b & (c:*) <-> \\'; drop"))).toBe("'b' | 'c' | 'drop'");
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(tsQuery(queryTerms(text, lexicon))).toMatch(/^$|^'[\p{L}\p{N}]+'(?: \| '[\p{L}\p{N}]+')*$/u);
    }),
  );
});

test('every text is found by each of its own telling words', () => {
  const text = fc.array(fc.constantFrom('المدارس', 'مياه', 'roads', '١٠٧', 'حيّ', 'çand', 'بالكهرباء', 'في'), { minLength: 1 }).map((it) => it.join(' '));
  fc.assert(
    fc.property(text, (it) => {
      expect(finds(it, it, lexicon)).toBe(true);
    }),
  );
});
