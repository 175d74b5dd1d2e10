/** From a delivery to what residents say about it: by account and by key, once a person, and the entry that follows. */
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Who } from '#platform/doors.ts';
import { SYSTEM, VISITOR, world, type TestPerson } from '#testing/world.ts';
import { attachmentsOf } from '../../attachments/server/index.ts';
import { breakCommitment, mayReadCommitmentFiles, openCommitment, reportDone, settleSilentCommitments, showCommitment, voicesFor } from '../../commitments/server/index.ts';
import { historyOf } from '../../record/server/index.ts';
import { confirmEntry, followCommitments, joinEntry, submitEntry, supportEntry, toConfirm, triageEntry, type Confirmation } from './index.ts';

const given = await world({ settings: { confirmation: { supportersYes: 3, disputes: 3, days: 30 } } });
const [first] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 1');
const body = first!.id as never;
const coordinator = await given.person([{ role: 'coordinator' }]);
const officer = await given.person([{ role: 'officer', body }]);
const stranger = await given.person([{ role: 'officer', body: (await given.sql<{ id: string }>('select id from bodies order by code limit 1 offset 1'))[0]!.id as never }]);
const refused = (because: string, fields?: object) => ({ refusal: { because, ...(fields ? { fields } : {}) } });

async function handedOn(by: TestPerson | Who = VISITOR, kind: 'need' | 'complaint' = 'need') {
  const it = await given.as(by).act(submitEntry, { once: randomUUID(), kind, title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.', language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [], served: '', servedCount: null, contact: '', name: '', named: false, channel: 'web' });
  await given.as(coordinator).act(triageEntry, { number: it.number, sectors: [], place: '', visibility: kind === 'complaint' ? 'confidential' : 'public', body: first!.code });
  return it;
}

/** An entry in delivery with as many commitments, all of them said to be done; the answer itself is another feature's test. */
async function delivered({ promises = 1, by = VISITOR as TestPerson | Who, kind = 'need' as 'need' | 'complaint' } = {}) {
  const it = await handedOn(by, kind);
  await given.sql(`update entries set state = 'delivery', outcome = 'accepted', answered_at = now() where id = $1`, [it.id]);
  const made = [];
  for (let n = 0; n < promises; n++) made.push(await given.as(SYSTEM).act(openCommitment, { source: { kind: 'answer', id: it.id }, subjectId: it.id, bodyId: body, what: `تركيب المصابيح ${n}`, who: '', due: '2026-12-30' as never, public: kind === 'need' }));
  for (const { id } of made) await given.as(officer).act(reportDone, { id, text: 'ركّبنا المصابيح الستة.' });
  await follow();
  return { ...it, key: it.key!, made };
}
const follow = () => given.as(SYSTEM).act(followCommitments, undefined);
const say = (who: TestPerson | Who, number: string, verdict: 'yes' | 'partly' | 'no', more: Partial<Confirmation> = {}) => given.as(who).act(confirmEntry, { number, verdict, ...more });
const state = async (it: { id: string }) => { await follow(); return (await given.sql<{ state: string }>('select state from entries where id = $1', [it.id]))[0]!.state; };
const promise = (it: { made: { number: string }[] }, at = 0) => given.as(officer).ask(showCommitment, it.made[at]!.number);
const supporter = async (number: string) => { const person = await given.person(); await given.as(person).act(supportEntry, { number }); return person; };
const photo = () => sharp({ create: { width: 400, height: 300, channels: 3, background: '#684' } }).jpeg().toBuffer();

test('the sender says yes, by key: confirmed, and the entry follows', async () => {
  const it = await delivered();
  expect(await state(it)).toBe('delivered');
  await say(VISITOR, it.number, 'yes', { key: it.key, words: 'نعم، أضاءت أمس.' });
  expect(await promise(it)).toMatchObject({ state: 'confirmed', rounds: [{ round: 1, yes: 1, partly: 0, no: 0 }] });
  expect(await state(it)).toBe('confirmed');
});

test('what a voice decides stands in the record with its day alone: the minute would be that of whoever spoke last', async () => {
  for (const verdict of ['yes', 'no'] as const) {
    const it = await delivered();
    await say(VISITOR, it.number, verdict, { key: it.key });
    await follow();
    const leaves = await given.sql<{ leaf: string }>(`select leaf from acts where subject_id = any($1) and kind ~ '(voiced|confirmed|disputed)$'`, [[it.id, it.made[0]!.id]]);
    expect(leaves.map(({ leaf }) => (JSON.parse(leaf) as { at: string }).at)).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^\d{4}-\d\d-\d\d$/)));
  }
});

