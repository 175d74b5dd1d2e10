import { expect, test } from 'vitest';
import { LANGS } from '#platform/i18n/languages.ts';
import { VISITOR, world } from '#testing/world.ts';
import { PARTS, TEMPLATES } from '../model.ts';
import { writeMail, writeSms } from './letter.ts';
import { changeTexts, previewTexts, restoreTexts, templateList, templateTexts, textsOf } from './index.ts';

const given = await world();
const admin = await given.person([{ role: 'administrator' }]);
const where = (texts: ReadonlyMap<string, string>) => ({ origin: 'https://abwab.example', zone: 'Asia/Damascus', texts });
const of = { template: 'answered' as const, language: 'ar' as const };
const words = { ...of, subject: 'وصل الردّ: {number}', body: 'كتبت الجهة ردّها على {number}.', sms: 'أبواب {number}: وصل الردّ.' };
const acts = async () => (await given.sql<{ kind: string; public: boolean; detail: object }>(`select kind, public, detail from acts where kind like 'site.texts%' order by seq`));

test('other words are in the next letter, in their language alone, and every change is an act', async () => {
  await given.as(admin).act(changeTexts, words);
  await given.as(admin).act(changeTexts, words);
  const texts = await given.ask(textsOf, 'ar');
  const piece = { template: 'answered', values: { number: 'TST-1001-05' }, title: null } as const;
  expect(writeMail([piece], 'ar', where(texts), null)).toMatchObject({ subject: 'وصل الردّ: TST-1001-05' });
  expect(writeSms(piece, 'ar', where(texts))).toBe('أبواب TST-1001-05: وصل الردّ.');
  expect(writeMail([piece], 'en', where(await given.ask(textsOf, 'en')), null).subject).not.toContain('وصل');
  expect(await acts()).toEqual([{ kind: 'site.texts-changed', public: true, detail: { template: 'answered', language: 'ar', parts: ['subject', 'body', 'sms'] } }]);
  expect((await given.as(admin).ask(templateList, undefined)).find((line) => line.template === 'answered')).toEqual({ template: 'answered', changed: ['ar'] });
});

test('the original words come back, all of them or by writing them again', async () => {
  const { parts } = await given.as(admin).ask(templateTexts, of);
  const original = Object.fromEntries(parts.map((it) => [it.part, it.original])) as Record<'subject' | 'body' | 'sms', string>;
  await given.as(admin).act(changeTexts, { ...of, ...original, sms: words.sms });
  expect((await given.as(admin).ask(templateTexts, of)).parts.map((it) => it.changed)).toEqual([false, false, true]);
  await given.as(admin).act(restoreTexts, of);
  await given.as(admin).act(restoreTexts, of);
  expect(await given.sql('select 1 from notice_texts')).toEqual([]);
  expect((await acts()).map((act) => act.kind)).toEqual(['site.texts-changed', 'site.texts-changed', 'site.texts-restored']);
});

test.each<[object, object]>([
  [{ body: 'بلا رقم' }, { body: 'missing-placeholder' }], [{ body: '{number} و{name}' }, { body: 'unknown-placeholder' }], [{ sms: 'أبواب {number' }, { sms: 'unreadable-braces' }],
  [{ subject: '{number, plural, one {#}}' }, { subject: 'unreadable-braces' }], [{ sms: `{number} ${'ا'.repeat(220)}` }, { sms: 'too-many-parts' }], [{ subject: '{number} {constructor}' }, { subject: 'unknown-placeholder' }],
])('%o is refused beside its field', async (more, fields) => {
  await expect(given.as(admin).act(changeTexts, { ...words, ...more })).rejects.toMatchObject({ refusal: { because: 'invalid', fields } });
  await expect(given.as(admin).ask(previewTexts, { ...words, ...more })).rejects.toMatchObject({ refusal: { because: 'invalid', fields } });
  expect(await given.sql('select 1 from notice_texts')).toEqual([]);
});

test('a preview shows letter and SMS with how many parts it has', async () => {
  expect(await given.as(admin).ask(previewTexts, words)).toEqual({ subject: 'وصل الردّ: HLB-4827-70', body: 'كتبت الجهة ردّها على HLB-4827-70.', sms: 'أبواب HLB-4827-70: وصل الردّ.', length: { encoding: 'ucs2', units: 29, parts: 1, left: 41 } });
});

test('every template can be read and saved as it is, in every language', async () => {
  for (const language of LANGS) for (const template of TEMPLATES) {
    const { parts, preview } = await given.as(admin).ask(templateTexts, { template, language });
    expect([template, language, preview.length.parts]).toEqual([template, language, 1]);
    await given.as(admin).act(changeTexts, { template, language, ...(Object.fromEntries(PARTS.map((part, at) => [part, parts[at]!.text])) as Record<'subject' | 'body' | 'sms', string>) });
  }
  expect(await given.sql('select 1 from notice_texts')).toEqual([]);
});

test('nobody else reads or changes them', async () => {
  for (const who of [VISITOR, await given.person(), await given.person([{ role: 'coordinator' }]), await given.person([{ role: 'administrator' }], { assurance: 'one' })]) {
    await expect(given.as(who).act(changeTexts, words)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    await expect(given.as(who).act(restoreTexts, of)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    for (const query of [templateList, () => given.as(who).ask(templateTexts, of)]) await expect(given.as(who).ask(query as never, of as never)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  }
});
