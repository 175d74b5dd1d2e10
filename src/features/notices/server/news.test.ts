import { beforeEach, expect, test } from 'vitest';
import type { Role } from '#kernel/actor.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { SYSTEM, VISITOR, world, type TestPerson } from '#testing/world.ts';
import { approveAnswer, publishDue, returnAnswer, saveCorrection, saveDraft, sendAnswer } from '../../answers/server/index.ts';
import { breakCommitment, commitmentsOf, escalateLateCommitments, openCommitment, renegotiateCommitment, reportDone } from '../../commitments/server/index.ts';
import { askSender, confirmEntry, escalateEntries, extendDeadline, followEntry, joinEntry, submitEntry, supportEntry, triageEntry, unsupportEntry } from '../../intake/server/index.ts';
import { grantRole } from '../../people/server/index.ts';
import { remindOfDue, tellNews } from './index.ts';

const given = await world();
const [first, second] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 2');
const staff = (role: Role, body: string | null = first!.id) => given.person([{ role, body: body as never }]);
const people = {
  coordinator: await staff('coordinator', null), officer: await staff('officer'), colleague: await staff('officer'), head: await staff('head'),
  stranger: await given.person([{ role: 'officer', body: second!.id as never }, { role: 'head', body: second!.id as never }]),
  sender: await given.person(), follower: await given.person(), supporter: await given.person(), bystander: await given.person(),
};
const { coordinator, officer, head, sender, follower, supporter } = people;
const nameOf = new Map<string, string>(Object.entries(people).map(([name, person]) => [person.id, name]));
const MAIL = 'canary@example.org';

beforeEach(async () => {
  given.clock.set('2026-11-24T09:00:00Z');
  await given.sql(`update news_cursor set at = '2026-11-01'`);
  await told();
});

/** What the worker makes of what happened since it last looked: who is told what, in order of names. */
async function told(): Promise<string[]> {
  await given.sql('delete from notices');
  while ((await given.as(SYSTEM).act(tellNews, undefined)) > 0);
  const rows = await given.sql<{ template: string; person_id: string | null }>('select template, person_id from notices');
  return rows.map((row) => `${row.template} ${row.person_id ? (nameOf.get(row.person_id) ?? 'somebody else') : MAIL}`).sort();
}

const submission = (more: object = {}) => ({
  once: crypto.randomUUID(), kind: 'need' as const, title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء والطريق مظلم.', language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [],
  served: '', servedCount: null, contact: '', name: '', named: false, channel: 'web' as const, ...more,
});
const triaged = (number: string, visibility = 'public') => given.as(coordinator).act(triageEntry, { number, sectors: [], place: '', visibility: visibility as never, body: first!.code });

/** A public entry of the sender, handed to the body, with one who follows and one who supports and does not follow. */
async function entry() {
  const it = await given.as(sender).act(submitEntry, submission());
  await triaged(it.number);
  await given.as(follower).act(followEntry, { number: it.number, follow: true });
  await given.as(supporter).act(supportEntry, { number: it.number });
  await given.as(supporter).act(followEntry, { number: it.number, follow: false });
  await told();
  return it;
}
const promise = (entryId: string, due = '2026-12-30') => given.as(SYSTEM).act(openCommitment, {
  source: { kind: 'answer', id: crypto.randomUUID() }, subjectId: entryId, bodyId: first!.id as never, what: 'تركيب ستة مصابيح', who: 'الورشة', due: due as PlainDate, public: true,
});
const draft = { outcome: 'accepted' as const, summary: 'نركّب المصابيح', reason: 'الأعمدة سليمة والمصابيح في المستودع.', referredTo: '', version: 0, promises: [{ what: 'تركيب المصابيح', who: 'الورشة', due: '2026-12-30' as PlainDate }] };

test('whoever sends something hears that it arrived and that it is public; the officers that it is theirs', async () => {
  const it = await given.as(sender).act(submitEntry, submission());
  expect(await told()).toEqual(['received sender']);
  await triaged(it.number);
  expect(await told()).toEqual(['assigned colleague', 'assigned officer', 'published sender']);
});

test('whoever left a contact only is told by it, in the language of the entry; who left none is told nothing', async () => {
  await given.act(submitEntry, submission());
  expect(await told()).toEqual([]);
  await given.act(submitEntry, submission({ contact: MAIL, language: 'ku' }));
  expect(await told()).toEqual([`received ${MAIL}`]);
  const [row] = await given.sql<Record<string, unknown>>('select * from notices');
  expect(row).toMatchObject({ language: 'ku', contact_kind: 'mail', urgent: true });
  expect(JSON.stringify(row)).not.toMatch(/canary|الشارع|المصابيح/);
});

test('a question goes to the sender alone and waits for no rhythm', async () => {
  const it = await entry();
  await given.as(officer).act(askSender, { number: it.number, question: 'أيّ الشوارع تقصد؟' });
  expect(await told()).toEqual(['question sender']);
  expect(await given.sql('select urgent, values from notices')).toEqual([{ urgent: true, values: { number: it.number } }]);
});

