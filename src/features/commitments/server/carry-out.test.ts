import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { House, Tables } from '../../context.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { openPool, urlFor } from '#platform/db/connection.ts';
import { openDoors, type Who } from '#platform/doors.ts';
import { TEST_SECRETS } from '#testing/cluster.ts';
import { SYSTEM, VISITOR, world, type TestPerson } from '#testing/world.ts';
import { attachmentsOf, readAttachment, stageFile } from '../../attachments/server/index.ts';
import { prepareAttachment } from '../../attachments/server/jobs.ts';
import { historyOf } from '../../record/server/index.ts';
import { SOURCES, type SourceKind } from '../model.ts';
import {
  breakCommitment, escalateLateCommitments, giveVoice, lateByBody, lateCommitments, lateOfMyBodies, listCommitments, mayReadCommitmentFiles, openCommitment, promisesOfMyBodies, renegotiateCommitment, reportDone,
  reportProgress, settleSilentCommitments, showCommitment, voicesFor,
} from './index.ts';

const given = await world();
const [first, second] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 2');
const body = first!.id as never;
const officer = await given.person([{ role: 'officer', body }]);
const head = await given.person([{ role: 'head', body }]);
const coordinator = await given.person([{ role: 'coordinator' }]);
const stranger = await given.person([{ role: 'officer', body: second!.id as never }, { role: 'head', body: second!.id as never }]);
const house: House = { ask: (who, query, input) => given.as(who).ask(query, input), glance: (who, query, input) => given.as(who).ask(query, input), act: (who, work, input) => given.as(who).act(work, input), close: async () => undefined };
const refused = (because: string, fields?: object) => ({ refusal: { because, ...(fields ? { fields } : {}) } });
const date = (text: string) => text as PlainDate;
const REASON = 'لم تصل المواد من المستودع بعد.';

const open = (more: { due?: string; public?: boolean; source?: SourceKind; what?: string } = {}) => given.as(SYSTEM).act(openCommitment, {
  source: { kind: more.source ?? 'answer', id: randomUUID() }, subjectId: randomUUID(), bodyId: body, what: more.what ?? 'تركيب ستة مصابيح', who: 'ورشة الإنارة', due: date(more.due ?? '2026-12-30'), public: more.public ?? true,
});
const show = (number: string, who: TestPerson | Who = VISITOR) => given.as(who).ask(showCommitment, number);
const kinds = async (id: string) => (await given.ask(historyOf, { subjects: [id], publicOnly: false })).map((act) => act.kind);
const photo = () => sharp({ create: { width: 900, height: 600, channels: 3, background: '#684' } }).jpeg().toBuffer();
const say = (id: string, verdict: 'yes' | 'no') => given.act(giveVoice, { commitmentId: id, voterHash: Buffer.from(randomUUID()), voice: 'submitter', verdict });

test('from a promise to done: progress with a photo, a later date, evidence; all of it public, the old date too', async () => {
  const it = await open();
  await given.as(officer).act(reportProgress, { id: it.id, text: 'وصلت ثلاثة مصابيح.', files: [await photo()] });
  given.clock.addMinutes(1);
  await expect(given.as(head).act(renegotiateCommitment, { id: it.id, due: date('2027-01-17'), reason: REASON })).rejects.toMatchObject({ refusal: { fields: { due: 'not-working-day' } } });
  await given.as(head).act(renegotiateCommitment, { id: it.id, due: date('2027-01-18'), reason: REASON });
  await given.as(officer).act(reportDone, { id: it.id, text: 'ركّبنا المصابيح الستة.' });
  const view = await show(it.number);
  expect(view).toMatchObject({ state: 'done', due: '2027-01-18', firstDue: '2026-12-30', slips: 1, slipList: [{ from: '2026-12-30', to: '2027-01-18', reason: REASON }], updates: [{ kind: 'progress' }, { kind: 'evidence' }], asked: true, mayCarryOut: false });
  expect(await kinds(it.id)).toEqual(['commitment.opened', 'commitment.progressed', 'commitment.renegotiated', 'commitment.done']);
  const acts = await given.ask(historyOf, { subjects: [it.id], publicOnly: true });
  expect(acts).toHaveLength(4);
  expect(acts[2]).toMatchObject({ role: 'head', body: first!.code, detail: { from: '2026-12-30', to: '2027-01-18' }, content: { reason: REASON } });
});

