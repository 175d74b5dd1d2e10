import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { CATALOG, type Key } from './catalog.ts';
import { LANGS, LOCALE, type Lang } from './languages.ts';
import { casesOf, choiceOf, chosen, formatText, messageProblem, placeholdersOf, pluralForms, sentenceOf } from './message.ts';
import { ownWords, setOwnWords } from './own-words.ts';
import { words, wordsWith } from './words.ts';

afterEach(() => setOwnWords([]));
const EVERY = LANGS.flatMap((lang) => Object.entries(CATALOG[lang]).map(([key, text]) => ({ lang, key, text })));
const arbitrary = fc.constantFrom(...EVERY);
const DAYS = 'قبل {days, plural, zero {اليوم} one {يوم} two {يومين} few {# أيام} many {# يوماً} other {# يوم}}';

test.each<[string, string, Lang, string | null]>([
  ['أهل {place}', 'لكلّ حاجةٍ في {place}', 'ar', null], ['أهل المدينة', 'في {place}', 'ar', 'missing-placeholder'], ['{place} {name}', 'في {place}', 'ar', 'unknown-placeholder'], ['{place', 'في {place}', 'ar', 'unreadable-braces'],
  ['<b>{place}</b>', 'في {place}', 'ar', 'has-marks'], ['a < b', 'x', 'en', 'has-marks'], ['{place, number}', 'في {place}', 'ar', 'changed-placeholder'], ['{place, select, other {x}}', 'في {place}', 'ar', 'changed-placeholder'],
  [DAYS, DAYS, 'ar', null], [DAYS.replace('two {يومين} ', ''), DAYS, 'ar', 'plural-forms'], ['{days, plural, other {# يوم}}', DAYS, 'ar', 'plural-forms'], ['{days}', DAYS, 'ar', 'changed-placeholder'], [DAYS.replace('{يومين}', '{ }').replace('قبل ', ''), DAYS, 'ar', 'empty-case'],
  ['{days, plural, one {#} other {#} few {#}}', '{days, plural, one {#} other {#}}', 'en', 'plural-forms'], ['{days, plural, =0 {none} one {#} other {#}}', '{days, plural, one {#} other {#}}', 'en', null], ['{due, select, none {a} other {b}}', '{due, select, none {} other {{due}}}x', 'en', null],
  ['{due, select, none {a} late {b} other {b}}', '{due, select, none {} other {{due}}}x', 'en', 'changed-placeholder'], ['it’s {constructor}', '{place}', 'en', 'unknown-placeholder'], ['', '{place}', 'en', 'missing-placeholder'],
])('«%s» for «%s» in %s: %s', (text, original, lang, problem) => expect(messageProblem(text, original, lang)).toBe(problem));

test('what is optional may be left out, and nothing else', () => {
  expect(messageProblem('{number}', '{number} {due}', 'en', ['due'])).toBeNull();
  expect(messageProblem('{due}', '{number} {due}', 'en', ['due'])).toBe('missing-placeholder');
});

test('six forms in Arabic, two in the others', () => expect(LANGS.map((lang) => pluralForms(lang).length)).toEqual([6, 2, 2]));

