import * as v from 'valibot';
import { expect, test } from 'vitest';
import { VISITOR, world, type TestPerson } from '#testing/world.ts';
import type { Who } from '#platform/doors.ts';
import { stageFile } from '../../attachments/server/index.ts';
import { openCommitment } from '../../commitments/server/index.ts';
import { ListSchema } from '../input.ts';
import {
  askSender, assignEntry, closeAnswered, duplicateGuesses, escalateEntries, extendDeadline, followCommitments, joinEntry, keepEntryConfidential, listEntries, publishEntry, queueOfBody, replyToQuestion,
  resetDeadlines, separateEntry, showEntry, similarEntries, startEntryStudy, submitEntry, supportEntry, triageEntry, triageQueue, withdrawEntry, workCase, workOverview, type Submission,
} from './index.ts';

const given = await world();
const SYSTEM: Who = { actor: { kind: 'system', job: 'entries' }, caller: null };
const [first, second] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 2');
const coordinator = await given.person([{ role: 'coordinator' }]);
const officer = await given.person([{ role: 'officer', body: first!.id as never }]);
const stranger = await given.person([{ role: 'officer', body: second!.id as never }]);
const refused = (because: string) => ({ refusal: { because } });

function submission(more: Partial<Submission> = {}): Submission {
  return {
    once: crypto.randomUUID(), kind: 'need', title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء والطريق مظلم.', language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [],
    served: '', servedCount: null, contact: '', name: '', named: false, channel: 'web', ...more,
  };
}
const submit = (more: Partial<Submission> = {}) => given.act(submitEntry, submission(more));
const triage = (number: string, more: object = {}) => given.as(coordinator).act(triageEntry, { number, sectors: [], place: '', visibility: 'public', body: first!.code, ...more });
const entry = async (number: string) => (await given.sql<Record<string, never>>('select * from entries where number = $1', [number]))[0]! as Record<string, unknown>;
const acts = async (id: string) => (await given.sql<{ kind: string; public: boolean; detail: Record<string, unknown> }>('select kind, public, detail from acts where subject_id = $1 order by at, seq', [id]));
const supports = async (number: string) => (await given.sql<{ supports: number }>('select supports from entry_tallies t join entries e on e.id = t.entry_id where number = $1', [number]))[0]!.supports;

async function handedOn(more: Partial<Submission> = {}) {
  const receipt = await submit(more);
  await triage(receipt.number, more.kind === 'complaint' ? { visibility: 'confidential' } : {});
  return receipt;
}

test('triage publishes, corrects and hands on in one act; sent twice it is done once', async () => {
  const it = await submit();
  await triage(it.number);
  await triage(it.number, { visibility: null });
  expect(await entry(it.number)).toMatchObject({ state: 'assigned', body_id: first!.id, confidential: false });
  expect((await acts(it.id)).map((act) => [act.kind, act.public])).toEqual([['entry.received', false], ['entry.published', true], ['entry.assigned', true]]);
  expect((await given.ask(showEntry, { number: it.number })).body?.code).toBe(first!.code);
});

test('a decision is whole: an unknown body leaves the entry unpublished', async () => {
  const it = await submit();
  await expect(triage(it.number, { body: 'nobody' })).rejects.toMatchObject({ refusal: { because: 'invalid', fields: { body: 'invalid' } } });
  await expect(triage(it.number, { place: 'SY99' })).rejects.toMatchObject({ refusal: { fields: { place: 'unknown' } } });
  await expect(triage(it.number, { visibility: null })).rejects.toMatchObject({ refusal: { fields: { visibility: 'required' } } });
  await expect(triage(it.number, { sectors: ['ZZZ'] })).rejects.toMatchObject({ refusal: { fields: { sectors: 'invalid' } } });
  expect(await entry(it.number)).toMatchObject({ state: 'received', published_at: null });
});

test('triage is for coordinators with a second factor; a strange officer finds no unpublished number', async () => {
  const it = await submit();
  const once = await given.person([{ role: 'coordinator' }], { assurance: 'one' });
  for (const who of [VISITOR, once, officer, await given.person()] as (Who | TestPerson)[]) {
    await expect(given.as(who).act(publishEntry, { number: it.number })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(keepEntryConfidential, { number: it.number })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(assignEntry, { number: it.number, body: first!.code })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).act(joinEntry, { number: it.number, into: it.number })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).ask(triageQueue, { after: '' })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).ask(workOverview, undefined)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).ask(workCase, { number: it.number })).rejects.toMatchObject(refused('not-found'));
  }
});