test('a photo is shown once it is prepared, and only where the commitment is shown', async () => {
  const [open_, hidden] = [await open(), await open({ public: false })];
  for (const it of [open_, hidden]) await given.as(officer).act(reportDone, { id: it.id, text: 'ركّبنا المصابيح الستة.', files: [await photo()] });
  const ownerOf = async (it: { number: string }) => (await show(it.number, officer)).updates[0]!.id;
  const [shown, kept] = [await ownerOf(open_), await ownerOf(hidden)];
  expect(await given.ask(attachmentsOf, { ownerIds: [shown], publicOnly: true })).toEqual([]);
  for (const file of await given.ask(attachmentsOf, { ownerIds: [shown, kept], publicOnly: false })) await prepareAttachment(house, SYSTEM, file.id);
  expect(await given.ask(attachmentsOf, { ownerIds: [shown, kept], publicOnly: true })).toMatchObject([{ ownerId: shown, state: 'ready', media: 'photo' }]);
  const [secret] = await given.ask(attachmentsOf, { ownerIds: [kept], publicOnly: false });
  for (const [who, may] of [[VISITOR, false], [stranger, false], [officer, true], [coordinator, true]] as const) {
    const concerned = await given.as(who).ask(mayReadCommitmentFiles, { kind: 'commitment', id: kept });
    expect(concerned).toBe(may);
    const read = given.as(who).ask(readAttachment, { id: secret!.id, variant: 'large', concerned });
    await (may ? expect(read).resolves.toMatchObject({ mediaType: 'image/webp' }) : expect(read).rejects.toMatchObject(refused('not-found')));
  }
});

test('a file that cannot be taken leaves nothing behind; photos that waited with a refused form come along', async () => {
  const it = await open();
  await expect(given.as(officer).act(reportDone, { id: it.id, text: 'ركّبنا المصابيح.', files: [Buffer.from('not a photo')] })).rejects.toMatchObject(refused('invalid', { files: 'not-supported' }));
  expect(await show(it.number)).toMatchObject({ state: 'open', updates: [] });
  const draftId = randomUUID();
  await given.as(officer).act(stageFile, { ownerKind: 'draft', ownerId: draftId, bytes: await photo() });
  await given.as(officer).act(reportDone, { id: it.id, text: 'ركّبنا المصابيح.', draftId, files: [await photo()] });
  const { updates } = await show(it.number);
  expect(await given.ask(attachmentsOf, { ownerIds: [updates[0]!.id], publicOnly: false })).toHaveLength(2);
});

test('visitors, strangers and one factor carry nothing out; a private one is not found by them', async () => {
  const oneFactor = await given.person([{ role: 'officer', body }], { assurance: 'one' });
  for (const [it, because] of [[await open(), 'not-allowed'], [await open({ public: false }), 'not-found']] as const) {
    for (const who of [VISITOR, stranger, oneFactor, await given.person()] as (Who | TestPerson)[]) {
      await expect(given.as(who).act(reportProgress, { id: it.id, text: 'وصلت المصابيح.' })).rejects.toMatchObject(refused(because));
      await expect(given.as(who).act(reportDone, { id: it.id, text: 'وصلت المصابيح.' })).rejects.toMatchObject(refused(because));
      await expect(given.as(who).act(renegotiateCommitment, { id: it.id, due: date('2027-01-18'), reason: REASON })).rejects.toMatchObject(refused(because));
      await expect(given.as(who).act(breakCommitment, { id: it.id, reason: REASON })).rejects.toMatchObject(refused(because));
      await expect(given.as(who).act(openCommitment, { source: { kind: 'answer', id: it.id }, subjectId: it.id, bodyId: body, what: 'وعد مزوّر', who: '', due: date('2027-01-01'), public: true })).rejects.toMatchObject(refused('not-allowed'));
      await expect(given.as(who).ask(voicesFor, { id: it.id })).rejects.toMatchObject(refused('not-found'));
      await expect(given.as(who).ask(lateByBody, undefined)).rejects.toMatchObject(refused('not-allowed'));
      await expect(given.as(who).ask(lateCommitments, {})).rejects.toMatchObject(refused('not-allowed'));
      await expect(given.as(who).act(escalateLateCommitments, undefined)).rejects.toMatchObject(refused('not-allowed'));
      await expect(given.as(who).act(settleSilentCommitments, undefined)).rejects.toMatchObject(refused('not-allowed'));
      expect((await given.as(who).ask(promisesOfMyBodies, undefined)).live.map((line) => line.id)).not.toContain(it.id);
    }
    expect((await given.as(officer).ask(promisesOfMyBodies, undefined)).live.map((line) => line.id)).toContain(it.id);
  }
});

