import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { office } from '#testing/entries.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { indexCommitmentsAnew, listCommitments, searchCommitments } from '../../commitments/server/index.ts';
import { indexEntriesAnew, listEntries, similarEntries } from '../../intake/server/index.ts';
import { historyOf } from '../../record/server/index.ts';
import { addGroup, changeGroup, LEXICON, lexiconGroup, lexiconOf, lexiconPage, lexiconVersion, removeGroup } from './index.ts';

const given = await world({ profile: 'test' });
const it = await office(given);
const administrator = await given.person([{ role: 'administrator' }]);
const as = given.as(administrator);
const refused = (because: string) => ({ refusal: { because } });
const LIST = { q: '', kind: null, state: null, sector: '', place: '', body: '', since: null, sort: 'newest', after: '' } as const;
const found = async (q: string) => (await given.ask(listEntries, { ...LIST, q })).items.map((entry) => entry.title);
const index = async () => (await given.as(SYSTEM).act(indexEntriesAnew, undefined)) + (await given.as(SYSTEM).act(indexCommitmentsAnew, undefined));

test('the lexicon is the administrators’ alone; only jobs index anew', async () => {
  const id = await as.act(addGroup, { words: ['مصعد', 'أسانسير'] });
  for (const who of [VISITOR, await given.person(), it.coordinator, await given.person([{ role: 'registry' }]), await given.person([{ role: 'administrator' }], { assurance: 'one' })]) {
    const stranger = given.as(who);
    const tries = await Promise.allSettled([
      stranger.ask(lexiconPage, { q: '' }), stranger.ask(lexiconGroup, id), stranger.act(addGroup, { words: ['ا', 'ب'] }), stranger.act(changeGroup, { id, words: ['ا', 'ب'], seen: '' }),
      stranger.act(removeGroup, { id, seen: '' }), stranger.act(indexEntriesAnew, undefined), stranger.act(indexCommitmentsAnew, undefined),
    ]);
    for (const one of tries) expect(one).toMatchObject({ status: 'rejected', reason: refused('not-allowed') });
  }
  const { seen } = (await as.ask(lexiconGroup, id))!;
  await as.act(removeGroup, { id, seen });
});

test('a new group finds texts that were written before it, once they are indexed anew', async () => {
  await it.open({ title: 'البلوعة مسدودة', text: 'فاضت على الطريق منذ أسبوع ولم يأت أحد.' });
  await it.open({ title: 'حديقة بلا ظلّ', text: 'لا شجر فيها ولا مقاعد يجلس عليها الكبار.' });
  expect(await found('ريكار')).toEqual([]);
  const id = await as.act(addGroup, { words: ['ريكار', 'بلوعة'] });
  expect(await index()).toBeGreaterThan(0);
  expect(await found('ريكار')).toEqual(['البلوعة مسدودة']);
  expect((await given.ask(similarEntries, { text: 'الريكار مسدود', place: '', limit: 3 })).map((entry) => entry.title)).toEqual(['البلوعة مسدودة']);
  expect(await index(), 'nothing is left').toBe(0);
  const { seen } = (await as.ask(lexiconGroup, id))!;
  await as.act(removeGroup, { id, seen });
  await index();
  expect(await found('ريكار')).toEqual([]);
});

test('commitments are found by the same words, and by words that are misspelt', async () => {
  const entry = await it.assigned({ title: 'الشارع مظلم', kind: 'need' });
  await it.answered(entry.number, { promises: [{ what: 'تركيب مصابيح جديدة', who: 'ورشة الإنارة', due: '2027-03-01' as never }] });
  await as.act(addGroup, { words: ['مصباح', 'مصابيح', 'لمبة'] });
  await index();
  const promises = async (q: string) => (await given.ask(searchCommitments, { q, limit: 5 })).map((promise) => promise.what);
  for (const q of ['مصابيح', 'المصابيح', 'لمبة', 'مصابييح', 'تركيبب']) expect(await promises(q), q).toEqual(['تركيب مصابيح جديدة']);
  const narrowed = async (q: string) => (await given.ask(listCommitments, { q, state: null, body: '', after: '' })).items.length;
  expect([await narrowed('تركيب لمبة'), await narrowed('تركيب جسر')]).toEqual([1, 0]);
});

