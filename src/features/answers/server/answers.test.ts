import { expect, test } from 'vitest';
import type { AnswerId } from '#kernel/ids.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { VISITOR, world, type TestPerson } from '#testing/world.ts';
import type { Who } from '#platform/doors.ts';
import { commitmentsOf } from '../../commitments/server/index.ts';
import { askSender, assignEntry, submitEntry, triageEntry } from '../../intake/server/index.ts';
import type { EntryKind } from '../../intake/model.ts';
import { historyOf } from '../../record/server/index.ts';
import type { DraftInput } from '../input.ts';
import {
  answeringRecord, answersOf, approvalCase, approveAnswer, draftOf, publishDue, returnAnswer, saveCorrection, saveDraft, sendAnswer, takeBackAnswer, waitingForApproval, withdrawSentAnswer,
} from './index.ts';

const given = await world();
const SYSTEM: Who = { actor: { kind: 'system', job: 'answers' }, caller: null };
const [first, second, third] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 3');
const body = first!.id as never;
const coordinator = await given.person([{ role: 'coordinator' }]);
const officer = await given.person([{ role: 'officer', body }]);
const colleague = await given.person([{ role: 'officer', body }]);
const head = await given.person([{ role: 'head', body }]);
const deputy = await given.person([{ role: 'head', body }]);
const stranger = await given.person([{ role: 'officer', body: second!.id as never }, { role: 'head', body: second!.id as never }]);
const refused = (because: string) => ({ refusal: { because } });

const text = (more: Partial<DraftInput> = {}): DraftInput => ({
  outcome: 'accepted', summary: 'نركّب المصابيح قبل الشتاء', reason: 'الأعمدة سليمة والمصابيح في المستودع.', referredTo: '', version: 0,
  promises: [{ what: 'تركيب ستة مصابيح', who: 'ورشة الإنارة', due: '2026-12-30' as PlainDate }], ...more,
});
const declined = (more: Partial<DraftInput> = {}) => text({ outcome: 'declined', promises: [], ...more });

async function handedOn(kind: EntryKind = 'need', to = first!.code) {
  const receipt = await given.act(submitEntry, {
    once: crypto.randomUUID(), kind, title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.', language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [], served: '', servedCount: null,
    contact: '', name: '', named: false, channel: 'web',
  });
  await given.as(coordinator).act(triageEntry, { number: receipt.number, sectors: [], place: '', visibility: kind === 'complaint' ? 'confidential' : 'public', body: to });
  return receipt;
}
async function sent(number: string, draft = text(), by: TestPerson = officer) {
  const saved = await given.as(by).act(saveDraft, { number, ...draft });
  await given.as(by).act(sendAnswer, saved);
  return saved;
}
async function approved(number: string, draft = text()) {
  const saved = await sent(number, draft);
  await given.as(head).act(approveAnswer, saved);
  return saved;
}
async function publishAll() {
  given.clock.addMinutes(given.profile.approvalDelayMinutes);
  while ((await given.as(SYSTEM).act(publishDue, undefined)) > 0);
}
const stateOf = async (id: AnswerId) => (await given.sql<{ state: string }>('select state from answers where id = $1', [id]))[0]!.state;
const entryState = async (number: string) => (await given.sql<{ state: string }>('select state from entries where number = $1', [number]))[0]!.state;

test('from a draft to everybody: written, approved by another, public ten minutes later, with its promise', async () => {
  const it = await handedOn();
  const saved = await approved(it.number);
  expect(await given.ask(answersOf, { entryIds: [it.id], publicOnly: true })).toEqual([]);
  given.clock.addMinutes(given.profile.approvalDelayMinutes - 1);
  expect(await given.as(SYSTEM).act(publishDue, undefined)).toBe(0);
  given.clock.addMinutes(1);
  expect(await given.as(SYSTEM).act(publishDue, undefined)).toBe(1);
  expect(await given.ask(answersOf, { entryIds: [it.id], publicOnly: true })).toMatchObject([{ id: saved.id, outcome: 'accepted', state: 'published', body: { code: first!.code } }]);
  expect(await given.ask(commitmentsOf, { subjectIds: [it.id], publicOnly: true })).toMatchObject([{ what: 'تركيب ستة مصابيح', due: '2026-12-30', state: 'open', public: true }]);
  expect(await entryState(it.number)).toBe('delivery');
  const acts = await given.ask(historyOf, { subjects: [it.id, saved.id], publicOnly: true });
  expect(acts.map((act) => act.kind).toSorted()).toEqual(['answer.published', 'entry.assigned', 'entry.delivery', 'entry.published', 'entry.study-started']);
  expect(acts.find((act) => act.kind === 'answer.published')).toMatchObject({ role: 'head', body: first!.code, content: { reason: text().reason }, detail: { outcome: 'accepted' } });
});