test('the sender says no: disputed, live again; done anew it is asked anew, and the first round stays to be read', async () => {
  const it = await delivered();
  await say(VISITOR, it.number, 'no', { key: it.key });
  expect(await promise(it)).toMatchObject({ state: 'disputed', asked: false });
  expect(await state(it)).toBe('disputed');
  await expect(say(VISITOR, it.number, 'yes', { key: it.key })).rejects.toMatchObject(refused('wrong-state'));
  await given.as(officer).act(reportDone, { id: it.made[0]!.id, text: 'عدنا وركّبنا الناقص.' });
  expect(await state(it)).toBe('delivered');
  await say(VISITOR, it.number, 'yes', { key: it.key });
  expect(await promise(it)).toMatchObject({ state: 'confirmed', rounds: [{ round: 1, no: 1 }, { round: 2, yes: 1, no: 0 }] });
  expect(await state(it)).toBe('confirmed');
});

test('three supporters confirm; a neighbour alone does not; three «no» of anybody dispute what was confirmed', async () => {
  const it = await delivered();
  await say(await given.person(), it.number, 'yes');
  for (let n = 0; n < 2; n++) await say(await supporter(it.number), it.number, 'yes');
  expect((await promise(it)).state).toBe('done');
  await say(await supporter(it.number), it.number, 'yes');
  expect(await state(it)).toBe('confirmed');
  for (let n = 0; n < 3; n++) await say(await given.person(), it.number, 'no');
  expect(await promise(it)).toMatchObject({ state: 'disputed', rounds: [{ yes: 4, no: 3 }] });
  expect(await state(it)).toBe('disputed');
});

test('fifty voices of one person at once are one voice; a changed mind replaces it, words and photo too', async () => {
  const it = await delivered();
  const person = await given.person();
  await Promise.all(Array.from({ length: 50 }, (_, n) => say(person, it.number, n % 2 ? 'yes' : 'partly')));
  const total = async () => { const { yes, partly, no } = (await promise(it)).rounds[0]!; return yes + partly + no; };
  expect(await total()).toBe(1);
  await say(person, it.number, 'partly', { words: 'مصباح واحد لا يعمل.', files: [await photo()] });
  const [voice] = await given.as(officer).ask(voicesFor, { id: it.made[0]!.id });
  expect(voice).toMatchObject({ verdict: 'partly', words: 'مصباح واحد لا يعمل.', voice: 'neighbour' });
  expect(await given.ask(attachmentsOf, { ownerIds: [voice!.id], publicOnly: false })).toMatchObject([{ media: 'photo', public: false }]);
  await say(person, it.number, 'yes');
  expect(await given.as(officer).ask(voicesFor, { id: it.made[0]!.id })).toMatchObject([{ id: voice!.id, verdict: 'yes', words: null }]);
  expect(await given.ask(attachmentsOf, { ownerIds: [voice!.id], publicOnly: false })).toEqual([]);
  const acts = (await given.ask(historyOf, { subjects: [it.made[0]!.id], publicOnly: true })).filter((act) => act.kind === 'commitment.voiced').length;
  await say(person, it.number, 'yes');
  expect((await given.ask(historyOf, { subjects: [it.made[0]!.id], publicOnly: true })).filter((act) => act.kind === 'commitment.voiced')).toHaveLength(acts);
});

test('a sender is one person by account and by key; a photo that cannot be taken keeps the voice back', async () => {
  const resident = await given.person();
  const it = await delivered({ by: resident });
  await say(resident, it.number, 'partly');
  await say(resident, it.number, 'partly', { words: 'بقي مصباح.' });
  expect(await promise(it)).toMatchObject({ rounds: [{ partly: 1 }] });
  expect(await given.as(officer).ask(voicesFor, { id: it.made[0]!.id })).toMatchObject([{ voice: 'submitter' }]);
  await expect(say(resident, it.number, 'no', { files: [Buffer.from('nothing')] })).rejects.toMatchObject(refused('invalid', { files: 'not-supported' }));
  expect((await promise(it)).state).toBe('done');
});

test('several commitments are spoken about one by one, and the entry waits for all of them', async () => {
  const it = await delivered({ promises: 2 });
  await expect(say(VISITOR, it.number, 'yes', { key: it.key })).rejects.toMatchObject(refused('invalid', { commitment: 'required' }));
  await expect(say(VISITOR, it.number, 'yes', { key: it.key, commitment: 'TST-9999-26' })).rejects.toMatchObject(refused('invalid', { commitment: 'not-asked' }));
  await say(VISITOR, it.number, 'yes', { key: it.key, commitment: it.made[0]!.number });
  expect(await state(it)).toBe('delivered');
  expect(await given.ask(toConfirm, { number: it.number, key: it.key })).toMatchObject({ voice: 'submitter', commitments: [{ said: 'yes' }, { said: null }] });
  expect(await given.ask(toConfirm, { number: it.number })).toMatchObject({ voice: null, commitments: [{ said: null }, { said: null }] });
  await say(VISITOR, it.number, 'no', { key: it.key, commitment: it.made[1]!.number });
  expect(await state(it)).toBe('disputed');
});