test('more time to answer is told to the sender and to those who follow, with the new date', async () => {
  const it = await entry();
  await given.as(officer).act(extendDeadline, { number: it.number, reason: 'ننتظر كشف الشركة على الأعمدة' });
  expect(await told()).toEqual(['extended follower', 'extended sender']);
  const [{ values }] = await given.sql<{ values: { due: string } }>('select values from notices') as [{ values: { due: string } }];
  expect(await given.sql('select 1 from entries where number = $1 and answer_due = $2', [it.number, values.due])).toHaveLength(1);
});

test('a join is told to the sender and to those whose follow moved along; later news reach them too, under the number they know', async () => {
  const [kept, old] = [await entry(), await given.act(submitEntry, submission({ contact: MAIL }))];
  await triaged(old.number);
  await given.as(people.bystander).act(followEntry, { number: old.number, follow: true });
  await told();
  await given.as(coordinator).act(joinEntry, { number: old.number, into: kept.number });
  expect(await told()).toEqual(['joined bystander', `joined ${MAIL}`].sort());
  await promise(kept.id);
  expect(await told()).toEqual(['promised bystander', `promised ${MAIL}`, 'promised follower', 'promised sender'].sort());
  expect(await given.sql(`select values->>'number' as number from notices where person_id is null`)).toEqual([{ number: old.number }]);
});

test('an answer: the head hears that it waits, the officers that it came back, the others when it is out', async () => {
  const it = await entry();
  const saved = await given.as(officer).act(saveDraft, { number: it.number, ...draft });
  await given.as(officer).act(sendAnswer, saved);
  expect(await told()).toEqual(['approval head']);
  await given.as(head).act(returnAnswer, { ...saved, note: 'اكتب الموعد بوضوح' });
  expect(await told()).toEqual(['returned colleague', 'returned officer']);
  const again = await given.as(officer).act(saveDraft, { number: it.number, ...draft, version: saved.version });
  await given.as(officer).act(sendAnswer, again);
  await given.as(head).act(approveAnswer, again);
  given.clock.addMinutes(given.profile.approvalDelayMinutes);
  expect(await told()).toEqual(['approval head']);
  await given.as(SYSTEM).act(publishDue, undefined);
  expect(await told()).toEqual(['answered follower', 'answered sender', 'promised follower', 'promised sender']);
  const correction = await given.as(officer).act(saveCorrection, { corrects: again.id, summary: 'نركّب ثمانية مصابيح', reason: draft.reason, version: 0 });
  await given.as(officer).act(sendAnswer, correction);
  await given.as(head).act(approveAnswer, correction);
  given.clock.addMinutes(given.profile.approvalDelayMinutes);
  await given.as(SYSTEM).act(publishDue, undefined);
  expect(await told()).toEqual(['approval head', 'corrected follower', 'corrected sender']);
});

test('what a head wrote, and what a body without a head wrote, waits for the governor\'s office', async () => {
  const it = await entry();
  await given.as(head).act(sendAnswer, await given.as(head).act(saveDraft, { number: it.number, ...draft }));
  expect(await told()).toEqual(['approval coordinator']);
  expect(await given.sql(`select values->>'room' as room from notices`)).toEqual([{ room: 'gov' }]);
});

test('a commitment: opened, moved, done, disputed, confirmed, broken', async () => {
  const it = await entry();
  const { id } = await promise(it.id);
  expect(await told()).toEqual(['promised follower', 'promised sender']);
  await given.as(officer).act(renegotiateCommitment, { id, due: '2027-01-15' as PlainDate, reason: 'المواد لم تصل' });
  expect(await told()).toEqual(['moved follower', 'moved sender']);
  expect(await given.sql(`select distinct values->>'due' as due from notices`)).toEqual([{ due: '2027-01-15' }]);
  await given.as(officer).act(reportDone, { id, text: 'ركّبنا المصابيح كلّها' });
  expect(await told()).toEqual(['confirm follower', 'confirm sender', 'confirm supporter']);
  await given.as(sender).act(confirmEntry, { number: it.number, verdict: 'no', words: '' });
  expect(await told()).toEqual(['disputed colleague', 'disputed follower', 'disputed head', 'disputed officer', 'disputed sender']);
  await given.as(officer).act(reportDone, { id, text: 'أصلحنا ما لم يعمل' });
  await told();
  await given.as(sender).act(confirmEntry, { number: it.number, verdict: 'yes', words: '' });
  const [state] = await given.ask(commitmentsOf, { subjectIds: [it.id], publicOnly: true });
  expect(state!.state).toBe('confirmed');
  expect(await told()).toEqual(['confirmed follower', 'confirmed sender']);
  const other = await promise(it.id);
  await told();
  await given.as(officer).act(breakCommitment, { id: other.id, reason: 'أُلغي التمويل' });
  expect(await told()).toEqual(['broken follower', 'broken sender']);
});