test('a complaint becomes public by no path', async () => {
  const it = await submit({ kind: 'complaint', title: 'شكوى سرّية canary', contact: 'person@example.org', name: 'اسم' });
  await expect(given.as(coordinator).act(publishEntry, { number: it.number })).rejects.toMatchObject({ refusal: { fields: { visibility: 'complaint-confidential' } } });
  await expect(triage(it.number)).rejects.toMatchObject(refused('invalid'));
  await triage(it.number, { visibility: 'confidential' });
  const open = await handedOn({ title: 'شكوى سرّية canary علنية' });
  await expect(given.as(coordinator).act(joinEntry, { number: it.number, into: open.number })).rejects.toMatchObject({ refusal: { fields: { into: 'other-visibility' } } });
  await given.as(officer).act(startEntryStudy, { number: it.number });
  await given.as(officer).act(extendDeadline, { number: it.number, reason: 'نحتاج وقتاً لسؤال الشهود' });
  await given.as(officer).act(askSender, { number: it.number, question: 'متى حدث ذلك؟ وأين؟' });
  expect((await acts(it.id)).every((act) => !act.public)).toBe(true);
  expect((await given.ask(listEntries, v.parse(ListSchema, { q: 'canary' }))).items.map((line) => line.number)).toEqual([open.number]);
  expect((await given.ask(similarEntries, { text: 'شكوى سرّية canary', place: '', limit: 9 })).map((line) => line.number)).not.toContain(it.number);
  await expect(given.as(stranger).ask(workCase, { number: it.number })).rejects.toMatchObject(refused('not-found'));
  expect((await given.as(officer).ask(workCase, { number: it.number })).submitter).toMatchObject({ name: '', contact: null });
  expect((await given.as(coordinator).ask(workCase, { number: it.number })).submitter).toMatchObject({ name: 'اسم', contact: 'p…n@example.org' });
});

test('photos of a published entry are shown, those of a confidential one are not', async () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  const [open, closed] = [await submit(), await submit()];
  for (const it of [open, closed]) await given.as(SYSTEM).act(stageFile, { ownerKind: 'entry', ownerId: it.id, bytes: png });
  await triage(open.number);
  await triage(closed.number, { visibility: 'confidential' });
  expect(await given.sql('select public from attachments where owner_id = $1', [open.id])).toEqual([{ public: true }]);
  expect(await given.sql('select public from attachments where owner_id = $1', [closed.id])).toEqual([{ public: false }]);
});

test('a question stops the clock, the reply lets it run on; only both read the words', async () => {
  given.clock.set('2026-11-24T09:00:00Z');
  const it = await handedOn();
  const due = (await entry(it.number)).answer_due;
  await expect(given.as(stranger).act(askSender, { number: it.number, question: 'ما لون الباب هناك؟' })).rejects.toMatchObject(refused('not-allowed'));
  await given.as(officer).act(askSender, { number: it.number, question: 'أيّ الشوارع تقصد؟' });
  await given.as(officer).act(askSender, { number: it.number, question: 'أيّ الشوارع تقصد؟' });
  expect(await entry(it.number)).toMatchObject({ state: 'returned', resume_state: 'assigned', answer_due: null });
  expect(JSON.stringify(await given.sql('select acts.kind, acts.detail, acts.leaf, act_contents.content from acts left join act_contents on act_id = acts.id where subject_id = $1', [it.id]))).not.toContain('الشوارع');
  given.clock.addDays(7);
  await given.act(replyToQuestion, { number: it.number, key: it.key!, text: 'شارع المدرسة' });
  const after = await entry(it.number);
  expect(after.state).toBe('assigned');
  expect(String(after.answer_due) > String(due)).toBe(true);
  expect((await given.as(officer).ask(workCase, { number: it.number })).messages.map((message) => message.kind)).toEqual(['question', 'reply']);
  given.clock.set('2026-11-24T09:00:00Z');
});

test('the clock is extended once, with a reason that is public', async () => {
  const it = await handedOn();
  await expect(given.as(stranger).act(extendDeadline, { number: it.number, reason: 'سبب من جهة أخرى لا علاقة لها' })).rejects.toMatchObject(refused('not-allowed'));
  await given.as(officer).act(extendDeadline, { number: it.number, reason: 'ننتظر كشف الشركة على الأعمدة' });
  await given.as(officer).act(extendDeadline, { number: it.number, reason: 'ننتظر كشف الشركة على الأعمدة' });
  await expect(given.as(officer).act(extendDeadline, { number: it.number, reason: 'سبب ثانٍ بعد السبب الأول' })).rejects.toMatchObject(refused('wrong-state'));
  expect((await acts(it.id)).filter((act) => act.kind === 'entry.extended')).toMatchObject([{ public: true, detail: { days: given.profile.clocks.extension } }]);
  expect((await given.ask(showEntry, { number: it.number })).extensionReason).toContain('الشركة');
});