test('nobody approves an own answer: not the writer, not a head who wrote in it, not the database', async () => {
  const it = await handedOn();
  const saved = await sent(it.number);
  await expect(given.as(officer).act(approveAnswer, saved)).rejects.toMatchObject(refused('not-allowed'));
  await given.as(officer).act(withdrawSentAnswer, { id: saved.id });
  const touched = await given.as(head).act(saveDraft, { number: it.number, ...text({ version: saved.version, summary: 'كتبه المدير بنفسه هنا' }) });
  const again = await given.as(officer).act(saveDraft, { number: it.number, ...text({ version: touched.version, summary: 'وأعاده الموظف كما كان' }) });
  await given.as(officer).act(sendAnswer, again);
  await expect(given.as(head).act(approveAnswer, again)).rejects.toMatchObject(refused('not-allowed'));
  for (const person of [officer, head]) {
    await expect(given.sql(`update answers set state = 'approved', approved_by = $2, approved_at = now(), publish_at = now() where id = $1`, [saved.id, person.id])).rejects.toThrow('check constraint');
  }
  await expect(given.sql(`update answers set state = 'approved' where id = $1`, [saved.id])).rejects.toThrow('check constraint');
  await given.as(deputy).act(approveAnswer, again);
  expect(await stateOf(saved.id)).toBe('approved');
});

test('a head\'s own draft goes to the governor\'s office too; an officer\'s does not while there is a head', async () => {
  const [own, others] = [await handedOn(), await handedOn()];
  const byHead = await sent(own.number, text(), head);
  const byOfficer = await sent(others.number);
  await expect(given.as(coordinator).act(approveAnswer, byOfficer)).rejects.toMatchObject(refused('not-allowed'));
  const waiting = await given.as(coordinator).ask(waitingForApproval, undefined);
  expect(waiting.map((line) => line.id)).toContain(byHead.id);
  expect(waiting.map((line) => line.id)).not.toContain(byOfficer.id);
  await given.as(coordinator).act(approveAnswer, byHead);
  expect(await stateOf(byHead.id)).toBe('approved');
});

test('a body without a head is approved for by the governor\'s office', async () => {
  const alone = await given.person([{ role: 'officer', body: third!.id as never }]);
  const it = await handedOn('need', third!.code);
  const saved = await sent(it.number, text(), alone);
  expect((await given.as(coordinator).ask(waitingForApproval, undefined)).map((line) => line.id)).toContain(saved.id);
  await given.as(coordinator).act(approveAnswer, saved);
  await publishAll();
  const [act] = (await given.ask(historyOf, { subjects: [saved.id], publicOnly: true }));
  expect(act).toMatchObject({ kind: 'answer.published', role: 'coordinator' });
});

test('strangers, visitors and one factor get nowhere', async () => {
  const it = await handedOn();
  const saved = await sent(it.number);
  const oneFactor = await given.person([{ role: 'head', body }, { role: 'officer', body }], { assurance: 'one' });
  for (const who of [VISITOR, stranger, oneFactor, await given.person()] as (Who | TestPerson)[]) {
    await expect(given.as(who).act(saveDraft, { number: it.number, ...text({ version: saved.version }) })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(sendAnswer, saved)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(approveAnswer, saved)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(returnAnswer, { ...saved, note: 'أعد كتابته' })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(withdrawSentAnswer, saved)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).ask(approvalCase, saved)).rejects.toMatchObject(refused('not-found'));
    expect(await given.as(who).ask(draftOf, { number: it.number })).toBeNull();
    expect((await given.as(who).ask(waitingForApproval, undefined)).map((line) => line.id)).not.toContain(saved.id);
  }
  await expect(given.as(head).act(publishDue, undefined)).rejects.toMatchObject(refused('not-allowed'));
});

test('of two heads who approve at once, one does; nothing is approved that was changed since it was read', async () => {
  const it = await handedOn();
  const saved = await sent(it.number);
  const results = await Promise.allSettled([head, deputy].map((who) => given.as(who).act(approveAnswer, saved)));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  const next = await handedOn();
  const old = await sent(next.number);
  await given.as(officer).act(withdrawSentAnswer, { id: old.id });
  const fresh = await given.as(officer).act(saveDraft, { number: next.number, ...text({ version: old.version, summary: 'نصّ تغيّر بعد قراءته' }) });
  await given.as(officer).act(sendAnswer, fresh);
  await expect(given.as(head).act(approveAnswer, old)).rejects.toMatchObject(refused('conflict'));
});

