/** The check of the sentences, shown one fault at a time. bin/check.js runs it on the real ones. */
import { expect, test } from 'vitest';
import { messageProblems, type Message } from '../../bin/check-messages.js';

const COUNT = { ar: '{n, plural, zero {لا شيء} one {واحد} two {اثنان} few {# أشياء} many {# شيئاً} other {# شيء}}', en: '{n, plural, one {one} other {#}}', ku: '{n, plural, one {yek} other {#}}' };
const clean = { ar: { 'a.title': 'عنوان {name}', 'a.count': COUNT.ar, 'a.state.open': 'مفتوح' }, en: { 'a.title': 'Title {name}', 'a.count': COUNT.en, 'a.state.open': 'Open' }, ku: { 'a.title': 'Sernav {name}', 'a.count': COUNT.ku, 'a.state.open': 'Vekirî' } };
const SOURCE = `w.t('a.title', { name: it.name }); w.t('a.count', { n }); w.tc('a.state', it.state)`;

type Sentences = Record<'ar' | 'en' | 'ku', Record<string, string>>;
const listed = (all: Sentences): Message[] =>
  (['ar', 'en', 'ku'] as const).flatMap((lang) => Object.entries(all[lang]).map(([key, text]) => ({ lang, file: 'a.json', key, text })));
const changed = (lang: keyof Sentences, key: string, text: string | undefined): Sentences => {
  const copy = structuredClone(clean) as Sentences;
  if (text === undefined) delete copy[lang][key];
  else copy[lang][key] = text;
  return copy;
};

test('complete sentences pass', () => expect(messageProblems(listed(clean), [SOURCE])).toEqual([]));

test.for<[string, Sentences, RegExp]>([
  ['missing in a language', changed('ku', 'a.title', undefined), /a\.title is missing in ku/],
  ['empty', changed('en', 'a.state.open', ' '), /is empty/],
  ['other placeholders', changed('en', 'a.title', 'Title {nam}'), /other placeholders/],
  ['a brace left open', changed('ar', 'a.title', 'عنوان {name'), /cannot be read/],
  ['an Arabic plural short of a category', changed('ar', 'a.count', '{n, plural, one {واحد} other {# شيء}}'), /lacks the plural zero, two, few, many/],
  ['a plural that never occurs', changed('en', 'a.count', '{n, plural, zero {none} one {one} other {#}}'), /plural zero, which never occurs/],
  ['a Latin word in Arabic', changed('ar', 'a.state.open', 'مفتوح online'), /«online»/],
  ['an Arabic word in English', changed('en', 'a.state.open', 'Open مفتوح'), /«مفتوح»/],
])('%s is reported', ([, messages, sentence]) => {
  expect(messageProblems(listed(messages), [SOURCE]).join('\n')).toMatch(sentence);
});

test.for<[string, string, RegExp]>([
  ['a sentence that nobody says', `w.t('a.title', { name }); w.t('a.count', { n })`, /a\.state\.open is not used/],
  ['a key that is not there', `${SOURCE}; w.t('a.gone')`, /a\.gone is used and does not exist/],
  ['a placeholder that is not given', SOURCE.replace('{ name: it.name }', '{ nam: it.name }'), /a\.title is used without name/],
  ['a call without its parameters', SOURCE.replace(', { n }', ''), /a\.count is used without n/],
  ['a prefix that leads nowhere', `${SOURCE}; w.tc('a.colour', it.colour)`, /a\.colour.* leads to no message/],
])('%s is reported', ([, source, sentence]) => {
  expect(messageProblems(listed(clean), [source]).join('\n')).toMatch(sentence);
});

test('a key twice in one file, and the same key in files of different names, are reported', () => {
  const all = listed(clean);
  expect(messageProblems([...all, all[0]!], [SOURCE]).join('\n')).toMatch(/is there twice/);
  expect(messageProblems(all.map((it) => (it.lang === 'ku' ? { ...it, file: 'b.json' } : it)), [SOURCE]).join('\n')).toMatch(/files of different names/);
});

test('names and formats that are the same everywhere may stay in Latin letters, and exact numbers need no plural', () => {
  const numbered = changed('ar', 'a.state.open', 'ملف PDF أو HLB-4827-70 {k, plural, =1 {} other {{k}}}');
  for (const lang of ['en', 'ku'] as const) numbered[lang]['a.state.open'] = 'PDF {k, plural, =1 {} other {{k}}}';
  expect(messageProblems(listed(numbered), [SOURCE])).toEqual([]);
});
