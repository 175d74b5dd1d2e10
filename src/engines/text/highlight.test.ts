import fc from 'fast-check';
import { expect, test } from 'vitest';
import { highlighter, highlight } from './index.ts';

const marked = (text: string, query: string) => highlight(text, query).filter((it) => it.mark).map((it) => it.text);

test.each([
  ['ترميم المَدْرَسة والمدارس في حي الصاخور', 'مدرسة', ['المَدْرَسة', 'والمدارس']],
  ['الشـــوارع، والأرصفة', 'شارع', ['الشـــوارع']],
  ['القانون ١٠٧ والقانون 1070', '107', ['١٠٧']],
  ['Roads and railroads', 'road', ['Roads']],
  ['Navenda Çandê', 'cand', ['Çandê']],
  ['Navenda çand', 'ÇAND', ['çand']],
  ['مياه في الحي', 'في', ['في']],
  ['نص بلا صلة', 'مستشفى', []],
  ['', 'ماء', []],
  ['ماء', '', []],
])('in %j, %j marks %j', (text, query, words) => expect(marked(text, query)).toEqual(words));

test('the words of one group of the lexicon are marked too', () => {
  expect(highlight('مي الشرب', 'مياه', [['ماء', 'مياه', 'مي']])).toEqual([
    { text: 'مي', mark: true },
    { text: ' الشرب', mark: false },
  ]);
});

test('the segments joined are the text, none is empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, query) => {
      const segments = highlight(`${text} مدرسة ${text}`, `${query} مدرسة`);
      expect(segments.map((it) => it.text).join('')).toBe(`${text} مدرسة ${text}`);
      expect(segments.every((it) => it.text !== '')).toBe(true);
    }),
  );
});

test('a text that only resembles what was asked is marked where it does; one that holds it, only there', () => {
  const marked = (query: string, text: string) => highlighter(query, [['مدرسة', 'مدارس', 'تعليم']], { alike: true })(text).filter((it) => it.mark).map((it) => it.text);
  expect(marked('مدرصة', 'طريق المدرسة مظلم')).toEqual(['المدرسة']);
  expect(marked('vacine', 'The vaccine has not come')).toEqual(['vaccine']);
  expect(marked('scool', 'The road to the school')).toEqual(['school']);
  expect(marked('pirtuk', 'Pirtûkxaneya bajêr')).toEqual(['Pirtûkxaneya']);
  expect(marked('school', 'A school for schoolchildren')).toEqual(['school']);
  expect(marked('كهرباء', 'طريق المدرسة مظلم')).toEqual([]);
  expect(highlighter('vacine', [])('The vaccine has not come')).toEqual([{ text: 'The vaccine has not come', mark: false }]);
});