test('study is begun by the body, not by the governor\'s office', async () => {
  const it = await handedOn();
  await expect(given.as(coordinator).act(startEntryStudy, { number: it.number })).rejects.toMatchObject(refused('not-allowed'));
  await expect(given.as(stranger).act(startEntryStudy, { number: it.number })).rejects.toMatchObject(refused('not-allowed'));
  await Promise.all([1, 2, 3].map(() => given.as(officer).act(startEntryStudy, { number: it.number })));
  expect((await acts(it.id)).filter((act) => act.kind === 'entry.study-started')).toHaveLength(1);
});

test('a join moves each support once, a separation gives each back', async () => {
  const sender = await given.person();
  const kept = await handedOn({ title: 'رصيف المدرسة مكسور تماماً' });
  const old = await given.as(sender).act(submitEntry, submission({ title: 'رصيف المدرسة محطّم' }));
  await triage(old.number);
  const people = await Promise.all(Array.from({ length: 4 }, () => given.person()));
  for (const person of people.slice(0, 3)) await given.as(person).act(supportEntry, { number: old.number });
  for (const person of people.slice(2)) await given.as(person).act(supportEntry, { number: kept.number });
  await Promise.all([1, 2, 3].map(() => given.as(coordinator).act(joinEntry, { number: old.number, into: kept.number })));
  expect(await supports(kept.number)).toBe(4);
  expect(await showJoined(old.number)).toBe(kept.number);
  expect((await acts(kept.id)).filter((act) => act.kind === 'entry.joined-by')).toMatchObject([{ public: true, detail: { from: old.number, supports: 2 } }]);
  expect(await given.sql('select 1 from follows where entry_id = $1 and person_id = $2', [kept.id, sender.id])).toHaveLength(1);
  await given.as(people[0]!).act(supportEntry, { number: old.number });
  expect(await supports(kept.number)).toBe(4);

  await Promise.all([1, 2].map(() => given.as(coordinator).act(separateEntry, { number: old.number })));
  expect([await supports(kept.number), await supports(old.number)]).toEqual([2, 3]);
  expect(await entry(old.number)).toMatchObject({ state: 'assigned', joined_to: null });
  expect((await acts(old.id)).filter((act) => act.kind === 'entry.separated')).toHaveLength(1);
});

const showJoined = async (number: string) => (await given.ask(showEntry, { number })).joinedInto;

test('joins upon joins come apart in any order without losing or doubling a support', async () => {
  const [a, b, c] = [await handedOn(), await handedOn(), await handedOn()];
  for (const it of [a, b, c]) await given.as(await given.person()).act(supportEntry, { number: it.number });
  await given.as(coordinator).act(joinEntry, { number: a.number, into: b.number });
  await given.as(coordinator).act(joinEntry, { number: b.number, into: c.number });
  expect(await supports(c.number)).toBe(3);
  await given.as(coordinator).act(separateEntry, { number: a.number });
  expect([await supports(a.number), await supports(b.number), await supports(c.number)]).toEqual([1, 0, 2]);
  await given.as(coordinator).act(joinEntry, { number: a.number, into: c.number });
  await given.as(coordinator).act(separateEntry, { number: b.number });
  await given.as(coordinator).act(separateEntry, { number: a.number });
  expect([await supports(a.number), await supports(b.number), await supports(c.number)]).toEqual([1, 1, 1]);
});