test('of two officers who save at once, one learns of the other and loses nothing', async () => {
  const it = await handedOn();
  const both = await Promise.allSettled([officer, colleague].map((who, n) => given.as(who).act(saveDraft, { number: it.number, ...text({ summary: `نصّ الموظف رقم ${n}` }) })));
  expect(both.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  expect(both.find((result) => result.status === 'rejected')).toMatchObject({ reason: refused('conflict') });
  const draft = await given.as(colleague).ask(draftOf, { number: it.number });
  await given.as(colleague).act(saveDraft, { number: it.number, ...text({ version: draft!.version, summary: 'دمجتُ النصّين معاً' }) });
  await expect(given.as(officer).act(saveDraft, { number: it.number, ...text({ version: draft!.version, summary: 'كتبتُ فوق القديم' }) })).rejects.toMatchObject(refused('conflict'));
});

test('the same form sent twice is one save', async () => {
  const it = await handedOn();
  const saves = [await given.as(officer).act(saveDraft, { number: it.number, ...text() }), await given.as(officer).act(saveDraft, { number: it.number, ...text() })];
  expect(saves[0]).toEqual(saves[1]);
});

test('five workers at once publish once', async () => {
  await publishAll();
  const it = await handedOn();
  const saved = await approved(it.number);
  given.clock.addMinutes(given.profile.approvalDelayMinutes);
  await Promise.all(Array.from({ length: 5 }, () => given.as(SYSTEM).act(publishDue, undefined)));
  expect(await given.ask(commitmentsOf, { subjectIds: [it.id], publicOnly: true })).toHaveLength(1);
  expect((await given.ask(historyOf, { subjects: [saved.id], publicOnly: true })).map((act) => act.kind)).toEqual(['answer.published']);
});

test('taken back in time it is not published; afterwards it is too late', async () => {
  const [a, b] = [await handedOn(), await handedOn()];
  const [byHead, byOfficer] = [await approved(a.number), await approved(b.number)];
  await expect(given.as(colleague).act(takeBackAnswer, byHead)).rejects.toMatchObject(refused('not-allowed'));
  await given.as(head).act(takeBackAnswer, byHead);
  await given.as(officer).act(takeBackAnswer, byOfficer);
  await publishAll();
  expect([await stateOf(byHead.id), await stateOf(byOfficer.id)]).toEqual(['sent', 'draft']);
  await given.as(head).act(approveAnswer, byHead);
  given.clock.addMinutes(given.profile.approvalDelayMinutes);
  await expect(given.as(head).act(takeBackAnswer, byHead)).rejects.toMatchObject(refused('wrong-state'));
});

test('what was published is not changed, not even by direct SQL; a correction stands beside it', async () => {
  const it = await handedOn();
  const saved = await approved(it.number);
  await publishAll();
  await expect(given.sql(`update answers set reason = 'غير ذلك تماماً' where id = $1`, [saved.id])).rejects.toThrow('not changed');
  await expect(given.sql(`update answers set state = 'draft' where id = $1`, [saved.id])).rejects.toThrow();
  await expect(given.sql('delete from answers where id = $1', [saved.id])).rejects.toThrow();
  await expect(given.sql(`update answer_promises set due = '2030-01-01' where answer_id = $1`, [saved.id])).rejects.toThrow('not changed');
  await expect(given.as(officer).act(saveDraft, { number: it.number, ...text({ version: saved.version }) })).rejects.toMatchObject(refused('wrong-state'));
  await expect(given.as(stranger).act(saveCorrection, { corrects: saved.id, summary: 'تصحيح من غير أهله', reason: 'ليست هذه جهتنا لكننا نصحّح.', version: 0 })).rejects.toMatchObject(refused('not-allowed'));
  const correction = await given.as(officer).act(saveCorrection, { corrects: saved.id, summary: 'خمسة مصابيح لا ستة', reason: 'أخطأنا في العدد: الأعمدة خمسة لا ستة.', version: 0 });
  await given.as(officer).act(sendAnswer, correction);
  await expect(given.as(officer).act(approveAnswer, correction)).rejects.toMatchObject(refused('not-allowed'));
  await given.as(head).act(approveAnswer, correction);
  await publishAll();
  expect((await given.ask(answersOf, { entryIds: [it.id], publicOnly: true })).map((answer) => [answer.state, answer.summary])).toEqual([['published', 'خمسة مصابيح لا ستة'], ['corrected', text().summary]]);
  expect(await given.ask(commitmentsOf, { subjectIds: [it.id], publicOnly: true })).toHaveLength(1);
  expect(await entryState(it.number)).toBe('delivery');
});

test('a referral starts the next body\'s clock; the draft of the first one is not in its way', async () => {
  given.clock.set('2026-11-24T09:00:00Z');
  const it = await handedOn();
  await expect(given.as(officer).act(saveDraft, { number: it.number, ...declined({ outcome: 'referred', referredTo: first!.code }) })).rejects.toMatchObject({ refusal: { fields: { referredTo: 'own-body' } } });
  await approved(it.number, declined({ outcome: 'referred', referredTo: second!.code }));
  given.clock.set('2026-12-06T09:00:00Z');
  await publishAll();
  const [row] = await given.sql<{ state: string; body_id: string; started: string; answered_at: null }>('select state, body_id, clock_started::text as started, answered_at from entries where number = $1', [it.number]);
  expect(row).toEqual({ state: 'assigned', body_id: second!.id, started: '2026-12-06', answered_at: null });
  await given.as(stranger).act(saveDraft, { number: it.number, ...declined() });
  given.clock.set('2026-11-24T09:00:00Z');
});

test('what was approved is held when the entry went elsewhere meanwhile', async () => {
  const [moved, asked] = [await handedOn(), await handedOn()];
  const [a, b] = [await approved(moved.number), await approved(asked.number)];
  await given.as(coordinator).act(assignEntry, { number: moved.number, body: second!.code });
  await given.as(officer).act(askSender, { number: asked.number, question: 'أيّ الشوارع تقصد؟' });
  await publishAll();
  expect([await stateOf(a.id), await stateOf(b.id)]).toEqual(['draft', 'draft']);
  expect(await given.ask(answersOf, { entryIds: [moved.id, asked.id], publicOnly: false })).toEqual([]);
});

test('the answer to a complaint is not public, nor its promises, nor its acts', async () => {
  const it = await handedOn('complaint');
  const saved = await approved(it.number);
  await publishAll();
  expect(await given.ask(answersOf, { entryIds: [it.id], publicOnly: true })).toEqual([]);
  expect(await given.ask(answersOf, { entryIds: [it.id], publicOnly: false })).toHaveLength(1);
  const promises = await given.ask(commitmentsOf, { subjectIds: [it.id], publicOnly: false });
  expect(promises).toMatchObject([{ public: false }]);
  expect(await given.ask(historyOf, { subjects: [it.id, saved.id, promises[0]!.id], publicOnly: true })).toEqual([]);
});

test('a head sends back with a note; the next sending clears it', async () => {
  const it = await handedOn();
  const saved = await sent(it.number);
  await given.as(head).act(returnAnswer, { ...saved, note: 'اذكر من ينفّذ العمل' });
  expect(await given.as(officer).ask(draftOf, { number: it.number })).toMatchObject({ state: 'draft', note: 'اذكر من ينفّذ العمل', mine: true });
  await given.as(officer).act(sendAnswer, saved);
  expect(await given.as(officer).ask(draftOf, { number: it.number })).toMatchObject({ state: 'sent', note: '' });
});

test('the record counts public answers alone, each figure with its base', async () => {
  const fresh = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code offset 3 limit 1');
  const there = fresh[0]!;
  const [writer, boss] = [await given.person([{ role: 'officer', body: there.id as never }]), await given.person([{ role: 'head', body: there.id as never }])];
  const answer = async (kind: EntryKind, days: number) => {
    given.clock.set('2026-11-24T09:00:00Z');
    const it = await handedOn(kind, there.code);
    given.clock.addDays(days);
    const saved = await given.as(writer).act(saveDraft, { number: it.number, ...declined() });
    await given.as(writer).act(sendAnswer, saved);
    await given.as(boss).act(approveAnswer, saved);
    await publishAll();
  };
  await answer('need', 5);
  await answer('question', 40);
  await answer('complaint', 5);
  await handedOn('need', there.code);
  const figures = await given.ask(answeringRecord, { bodyId: there.id, since: '2026-01-01' as PlainDate });
  expect(figures).toMatchObject({ answered: 2, onTime: 1, referred: 0, waiting: 1, lateNow: 0 });
  expect(figures.medianDays).toBeGreaterThan(3);
});