test('visitors, an unverified account and the body itself have no voice', async () => {
  const it = await delivered();
  const oneFactor = await given.person([{ role: 'head', body }], { assurance: 'one' });
  for (const who of [VISITOR, await given.person([], { verified: 'none' }), officer, oneFactor] as (TestPerson | Who)[]) {
    await expect(say(who, it.number, 'yes')).rejects.toMatchObject(refused('not-allowed'));
  }
  await expect(say(VISITOR, it.number, 'yes', { key: '0'.repeat(20) })).rejects.toMatchObject(refused('not-allowed'));
  await say(stranger, it.number, 'partly');
  expect(await promise(it)).toMatchObject({ rounds: [{ partly: 1 }] });
});

test('a confidential entry is between its sender and the body: nobody else finds it, hears of it or sees a photo', async () => {
  const it = await delivered({ kind: 'complaint' });
  for (const who of [VISITOR, stranger, officer, coordinator, await given.person()] as (TestPerson | Who)[]) {
    await expect(say(who, it.number, 'no')).rejects.toMatchObject(refused('not-found'));
    await expect(given.as(who).ask(toConfirm, { number: it.number })).rejects.toMatchObject(refused('not-found'));
  }
  await say(VISITOR, it.number, 'no', { key: it.key, files: [await photo()] });
  expect(await state(it)).toBe('disputed');
  const [voice] = await given.as(officer).ask(voicesFor, { id: it.made[0]!.id });
  for (const [who, may] of [[VISITOR, false], [stranger, false], [officer, true], [coordinator, true]] as const) {
    expect(await given.as(who).ask(mayReadCommitmentFiles, { kind: 'confirmation', id: voice!.id })).toBe(may);
  }
  expect(await given.ask(historyOf, { subjects: [it.id, it.made[0]!.id], publicOnly: true })).toEqual([]);
});

test('whoever sent a joined entry speaks about the other as one of its supporters, by account or by key', async () => {
  const resident = await given.person();
  const [own, keyed] = [await handedOn(resident), await handedOn()];
  const target = await handedOn();
  for (const it of [own, keyed]) await given.as(coordinator).act(joinEntry, { number: it.number, into: target.number });
  await given.sql(`update entries set state = 'delivery', outcome = 'accepted', answered_at = now() where id = $1`, [target.id]);
  const made = await given.as(SYSTEM).act(openCommitment, { source: { kind: 'answer', id: target.id }, subjectId: target.id, bodyId: body, what: 'تركيب المصابيح', who: '', due: '2026-12-30' as never, public: true });
  await given.as(officer).act(reportDone, { id: made.id, text: 'ركّبنا المصابيح الستة.' });
  await say(resident, own.number, 'yes');
  await say(resident, target.number, 'yes');
  await say(VISITOR, keyed.number, 'yes', { key: keyed.key! });
  expect((await given.as(officer).ask(voicesFor, { id: made.id })).map((it) => it.voice)).toEqual(['supporter', 'supporter']);
});

test('thirty days of silence: not confirmed; a late word still counts for thirty more, then it is over', async () => {
  const it = await delivered();
  const settle = () => Promise.all([1, 2].map(() => given.as(SYSTEM).act(settleSilentCommitments, undefined)));
  given.clock.addDays(29);
  await settle();
  expect((await promise(it)).state).toBe('done');
  given.clock.addDays(1);
  await settle();
  expect((await given.ask(historyOf, { subjects: [it.made[0]!.id], publicOnly: true })).filter((act) => act.kind === 'commitment.unconfirmed')).toHaveLength(1);
  expect(await state(it)).toBe('unconfirmed');
  given.clock.addDays(29);
  await say(VISITOR, it.number, 'yes', { key: it.key });
  expect(await state(it)).toBe('confirmed');
  given.clock.addDays(31);
  await expect(say(VISITOR, it.number, 'no', { key: it.key })).rejects.toMatchObject(refused('wrong-state'));
  expect((await promise(it)).asked).toBe(false);
  given.clock.set('2026-11-24T09:00:00Z');
});

test('of a voice and a body that gives up on it, at once, one passes whole', async () => {
  const it = await delivered();
  await say(VISITOR, it.number, 'no', { key: it.key });
  const results = await Promise.allSettled([
    given.as(officer).act(breakCommitment, { id: it.made[0]!.id, reason: 'لم يبقَ مال لهذا العام.' }),
    given.as(officer).act(reportDone, { id: it.made[0]!.id, text: 'عدنا وركّبنا الناقص.' }),
  ]);
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(['unconfirmed', 'delivered']).toContain(await state(it));
});