test('of two joins that cross each other, one passes', async () => {
  const [a, b] = [await handedOn(), await handedOn()];
  const results = await Promise.allSettled([
    given.as(coordinator).act(joinEntry, { number: a.number, into: b.number }), given.as(coordinator).act(joinEntry, { number: b.number, into: a.number }),
  ]);
  expect(results.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
});

test('a number joined before anybody published it leads to the public one and shows nothing of its own', async () => {
  const kept = await handedOn();
  const old = await submit({ title: 'نصّ لم يره أحد canary-joined' });
  await given.as(coordinator).act(joinEntry, { number: old.number, into: kept.number });
  const view = await given.ask(showEntry, { number: old.number });
  expect(view).toMatchObject({ joinedInto: kept.number, title: '', text: '' });
  expect((await acts(kept.id)).filter((act) => act.kind === 'entry.joined-by')).toMatchObject([{ public: false }]);
});

test('what cannot be joined is refused beside its field', async () => {
  const it = await handedOn();
  const join = (into: string) => given.as(coordinator).act(joinEntry, { number: it.number, into });
  await expect(join(it.number)).rejects.toMatchObject({ refusal: { fields: { into: 'itself' } } });
  await expect(join('TST-9999-99')).rejects.toMatchObject({ refusal: { fields: { into: 'unknown' } } });
  const gone = await handedOn();
  await given.act(withdrawEntry, { number: gone.number, key: gone.key! });
  await expect(join(gone.number)).rejects.toMatchObject({ refusal: { fields: { into: 'not-live' } } });
});

test('duplicates are guessed also among what is not published, for those who may see it', async () => {
  const open = await handedOn({ title: 'حفرة عميقة أمام باب المدرسة الابتدائية', text: 'حفرة عميقة أمام باب المدرسة يقع فيها الأولاد.' });
  const hidden = await submit({ title: 'حفرة أمام باب المدرسة الابتدائية', text: 'حفرة عميقة أمام المدرسة خطرة على الأولاد.' });
  const ask = { number: 'TST-0000-00', text: 'حفرة أمام باب المدرسة حفرة عميقة خطرة', place: '', confidential: false, limit: 5 };
  expect((await given.as(coordinator).ask(duplicateGuesses, ask)).map((guess) => guess.number).toSorted()).toEqual([open.number, hidden.number].toSorted());
  expect((await given.as(stranger).ask(duplicateGuesses, ask)).map((guess) => guess.number)).toEqual([open.number]);
  await expect(given.ask(duplicateGuesses, ask)).rejects.toMatchObject(refused('not-allowed'));
});

test('a desk sees its own queue alone, first due first', async () => {
  const it = await handedOn();
  const mine = await given.as(officer).ask(queueOfBody, { tab: 'all', after: '' });
  expect(mine.items.map((line) => line.number)).toContain(it.number);
  expect(mine.items.map((line) => line.answerDue ?? '9999')).toEqual(mine.items.map((line) => line.answerDue ?? '9999').toSorted());
  expect((await given.as(stranger).ask(queueOfBody, { tab: 'all', after: '' })).items).toEqual([]);
  await expect(given.as(coordinator).ask(queueOfBody, { tab: 'all', after: '' })).rejects.toMatchObject(refused('not-allowed'));
  await expect(given.ask(queueOfBody, { tab: 'new', after: '' })).rejects.toMatchObject(refused('not-allowed'));
});

test('what is overdue goes up level by level, each said once, also by two workers at once', async () => {
  given.clock.set('2026-11-24T09:00:00Z');
  const [it, unread, hidden] = [await handedOn(), await submit(), await handedOn({ kind: 'complaint' })];
  const due = String((await given.sql<{ due: string }>('select answer_due::text as due from entries where number = $1', [it.number]))[0]!.due);
  const escalate = () => Promise.all([1, 2].map(() => given.as(SYSTEM).act(escalateEntries, undefined)));
  const levels = async (id: string) => (await acts(id)).filter((act) => act.kind === 'entry.escalated').map((act) => act.detail.level);
  await escalate();
  expect([await levels(it.id), await levels(unread.id)]).toEqual([[], []]);
  given.clock.set('2026-11-30T09:00:00Z');
  await escalate();
  expect([await levels(it.id), await levels(unread.id)]).toEqual([[], [3]]);
  given.clock.set(`${due}T12:00:00Z`);
  given.clock.addDays(1);
  await escalate();
  expect(await levels(it.id)).toEqual([1]);
  given.clock.addDays(20);
  await escalate();
  await escalate();
  expect(await levels(it.id)).toEqual([1, 2, 3]);
  expect((await acts(it.id)).filter((act) => act.kind === 'entry.escalated').every((act) => act.public)).toBe(true);
  expect((await acts(hidden.id)).filter((act) => act.kind === 'entry.escalated').some((act) => act.public)).toBe(false);
  expect((await given.as(coordinator).ask(workOverview, undefined)).late).toBeGreaterThan(0);
  await expect(given.as(coordinator).act(escalateEntries, undefined)).rejects.toMatchObject(refused('not-allowed'));
  given.clock.set('2026-11-24T09:00:00Z');
});

test('a new holiday moves the dates of what still runs, and says so', async () => {
  const [it, done] = [await handedOn(), await handedOn()];
  await given.sql(`update entries set state = 'answered', outcome = 'declined', answered_at = now() where number = $1`, [done.number]);
  const due = async (number: string) => (await given.sql<{ due: string }>('select answer_due::text as due from entries where number = $1', [number]))[0]!.due;
  const [before, doneBefore] = [await due(it.number), await due(done.number)];
  await given.sql(`insert into holidays (day, name_ar) values ($1, 'عطلة')`, ['2026-12-01']);
  await expect(given.as(coordinator).act(resetDeadlines, undefined)).rejects.toMatchObject(refused('not-allowed'));
  expect(await given.as(SYSTEM).act(resetDeadlines, undefined)).toBeGreaterThan(0);
  expect(await given.as(SYSTEM).act(resetDeadlines, undefined)).toBe(0);
  expect((await due(it.number)) > before).toBe(true);
  expect(await due(done.number)).toBe(doneBefore);
  expect((await acts(it.id)).at(-1)).toMatchObject({ kind: 'entry.rescheduled', public: true, detail: { from: before } });
});

test('an entry is where its commitments are', async () => {
  const it = await handedOn();
  await given.sql(`update entries set state = 'delivery', outcome = 'accepted', answered_at = now() where number = $1`, [it.number]);
  await given.as(SYSTEM).act(openCommitment, { source: { kind: 'answer', id: it.id }, subjectId: it.id, bodyId: first!.id as never, what: 'تركيب المصابيح', who: '', due: '2026-12-30' as never, public: true });
  const follow = () => Promise.all([1, 2].map(() => given.as(SYSTEM).act(followCommitments, undefined)));
  const set = (state: string) => given.sql(`update commitments set state = $2, done_at = $3, disputed_at = case when $2 = 'disputed' then $3::timestamptz end, settled_at = case when $2 in ('confirmed', 'unconfirmed') then $3::timestamptz end where subject_id = $1`, [it.id, state, given.clock.now()]);
  const state = async () => (await entry(it.number)).state;
  await follow();
  expect(await state()).toBe('delivery');
  for (const [commitment, expected] of [['done', 'delivered'], ['disputed', 'disputed'], ['done', 'delivered'], ['unconfirmed', 'unconfirmed'], ['confirmed', 'confirmed'], ['disputed', 'disputed']] as const) {
    await set(commitment);
    await follow();
    expect(await state()).toBe(expected);
  }
  expect((await acts(it.id)).map((act) => act.kind).slice(-6)).toEqual(['entry.delivered', 'entry.disputed', 'entry.delivered', 'entry.unconfirmed', 'entry.confirmed', 'entry.disputed']);
});

test('every few seconds only those are looked at to whose commitments something has happened', async () => {
  const it = await handedOn();
  await given.sql(`update entries set state = 'delivered', outcome = 'accepted', answered_at = now() where number = $1`, [it.number]);
  const lately = () => given.as(SYSTEM).act(followCommitments, { lately: true });
  await given.as(SYSTEM).act(openCommitment, { source: { kind: 'answer', id: it.id }, subjectId: it.id, bodyId: first!.id as never, what: 'تركيب المصابيح', who: '', due: '2026-12-30' as never, public: true });
  expect(await lately()).toBe(1);
  expect((await entry(it.number)).state).toBe('delivery');
  given.clock.addDays(1);
  await given.sql(`update commitments set state = 'done', done_at = $2 where subject_id = $1`, [it.id, given.clock.now()]);
  expect(await lately()).toBe(0);
  expect((await entry(it.number)).state).toBe('delivery');
  await given.as(SYSTEM).act(followCommitments, undefined);
  expect((await entry(it.number)).state).toBe('delivered');
});

test('an answer without a promise is closed after thirty days', async () => {
  const it = await handedOn();
  await given.sql(`update entries set state = 'answered', outcome = 'declined', answered_at = $2 where number = $1`, [it.number, given.clock.now()]);
  await given.as(SYSTEM).act(closeAnswered, undefined);
  expect((await entry(it.number)).state).toBe('answered');
  given.clock.addDays(31);
  await Promise.all([1, 2].map(() => given.as(SYSTEM).act(closeAnswered, undefined)));
  expect((await acts(it.id)).filter((act) => act.kind === 'entry.closed')).toHaveLength(1);
});