test('what is misspelt still finds; marks and digits in any shape are one', async () => {
  await it.open({ title: 'المستوصف رقم ٣ بلا طبيب', text: 'لا يأتي الطبيب إلى المستوصف إلا يوماً واحداً.' });
  for (const q of ['المستوسف', 'مستوصفف', 'المستوصف 3', 'مستوصف ۳', 'الْمُسْتَوْصَف']) expect(await found(q), q).toContain('المستوصف رقم ٣ بلا طبيب');
  expect(await found('زغردزبق')).toEqual([]);
});

test('a misspelt word finds what only another form of the word it means stands in, and every commitment that says it', async () => {
  await it.open({ title: 'المشفى الوطني بلا أوكسجين', text: 'لا يجد المرضى هناك سريراً فارغاً.' });
  expect(await found('مستشفا')).not.toContain('المشفى الوطني بلا أوكسجين');
  const id = await as.act(addGroup, { words: ['مشفى', 'مستشفى', 'مستشفيات'] });
  await index();
  for (const q of ['مستشفا', 'المستشفا', 'مستسفى', 'مسشتفى']) expect(await found(q), q).toContain('المشفى الوطني بلا أوكسجين');
  const { seen } = (await as.ask(lexiconGroup, id))!;
  await as.act(removeGroup, { id, seen });
});

test('two who change one group at once: one is told; every change is an act that keeps what was before', async () => {
  const id = await as.act(addGroup, { words: ['باص', 'حافلة'] });
  const { seen } = (await as.ask(lexiconGroup, id))!;
  const version = await given.ask(lexiconVersion, undefined);
  const results = await Promise.allSettled([['باص', 'حافلة', 'سرفيس'], ['باص', 'حافلة', 'ميكرو']].map((words) => as.act(changeGroup, { id, words, seen })));
  expect(results.map((it) => it.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(results.find((it) => it.status === 'rejected')).toMatchObject({ reason: refused('conflict') });
  expect(await given.ask(lexiconVersion, undefined)).toBe(version + 1);
  expect((await given.ask(historyOf, { subjects: [LEXICON.id], publicOnly: true })).at(-1)).toMatchObject({ kind: 'lexicon.changed', detail: { group: id, words: 3, before: 2 }, content: { before: 'باص، حافلة' } });
  await expect(as.act(removeGroup, { id: randomUUID(), seen: '' })).rejects.toMatchObject(refused('not-found'));
});

test('what a change that was rolled back said is not believed', async () => {
  const before = await given.ask(lexiconOf, undefined);
  await expect(as.act(async (ctx, words: string[]) => { await addGroup(ctx, { words }); await lexiconOf(ctx); throw new Error('rolled back'); }, ['طنجرة', 'قدر'])).rejects.toThrow('rolled back');
  expect(await given.ask(lexiconOf, undefined)).toEqual(before);
  await as.act(addGroup, { words: ['فرن', 'مخبز'] });
  const after = await given.ask(lexiconOf, undefined);
  expect([after.some((words) => words[0] === 'طنجرة'), after.some((words) => words[0] === 'فرن')]).toEqual([false, true]);
});

test('the page shows how a word is found', async () => {
  await as.act(addGroup, { words: ['سيارة', 'عربية'] });
  expect(await as.ask(lexiconPage, { q: 'عربية' })).toMatchObject({ word: { norm: 'عربيه', standsFor: ['سياره'] }, groups: [{ words: ['سيارة', 'عربية'] }] });
  expect((await as.ask(lexiconPage, { q: 'زرافة' })).groups).toEqual([]);
});