test('what is late goes up: officers, the head, the governor\'s office; each step once', async () => {
  const it = await entry();
  const { id } = await promise(it.id, '2026-11-25');
  await told();
  const steps: string[][] = [];
  for (const day of ['2026-11-26', '2026-12-06', '2026-12-20']) {
    given.clock.set(`${day}T09:00:00Z`);
    await given.as(SYSTEM).act(escalateLateCommitments, undefined);
    await given.as(SYSTEM).act(escalateEntries, undefined);
    const ofIt = (await told()).filter((line) => line.startsWith('escalated'));
    steps.push([...new Set(ofIt)]);
  }
  expect(steps[0]).toEqual(['escalated colleague', 'escalated officer']);
  expect(steps[1]).toContain('escalated head');
  expect(steps[2]).toContain('escalated coordinator');
  expect(steps.flat()).not.toContain('escalated stranger');
  expect(await given.sql('select 1 from acts where subject_id = $1 and kind = $2', [id, 'commitment.escalated'])).toHaveLength(3);
});

test('what is due soon is told to the officers once for each date', async () => {
  const it = await entry();
  const { id, number } = await promise(it.id, '2026-11-29');
  const soon = async () => { await given.sql('delete from notices'); await given.as(SYSTEM).act(remindOfDue, undefined); return given.sql<{ number: string; person_id: string }>(`select values->>'number' as number, person_id from notices where template = 'soon'`); };
  expect((await soon()).filter((row) => row.number === number).map((row) => nameOf.get(row.person_id)).sort()).toEqual(['colleague', 'officer']);
  expect(await soon()).toEqual([]);
  await given.as(officer).act(renegotiateCommitment, { id, due: '2026-11-30' as PlainDate, reason: 'المواد لم تصل' });
  expect((await soon()).map((row) => row.number)).toEqual([number, number]);
  const [{ due }] = await given.sql<{ due: string }>('select answer_due::text as due from entries where number = $1', [it.number]) as [{ due: string }];
  given.clock.set(`${due}T09:00:00Z`);
  expect((await soon()).map((row) => row.number)).toContain(it.number);
  await expect(given.as(officer).act(remindOfDue, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});

test('a complaint is between its sender and the office: nobody else hears, and no notice holds a word of it', async () => {
  const it = await given.act(submitEntry, submission({ kind: 'complaint', title: 'شكوى canary', text: 'موظف طلب رشوة canary أمام الناس', contact: '0944555666' }));
  await triaged(it.number, 'confidential');
  await given.as(officer).act(extendDeadline, { number: it.number, reason: 'نحتاج وقتاً لسؤال الشهود' });
  expect(await told()).toEqual([`assigned colleague`, `assigned officer`, `extended ${MAIL}`, `received ${MAIL}`]);
  expect(JSON.stringify(await given.sql('select * from notices'))).not.toMatch(/canary|رشوة|944555666/);
});

test('a role is told to the other administrators while it waits for one of them', async () => {
  const [one, two] = [await staff('administrator', null), await staff('administrator', null)];
  nameOf.set(one.id, 'one').set(two.id, 'two');
  const grant = async (role: 'clerk' | 'moderator') => given.as(one).act(grantRole, { person: (await given.person()).id, role, body: null });
  expect(await grant('clerk')).toEqual({ counts: true });
  expect(await told()).toEqual([]);
  await given.sql(`update people_state set two_persons_since = '2026-11-24'`);
  expect(await grant('moderator')).toEqual({ counts: false });
  expect(await told()).toEqual(['role two']);
});

test('of two who tell the news at once, each piece is told once; told again, nothing is added', async () => {
  const it = await entry();
  await given.sql('delete from notices');
  await promise(it.id);
  await Promise.all(Array.from({ length: 6 }, () => given.as(SYSTEM).act(tellNews, undefined)));
  while ((await given.as(SYSTEM).act(tellNews, undefined)) > 0);
  const count = async () => (await given.sql<{ n: number }>('select count(*)::int as n from notices'))[0]!.n;
  expect(await count()).toBe(2);
  await given.sql('delete from news_seen where act_id in (select id from acts where kind = $1)', ['commitment.opened']);
  expect(await given.as(SYSTEM).act(tellNews, undefined)).toBeGreaterThan(0);
  expect(await given.sql('select 1 from notices where once_key in (select once_key from notices group by once_key having count(*) > 1)')).toEqual([]);
});

test('who unsupported, unfollowed or closed the account is left in peace; news are the worker\'s to tell', async () => {
  const it = await entry();
  const gone = await given.person();
  await given.as(gone).act(followEntry, { number: it.number, follow: true });
  await given.sql('update persons set ended_at = now() where id = $1', [gone.id]);
  await given.as(supporter).act(unsupportEntry, { number: it.number });
  await given.as(follower).act(followEntry, { number: it.number, follow: false });
  const { id } = await promise(it.id);
  await told();
  await given.as(officer).act(reportDone, { id, text: 'ركّبنا المصابيح كلّها' });
  expect(await told()).toEqual(['confirm sender']);
  for (const who of [VISITOR, sender, head, coordinator] as (TestPerson | typeof VISITOR)[]) await expect(given.as(who).act(tellNews, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});