test('every sentence of the program could stand in for itself, whole or written case by case', () => {
  for (const { lang, key, text } of EVERY) {
    // The program's own may say nothing for a number that never comes, or speak of exact numbers alone.
    const bare = /[<>]|=\d+ \{/.test(text) || choiceOf(text, lang)?.cases.some((it) => it.text === '');
    if (!bare) expect([key, messageProblem(text, text, lang)]).toEqual([key, null]);
    const cases = casesOf(text, text, lang);
    expect(sentenceOf(cases ? Object.fromEntries(cases.map((it) => [`x.${it.of}`, it.text])) : { x: text }, 'x', text, lang)).toBe(text);
  }
});

test('a sentence written case by case says in each case what the case says', () => {
  const numbers = [0, 1, 2, 3, 11, 100, 1_003];
  for (const { lang, key, text } of EVERY) {
    const choice = choiceOf(text, lang);
    if (!choice || choice.kind === 'select' || choice.cases.some((it) => it.of.startsWith('='))) continue;
    const params = Object.fromEntries((placeholdersOf(text, lang) ?? []).map((name) => [name, 'x']));
    const whole = chosen(choice);
    for (const count of numbers) expect([key, formatText(whole, LOCALE[lang], { ...params, [choice.name]: count as never }).trim()]).toEqual([key, formatText(text, LOCALE[lang], { ...params, [choice.name]: count as never }).trim()]);
  }
});

test('two cases that say the same are one sentence; empty ones are none', () => {
  const original = 'ok{due, select, none {} other { by {due}}}.';
  expect(casesOf(original, original, 'en')).toEqual([{ of: 'none', text: 'ok.' }, { of: 'other', text: 'ok by {due}.' }]);
  expect(sentenceOf({ 'x.none': 'fine', 'x.other': 'fine' }, 'x', original, 'en')).toBe('fine');
  expect(sentenceOf({ 'x.none': '', 'x.other': ' ' }, 'x', original, 'en')).toBe('');
  expect(sentenceOf({ 'x.none': 'fine', 'x.other': 'fine until {due}' }, 'x', original, 'en')).toBe('{due, select, none {fine} other {fine until {due}}}');
  expect(sentenceOf({ x: 'raw {due}' }, 'x', original, 'en')).toBe('raw {due}');
  expect(casesOf('fine', original, 'en')).toEqual([{ of: 'none', text: 'fine' }, { of: 'other', text: 'fine' }]);
});

test('whatever is typed, the answer is a word of the list or that it can be said; and what can be said is said', () => {
  const typed = fc.oneof(fc.string({ maxLength: 60 }), fc.array(fc.constantFrom('{', '}', "'", '#', 'count', ',', 'plural', 'other', 'one', 'x ', 'ا', '<'), { maxLength: 30 }).map((all) => all.join('')));
  fc.assert(fc.property(typed, arbitrary, (text, { lang, text: original }) => {
    if (messageProblem(text, original, lang) !== null) return;
    const params = Object.fromEntries((placeholdersOf(original, lang) ?? []).map((name) => [name, 3 as never]));
    expect(typeof formatText(text, LOCALE[lang], params)).toBe('string');
  }), { numRuns: 2_000 });
});

test('own sentences are said in their language alone, in the reader’s digits, and give way where they cannot be said', () => {
  const key = 'home.title' as Key;
  const before = words('ar').t(key, { place: 'حلب' });
  setOwnWords([
    { key, language: 'ar', text: 'أهلاً بكم في {place} منذ 2026' }, { key: 'home.lead', language: 'ar', text: '{nobody}' }, { key: 'home.soon', language: 'ar', text: ' ' }, { key: 'no.such.key', language: 'ar', text: 'x' },
  ]);
  expect([...ownWords('ar').keys()]).toEqual([key]);
  expect(words('ar').t(key, { place: 'حلب' })).toBe('أهلاً بكم في حلب منذ ٢٠٢٦');
  expect(words('ar', 'latn').t(key, { place: 'حلب' })).toBe('أهلاً بكم في حلب منذ 2026');
  expect(words('en').t(key, { place: 'Aleppo' })).toBe(new Map(Object.entries(CATALOG.en)).get(key)!.replace('{place}', 'Aleppo'));
  expect(words('ar').t('home.lead')).toBe(CATALOG.ar['home.lead']);
  setOwnWords([{ key, language: 'ar', text: 'أهل {place}' }]);
  expect(words('ar').t(key, { place: 'حلب' })).toBe('أهل حلب');
  expect(wordsWith('ar', 'arab', 'Asia/Damascus', { [key]: 'تجربة {place}' }).t(key, { place: 'حلب' })).toBe('تجربة حلب');
  expect(wordsWith('ar', 'arab', 'Asia/Damascus', { [key]: '{broken' }).t(key, { place: 'حلب' }), 'what cannot be said gives way').toBe(before);
  setOwnWords([]);
  expect(words('ar').t(key, { place: 'حلب' })).toBe(before);
});
