import { expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { office } from '#testing/entries.ts';
import { VISITOR, world } from '#testing/world.ts';
import type { Ctx } from '../../context.ts';
import { record } from '../../record/server/index.ts';
import { failedJobs, giveUpJob, houseHealth, retryJob, unusualActs } from './index.ts';

const given = await world();
const it = await office(given);
const administrator = await given.person([{ role: 'administrator' }]);
const auditor = await given.person([{ role: 'auditor' }]);
const as = given.as(administrator);
const promise = async (name: string) => (await as.ask(houseHealth, { freeBytes: 5e9 })).promises.find((one) => one.name === name)!;

/** A job that has used up its tries. */
async function failed(task: string): Promise<string> {
  await given.as(VISITOR).act((ctx: Ctx) => ctx.enqueue(task, { secret: 'payload-canary' }), undefined);
  return (await given.sql<{ id: string }>(`update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'payload-canary' where id = (select max(id) from graphile_worker._private_jobs) returning id::text`))[0]!.id;
}

test('a failed job is named without what it held; tried again, or given up, once', async () => {
  const first = await failed('attachments.prepare');
  const second = await failed('attachments.prepare');
  const jobs = await as.ask(failedJobs, undefined);
  expect(jobs.map((job) => [job.id, job.task])).toEqual(expect.arrayContaining([[first, 'attachments.prepare'], [second, 'attachments.prepare']]));
  expect(JSON.stringify(jobs)).not.toContain('payload-canary');
  expect(await promise('jobs')).toMatchObject({ figure: 2, kept: false });
  const tries = await Promise.allSettled([as.act(retryJob, { id: first }), as.act(retryJob, { id: first })]);
  expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  await as.act(giveUpJob, { id: second });
  await expect(as.act(giveUpJob, { id: second })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  expect(await as.ask(failedJobs, undefined)).toEqual([]);
  expect(await given.sql(`select attempts from graphile_worker._private_jobs where id = $1`, [first])).toEqual([{ attempts: 0 }]);
  expect(await given.sql(`select kind from acts where kind like 'site.job-%' and not public order by seq`)).toEqual([{ kind: 'site.job-retried' }, { kind: 'site.job-given-up' }]);
});

test('promises are computed from what is there, and unknown until there is something', async () => {
  expect(await promise('answers')).toMatchObject({ figure: null, kept: null });
  expect(await promise('backup')).toMatchObject({ figure: null, kept: null });
  const late = await it.assigned();
  const answered = await it.assigned();
  await it.answered(answered.number);
  given.clock.addDays(60);
  expect(await promise('answers')).toMatchObject({ figure: 0.5, kept: false, promised: 1 });
  await given.sql(`update entries set state = 'withdrawn', title = '' where number = $1`, [late.number]);
  expect(await promise('answers')).toMatchObject({ figure: 1, kept: true });
  await given.sql(`insert into sign_in_codes (id, contact_hash, code_hash, code_sealed, contact_sealed, contact_kind, language, papers_seen, attempts, created_at, expires_at) values (gen_random_uuid(), 'x', 'x', 'x', 'x', 'mail', 'ar', false, 0, $1::timestamptz - interval '2 minutes', $1::timestamptz + interval '8 minutes')`, [given.clock.now()]);
  expect(await promise('codes')).toMatchObject({ figure: 120, kept: false });
  expect((await promise('record')).kept, 'nobody publishes here').toBe(false);
  expect(await promise('watchers')).toMatchObject({ figure: 0, kept: false });
});

test('how long codes and lines of the record take is the slowest but one of a hundred; what nobody sent is unknown', async () => {
  for (const name of ['sent', 'sealed'] as const) expect(await promise(name)).toMatchObject({ figure: null, kept: null });
  expect(await promise('disk')).toMatchObject({ figure: 5e9, kept: true, side: 'least' });
  expect(await promise('late')).toMatchObject({ figure: 0, kept: true });
  for (let at = 0; at < 3; at++) await given.sql(`insert into sign_in_codes (id, contact_hash, code_hash, contact_sealed, contact_kind, language, papers_seen, attempts, created_at, expires_at, sent_at) values (gen_random_uuid(), 'y', 'y', 'y', 'mail', 'ar', false, 0, $1::timestamptz, $1::timestamptz + interval '8 minutes', $1::timestamptz + make_interval(secs => $2))`, [given.clock.now(), at === 2 ? 90 : 2]);
  given.clock.addMinutes(5);
  const { figure, kept } = await promise('sent');
  expect([Number(figure) > 60, kept]).toEqual([true, false]);
  await it.open();
  const [{ size }] = (await given.sql<{ size: number }>(`with waiting as (select act_id, row_number() over () - 1 as at from record_queue) insert into record_leaves (log_index, act_id) select coalesce((select max(log_index) + 1 from record_leaves), 0) + at, act_id from waiting returning (select count(*)::int from waiting) as size`)) as [{ size: number }];
  expect(size).toBeGreaterThan(0);
  await given.sql(`insert into record_seals (size, at) select (select max(log_index) + 1 from record_leaves), $1::timestamptz + interval '4 seconds'`, [given.clock.now()]);
  expect(Number((await promise('sealed')).figure)).toBeGreaterThanOrEqual(4);
});

test('ways into accounts and copies of personal data are unusual from a number on', async () => {
  const clerk = await given.person([{ role: 'clerk', body: it.body }]);
  const code = (count: number) => given.sql(`insert into sign_in_codes (id, contact_hash, code_hash, contact_sealed, contact_kind, language, issued_by, papers_seen, attempts, created_at, expires_at) select gen_random_uuid(), 'z', 'z', 'z', 'phone', 'ar', $1, false, 0, $2::timestamptz, $2::timestamptz + interval '8 minutes' from generate_series(1, $3)`, [clerk.id, given.clock.now(), count]);
  const found = async () => (await given.as(auditor).ask(unusualActs, undefined)).map((one) => [one.rule, one.count]);
  await code(19);
  expect(await found()).not.toContainEqual(['codes', 19]);
  await code(1);
  expect(await found()).toContainEqual(['codes', 20]);
  const resident = given.as(await given.person());
  for (let at = 0; at < 3; at++) {
    expect(await found()).not.toContainEqual(['exports', at]);
    await resident.act(async (ctx: Ctx) => record(ctx, 'person.exported', { kind: 'person', id: newId() }, { public: false, as: { role: 'resident' } }), undefined);
  }
  expect(await found()).toContainEqual(['exports', 3]);
  await given.sql(`insert into sign_in_links (id, token_hash, person_id, created_by, reusable, created_at, expires_at) select gen_random_uuid(), sha256(convert_to('l' || at, 'UTF8')), $1, $2, false, $3::timestamptz, $3::timestamptz from generate_series(1, 10) at`, [clerk.id, administrator.id, given.clock.now()]);
  expect(await found()).toContainEqual(['links', 10]);
  given.clock.addDays(2);
});

test('unusual by rule: found from the number on, named to auditor and administrator', async () => {
  const busy = await given.person([{ role: 'moderator' }]);
  await given.sql(`update persons set display_name = 'مشرف' where id = $1`, [busy.id]);
  const remove = (count: number) => given.as(busy).act(async (ctx: Ctx) => {
    for (let at = 0; at < count; at++) await record(ctx, 'comment.removed', { kind: 'comment', id: newId() }, { public: false, as: { role: 'moderator' } });
  }, undefined);
  await remove(19);
  expect((await given.as(auditor).ask(unusualActs, undefined)).filter((one) => one.rule === 'removals')).toEqual([]);
  await remove(1);
  expect(await given.as(auditor).ask(unusualActs, undefined)).toEqual(expect.arrayContaining([expect.objectContaining({ rule: 'removals', person: 'مشرف', count: 20 })]));
  given.clock.addDays(2);
  expect(await as.ask(unusualActs, undefined)).toEqual([]);
});

test('at night, and from a device that an administrator had not used', async () => {
  given.clock.set('2027-03-01T23:30:00Z');
  await given.as(it.officer).act(async (ctx: Ctx) => {
    for (let at = 0; at < 10; at++) await record(ctx, 'answer.sent', { kind: 'answer', id: newId() }, { public: false, as: { role: 'officer' } });
  }, undefined);
  const sitting = (device: string, minutes: number) => given.sql(`insert into sessions (id, token_hash, person_id, assurance, via, device, created_at, seen_at, locks_at, expires_at) values (gen_random_uuid(), sha256($1), $2, 'two', 'code', $3, $4::timestamptz + make_interval(mins => $5), $4, $4, $4)`,
    [Buffer.from(`${device}${minutes}`), administrator.id, device, given.clock.now(), minutes]);
  await sitting('linux', -200_000);
  await sitting('linux', -10);
  expect((await as.ask(unusualActs, undefined)).map((one) => one.rule)).toEqual(['night']);
  await sitting('android', -5);
  expect((await as.ask(unusualActs, undefined)).map((one) => one.rule).sort()).toEqual(['device', 'night']);
});

test('one head who approves nearly everything is unusual only where there are two', async () => {
  given.clock.addDays(60);
  const approve = () => given.as(it.head).act(async (ctx: Ctx) => {
    for (let at = 0; at < 10; at++) await record(ctx, 'answer.approved', { kind: 'answer', id: newId() }, { public: false, as: { role: 'head', body: it.code } });
  }, undefined);
  await approve();
  const found = async () => (await given.as(auditor).ask(unusualActs, undefined)).filter((one) => one.rule === 'approvals').map((one) => one.count);
  expect(await found()).toEqual([]);
  await given.person([{ role: 'head', body: it.body }]);
  expect(await found()).toEqual([10]);
});

test('nobody else sees or does any of it', async () => {
  for (const who of [VISITOR, await given.person(), it.coordinator, it.officer, await given.person([{ role: 'administrator' }], { assurance: 'one' })]) {
    const stranger = given.as(who);
    for (const one of await Promise.allSettled([stranger.ask(failedJobs, undefined), stranger.ask(houseHealth, { freeBytes: null }), stranger.ask(unusualActs, undefined), stranger.act(retryJob, { id: '1' }), stranger.act(giveUpJob, { id: '1' })])) {
      expect(one).toMatchObject({ status: 'rejected', reason: { refusal: { because: 'not-allowed' } } });
    }
  }
  await expect(given.as(auditor).ask(houseHealth, { freeBytes: null })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});
