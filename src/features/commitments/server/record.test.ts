import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlainDate } from '#kernel/working-days.ts';
import { openMemory } from '#platform/memory.ts';
import { SYSTEM, world } from '#testing/world.ts';
import { PROMISE_FIGURES, type PromiseFigure } from '../figures.ts';
import { breakCommitment, countCommitments, giveVoice, listCommitments, openCommitment, promisesBehind, renegotiateCommitment, reportDone, settleSilentCommitments, trackRecord, trackRecords } from './index.ts';

const given = await world({ now: '2025-06-01T09:00:00Z' });
const [first, second] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 2');
const officer = await given.person([{ role: 'officer', body: first!.id as never }]);
const date = (text: string) => text as PlainDate;
const on = (day: string) => given.clock.set(`${day}T09:00:00Z`);

async function promise(due: string, more: { body?: string; public?: boolean } = {}): Promise<string> {
  const made = { source: { kind: 'answer' as const, id: crypto.randomUUID() }, subjectId: crypto.randomUUID(), bodyId: (more.body ?? first!.id) as never, what: 'تركيب ستة مصابيح', who: '', due: date(due), public: more.public ?? true };
  return (await given.as(SYSTEM).act(openCommitment, made)).id;
}
const done = (id: string) => given.as(officer).act(reportDone, { id, text: 'ركّبنا المصابيح كلّها.' });
const move = (id: string, due: string) => given.as(officer).act(renegotiateCommitment, { id, due: date(due), reason: 'لم تصل المواد في وقتها.' });
const say = (id: string, verdict: 'yes' | 'no') => given.act(giveVoice, { commitmentId: id, voterHash: Buffer.from(id), voice: 'submitter', verdict });
const figures = (since: string | null) => given.ask(trackRecord, { bodyId: first!.id, since: since ? date(since) : null });

/** What one body did between June 2025 and 24 November 2026, each promise with its end known. */
async function aBodyWithAPast(): Promise<void> {
  const [old, early, edge, moved, twice, after, silent] = [await promise('2025-08-01'), await promise('2026-03-01'), await promise('2026-04-01'), await promise('2026-03-01'), await promise('2026-03-01'), await promise('2026-03-01'), await promise('2026-05-01')];
  const [given_up, said_no, said_no_in_time, hidden] = [await promise('2026-09-01'), await promise('2026-06-01'), await promise('2027-06-01'), await promise('2026-01-01', { public: false })];
  await promise('2025-07-01');
  await promise('2026-11-23');
  await promise('2026-11-24');
  const running = await promise('2026-12-01');
  await promise('2026-01-01', { body: second!.id });
  on('2025-07-20');
  await done(old);
  await say(old, 'yes');
  on('2026-02-20');
  await done(early);
  await say(early, 'yes');
  for (const id of [moved, twice, running]) await move(id, id === running ? '2027-01-11' : '2026-04-13');
  await move(twice, '2026-05-11');
  on('2026-04-01');
  await done(edge);
  await done(moved);
  await done(silent);
  on('2026-05-11');
  await done(twice);
  await done(after);
  await given.as(SYSTEM).act(settleSilentCommitments, undefined);
  for (const id of [said_no, said_no_in_time]) { await done(id); await say(id, 'no'); }
  await given.as(officer).act(breakCommitment, { id: given_up, reason: 'أُلغي المشروع من أصله.' });
  expect(hidden).toBeTruthy();
  on('2026-11-24');
}
await aBodyWithAPast();

test('a track record counts what came to its day in the period, and what is late or disputed whenever it was promised', async () => {
  const now = { lateNow: 3, disputed: 2, disputedLate: 1, openNow: 2, openMoved: 1 };
  expect(await figures('2026-01-01')).toEqual({ at: given.clock.now(), total: 11, keptFirst: 3, keptMoved: 2, moves: 3, keptLate: 1, broken: 1, confirmed: 1, unconfirmed: 3, asked: 2, ...now });
  expect(await figures(null)).toMatchObject({ total: 12, keptFirst: 4, confirmed: 2, ...now });
  expect(await figures('2026-11-01')).toMatchObject({ total: 4, keptFirst: 0, keptMoved: 0, moves: 0, keptLate: 0, broken: 0, asked: 0, ...now });
});

test('a day counts from its first hour in the governorate: done on the first day of the period is in it', async () => {
  expect((await figures('2026-04-01')).keptFirst).toBe(2);
  expect((await figures('2026-04-02')).keptFirst).toBe(0);
});

test('every promise stands once: the groups make up the total', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: 540 }), async (days) => {
    const it = await figures(new Date(Date.parse('2025-06-01') + days * 86_400_000).toISOString().slice(0, 10));
    expect(it.keptFirst + it.keptMoved + it.keptLate + it.lateNow + (it.disputed - it.disputedLate) + it.broken).toBe(it.total);
    expect(it.confirmed + it.unconfirmed + it.asked).toBe(it.keptFirst + it.keptMoved + it.keptLate);
  }), { numRuns: 25 });
});

test('late, disputed and open are the very figures of the lists behind them', async () => {
  const all = await figures(null);
  const listed = async (state: 'late' | 'disputed' | 'open') => (await given.ask(listCommitments, { q: '', state, body: first!.code, after: '' })).total.count;
  expect([await listed('late'), await listed('disputed'), await listed('open')]).toEqual([all.lateNow, all.disputed, all.openNow]);
  expect((await given.ask(countCommitments, { body: first!.code })).late).toBe(all.lateNow);
});

test('behind every figure stands a list of just as many, and no other promise', async () => {
  for (const since of [null, date('2026-01-01'), date('2026-11-01')]) {
    const it = await figures(since);
    const behind = async (figure: PromiseFigure | null) => (await given.ask(promisesBehind, { bodyId: first!.id, since, figure, after: '' })).items.length;
    const counts = { 'kept-first': it.keptFirst, 'kept-moved': it.keptMoved, 'kept-late': it.keptLate, late: it.lateNow, disputed: it.disputed, broken: it.broken };
    for (const figure of PROMISE_FIGURES) expect([since, figure, await behind(figure)]).toEqual([since, figure, counts[figure]]);
    expect(await behind(null)).toBe(it.total);
  }
});

test('a promise that is not public changes no figure, for anybody', async () => {
  const before = await figures(null);
  on('2026-11-23');
  await promise('2026-11-23', { public: false });
  on('2026-11-24');
  expect(await figures(null)).toEqual(before);
  expect(await given.as(officer).ask(trackRecord, { bodyId: first!.id, since: null })).toEqual(before);
});

test('all bodies are counted in one statement; a body without promises has none', async () => {
  const all = await given.ask(trackRecords, { since: null });
  expect([...all.keys()].toSorted()).toEqual([first!.id, second!.id].toSorted());
  expect(all.get(second!.id)).toMatchObject({ total: 1, lateNow: 1, keptFirst: 0 });
  expect(await given.ask(trackRecord, { bodyId: crypto.randomUUID(), since: null })).toMatchObject({ total: 0, openNow: 0, moves: 0 });
});

test('figures say when they were counted, also while they are remembered', async () => {
  const memory = openMemory();
  const countedAt = () => given.ask(async (ctx) => (await countCommitments({ ...ctx, remember: memory.remember }, {})).at, undefined);
  const first = await countedAt();
  given.clock.addMinutes(1);
  expect(await countedAt()).toEqual(first);
  memory.changed();
  expect(await countedAt()).toEqual(new Date(first.getTime() + 60_000));
});