test('a private commitment looks like one that does not exist, in every list and by its number', async () => {
  const hidden = await open({ public: false, what: 'وعد لا يراه أحد' });
  for (const who of [VISITOR, stranger, await given.person()] as (Who | TestPerson)[]) {
    const [secret, unknown] = await Promise.allSettled([show(hidden.number, who), show('TST-9999-26', who)]);
    expect(secret).toEqual(unknown);
    const list = await given.as(who).ask(listCommitments, { q: 'لا يراه أحد', state: null, body: '', after: '' });
    expect(list).toMatchObject({ items: [], total: { count: 0 }, figures: { total: 0 } });
    expect((await given.as(who).ask(listCommitments, { q: hidden.number, state: null, body: '', after: '' })).items).toEqual([]);
  }
  for (const who of [officer, head, coordinator]) expect((await show(hidden.number, who)).what).toBe('وعد لا يراه أحد');
});

test('of eight later dates at once one passes, and the others are told that it has moved', async () => {
  const it = await open();
  const { version } = await show(it.number);
  const results = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7, 8].map((day) => given.as(day % 2 ? officer : head).act(renegotiateCommitment, { id: it.id, due: date(`2027-02-${String(day <= 5 ? day : day + 2).padStart(2, '0')}`), reason: REASON, once: randomUUID(), seen: version })));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject(refused('conflict'));
  expect((await show(it.number)).slipList).toHaveLength(1);
  await expect(given.as(head).act(reportDone, { id: it.id, text: 'ركّبنا المصابيح.', seen: version })).rejects.toMatchObject(refused('conflict'));
  await expect(given.as(head).act(breakCommitment, { id: it.id, reason: REASON, seen: version })).rejects.toMatchObject(refused('conflict'));
});

test('a form that is sent eight times is done once; under its key nothing else is done', async () => {
  const it = await open();
  const { version } = await show(it.number);
  const same = { id: it.id, text: 'وصلت ثلاثة مصابيح.', once: randomUUID(), seen: version };
  await Promise.all(Array.from({ length: 8 }, async () => given.as(officer).act(reportProgress, { ...same, files: [await photo()] })));
  const { updates } = await show(it.number);
  expect(updates).toHaveLength(1);
  expect(await given.ask(attachmentsOf, { ownerIds: [updates[0]!.id], publicOnly: false })).toHaveLength(1);
  await expect(given.as(officer).act(reportProgress, { ...same, text: 'شيء آخر تماماً.' })).rejects.toMatchObject(refused('invalid', { form: 'sent-before' }));
  const done = { id: it.id, text: 'ركّبنا المصابيح الستة.', once: randomUUID(), seen: version };
  await Promise.all(Array.from({ length: 8 }, () => given.as(officer).act(reportDone, done)));
  const broken = await open();
  const broke = { id: broken.id, reason: REASON, once: randomUUID(), seen: 1 };
  await Promise.all(Array.from({ length: 8 }, () => given.as(officer).act(breakCommitment, broke)));
  expect((await kinds(it.id)).slice(1)).toEqual(['commitment.progressed', 'commitment.done']);
  expect((await kinds(broken.id)).slice(1)).toEqual(['commitment.broken']);
});

test('the application itself can take back neither a slip nor an update', async () => {
  const it = await open();
  await given.as(officer).act(renegotiateCommitment, { id: it.id, due: date('2027-01-18'), reason: REASON });
  for (const text of ['update commitment_slips set reason = $$x$$', 'delete from commitment_slips', 'update commitment_updates set text = $$xyz$$', 'delete from confirmations']) {
    await expect(given.pool.query(text)).rejects.toThrow('permission denied');
  }
});

test('late is told level by level, each once, also by two workers at once; a new date begins at the bottom', async () => {
  const it = await open({ due: '2026-11-24' });
  const levels = async () => (await given.ask(historyOf, { subjects: [it.id], publicOnly: true })).filter((act) => act.kind === 'commitment.escalated').map((act) => act.detail.level);
  const beat = () => Promise.all([1, 2].map(() => given.as(SYSTEM).act(escalateLateCommitments, undefined)));
  await beat();
  expect(await levels()).toEqual([]);
  given.clock.set('2026-11-25T09:00:00Z');
  await beat();
  expect(await levels()).toEqual([1]);
  expect(await given.as(head).ask(lateOfMyBodies, undefined)).toMatchObject({ all: 1, escalated: 0 });
  // a worker that slept says all that it missed
  given.clock.set('2026-12-10T09:00:00Z');
  await beat();
  await beat();
  expect(await levels()).toEqual([1, 2, 3]);
  expect(await given.as(head).ask(lateOfMyBodies, undefined)).toMatchObject({ all: 1, escalated: 1 });
  expect(await given.as(coordinator).ask(lateByBody, undefined)).toMatchObject([{ body: { code: first!.code }, late: 1, escalated: 1, oldestDue: '2026-11-24' }]);
  expect(await given.as(coordinator).ask(lateCommitments, { body: first!.code })).toMatchObject([{ id: it.id, escalated: 3 }]);
  expect(await given.as(coordinator).ask(lateCommitments, { body: second!.code })).toEqual([]);
  await given.as(officer).act(renegotiateCommitment, { id: it.id, due: date('2026-12-15'), reason: REASON });
  await beat();
  given.clock.set('2026-12-16T09:00:00Z');
  await beat();
  expect(await levels()).toEqual([1, 2, 3, 1]);
  given.clock.set('2026-11-24T09:00:00Z');
});

test('what is disputed after its date climbs from the day of the dispute', async () => {
  const it = await open({ due: '2026-11-25' });
  await given.as(officer).act(reportDone, { id: it.id, text: 'ركّبنا المصابيح الستة.' });
  given.clock.set('2026-12-20T09:00:00Z');
  await say(it.id, 'no');
  expect(await show(it.number)).toMatchObject({ state: 'disputed', late: true });
  const level = async () => (await given.sql<{ escalated: number }>('select escalated from commitments where id = $1', [it.id]))[0]!.escalated;
  await given.as(SYSTEM).act(escalateLateCommitments, undefined);
  expect(await level()).toBe(0);
  given.clock.set('2026-12-21T09:00:00Z');
  await given.as(SYSTEM).act(escalateLateCommitments, undefined);
  expect(await level()).toBe(1);
  given.clock.set('2026-11-24T09:00:00Z');
});

test('a commitment of any source is opened, listed, shown and carried out alike', async () => {
  for (const source of SOURCES) {
    const it = await open({ source, what: `وعد من مصدر ${source}` });
    await given.as(officer).act(reportDone, { id: it.id, text: 'أُنجز كل ما فيه.' });
    await say(it.id, 'yes');
    expect(await show(it.number)).toMatchObject({ source, state: 'confirmed' });
    expect((await given.ask(listCommitments, { q: source, state: 'confirmed', body: first!.code, after: '' })).items).toMatchObject([{ number: it.number }]);
  }
});

test('the list finds words in any spelling, counts what its figures say, and pages without gap or double', async () => {
  for (let n = 0; n < 45; n++) await open({ what: `ترميم مدرسة رقم ${n}`, due: `2027-0${1 + (n % 9)}-11` });
  const read = (more: object) => given.ask(listCommitments, { q: 'المدرسه', state: null, body: '', after: '', ...more });
  for (const state of [null, 'open'] as const) {
    const numbers: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const page: Awaited<ReturnType<typeof read>> = await read({ state, after });
      expect(page.total).toEqual({ count: 45, more: false });
      numbers.push(...page.items.map((line) => line.number));
      after = page.next;
    }
    expect(new Set(numbers).size).toBe(45);
    expect(numbers).toHaveLength(45);
  }
  expect(await read({ q: 'مدرسة جسر' })).toMatchObject({ items: [], figures: { total: 0 } });
  expect((await read({ q: '؟' })).items).toEqual([]);
  expect((await read({ after: 'nonsense' })).items).toHaveLength(20);
});

test('the list takes three reading statements, however many there are', async () => {
  const statements: string[] = [];
  const pool = openPool(urlFor('abwab_app', given.database.url, TEST_SECRETS), 1);
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    client.query = ((...args: [string | { text: string }]) => { statements.push(typeof args[0] === 'string' ? args[0] : args[0].text); return query(...args); }) as never;
  });
  const doors = openDoors<Tables>({ pool, profile: given.profile, secrets: TEST_SECRETS });
  const list = await doors.ask(VISITOR, listCommitments, { q: 'مدرسة', state: null, body: first!.code, after: '' });
  await doors.close();
  expect(list.items.length).toBe(20);
  expect(statements.filter((text) => text.startsWith('select'))).toHaveLength(3);
});
