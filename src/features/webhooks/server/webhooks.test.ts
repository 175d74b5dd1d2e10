/** What happens in public is told to the programs that want to hear it: signed, at least once, and nothing that is not public. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Refused } from '#kernel/refusal.ts';
import { CANARIES, everything } from '#testing/everything.ts';
import { office } from '#testing/entries.ts';
import { world } from '#testing/world.ts';
import type { Posted } from '#platform/outside/post.ts';
import { publishEntry, withdrawEntry } from '../../intake/server/index.ts';
import { addHook, claimDelivery, endHook, forgetDeliveries, hookList, hookPage, retryDelivery, settleDelivery } from './index.ts';
import { tellDue } from './jobs.ts';
import { MOST_ATTEMPTS } from '../rules.ts';
import type { Message } from '../views.ts';

const given = await world();
const it = await office(given);
const administrator = await given.person([{ role: 'administrator' }]);
const worker = { actor: { kind: 'system', job: 'webhooks' } as const, caller: null };
const add = (more: object = {}) => given.as(administrator).act(addHook, { name: 'صحيفة الحيّ', url: 'https://hooks.example/in', topics: [], ...more });
const end = (id: string) => given.as(administrator).act(endHook, { id });
const house = { ask: (_: unknown, query: never, input: never) => given.as(worker).ask(query, input), act: (_: unknown, work: never, input: never) => given.as(worker).act(work, input) } as never;
const because = (work: Promise<unknown>): Promise<string> => work.then(() => 'done', (error: unknown) => (error instanceof Refused ? error.refusal.because : String(error)));

type Heard = { url: string; body: string; headers: Record<string, string> };
const tell = async (answer: (heard: Heard) => Posted = () => ({ status: 200, milliseconds: 3 })): Promise<Heard[]> => {
  const heard: Heard[] = [];
  await tellDue(house, worker, async (url, body, headers) => { heard.push({ url, body, headers }); return answer(heard.at(-1)!); }, 'https://abwab.example');
  return heard;
};
const message = (heard: Heard): Message => JSON.parse(heard.body) as Message;

test('every public act is told once, with a signature that its receiver can check', async () => {
  const hook = await add();
  const { number } = await it.open();
  const heard = await tell();
  expect(heard.map((one) => message(one).type)).toEqual(['entry.published']);
  expect(message(heard[0]!).data.subject).toEqual({ kind: 'entry', number, url: `https://abwab.example/n/${number}`, api: `https://abwab.example/api/v1/entries/${number}` });
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = heard[0]!.headers;
  // As the specification of Standard Webhooks says it, written here again.
  expect(hook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(signature).toBe(`v1,${createHmac('sha256', Buffer.from(hook.secret.replace('whsec_', ''), 'base64')).update(`${id}.${at}.${heard[0]!.body}`).digest('base64')}`);
  expect(Number(at)).toBe(Math.floor(given.clock.now().getTime() / 1000));
  expect(await tell()).toEqual([]);
  expect(JSON.stringify(await given.sql('select * from hooks'))).not.toContain(hook.secret.slice(6, 40));
  await end(hook.id);
});

test('an act that is rolled back is told to nobody: the outbox is part of its transaction', async () => {
  const hook = await add();
  const entry = await it.submit();
  await given.sql('delete from hook_deliveries');
  await expect(given.as(it.coordinator).act(async (ctx, input: { number: string }) => { await publishEntry(ctx, input as never); throw new Error('later'); }, { number: entry.number })).rejects.toThrow();
  expect(await given.sql('select 1 from hook_deliveries')).toEqual([]);
  await it.triage(entry.number);
  expect(await given.sql('select a.kind from hook_deliveries d join acts a on a.id = d.act_id')).toEqual([{ kind: 'entry.published' }]);
  await tell();
  await end(hook.id);
});

test('what failed is tried again with growing pauses under the same id, then given up, and tried once more on demand', async () => {
  const hook = await add();
  await it.open();
  const ids = new Set<string>();
  let pause = 0;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const heard = await tell(() => (attempt % 2 ? { status: 503, milliseconds: 9 } : { problem: 'unreachable', milliseconds: 9 }));
    expect(heard).toHaveLength(1);
    ids.add(heard[0]!.headers['webhook-id']!);
    expect(await tell()).toEqual([]);
    const { deliveries } = await given.as(administrator).ask(hookPage, { id: hook.id });
    const { nextAt } = deliveries[0]!;
    if (attempt === MOST_ATTEMPTS) break;
    const next = nextAt!.getTime() - given.clock.now().getTime();
    expect(next).toBeGreaterThan(pause);
    pause = next;
    given.clock.set(nextAt!.toISOString());
  }
  expect(ids.size).toBe(1);
  const { deliveries: [given_up] } = await given.as(administrator).ask(hookPage, { id: hook.id });
  expect([given_up!.state, given_up!.attempts.map((one) => one.status ?? one.problem)]).toEqual(['failed', Array.from({ length: MOST_ATTEMPTS }, (_, at) => (at % 2 ? 'unreachable' : 503))]);
  await given.as(administrator).act(retryDelivery, { id: given_up!.id });
  expect(await tell()).toHaveLength(1);
  expect((await given.as(administrator).ask(hookPage, { id: hook.id })).deliveries[0]).toMatchObject({ state: 'delivered' });
  given.clock.addDays(31);
  expect(await given.as(worker).act(forgetDeliveries, undefined)).toBeGreaterThan(0);
  await end(hook.id);
});

test('a worker that dies after sending sends again; two workers never send the same at once; a program that is gone is left alone', async () => {
  const hook = await add();
  await it.open();
  const first = await given.as(worker).act(claimDelivery, { origin: 'x' });
  expect(await given.as(worker).act(claimDelivery, { origin: 'x' })).toBeNull();
  given.clock.addMinutes(3);
  const claims = await Promise.all(Array.from({ length: 6 }, () => given.as(worker).act(claimDelivery, { origin: 'x' })));
  expect(claims.filter(Boolean).map((one) => one!.id)).toEqual([first!.id]);
  await given.as(worker).act(settleDelivery, { id: first!.id, attempts: 2, status: 410, milliseconds: 1 });
  expect((await given.as(administrator).ask(hookPage, { id: hook.id })).deliveries[0]).toMatchObject({ state: 'failed', attempts: [{ problem: 'gone' }] });
  await end(hook.id);
});

test('a program that is away holds up nobody else, and hears only of what it chose', async () => {
  const [slow, quick] = [await add({ url: 'https://slow.example/' }), await add({ url: 'https://quick.example/', topics: ['commitment'] })];
  const entry = await it.assigned();
  await it.answered(entry.number);
  const heard = await tell((one) => (one.url.includes('slow') ? { problem: 'too-slow', milliseconds: 10_000 } : { status: 204, milliseconds: 2 }));
  expect(heard.filter((one) => one.url.includes('quick')).map((one) => message(one).type)).toEqual(['commitment.opened']);
  expect(heard.filter((one) => one.url.includes('slow')).length).toBeGreaterThan(1);
  await end(slow.id);
  await end(quick.id);
  await it.open();
  expect(await tell()).toEqual([]);
});

test('nothing private is told: no complaint, no word, no number that nobody may read; that something was withdrawn is', async () => {
  const hook = await add();
  const all = await everything(given);
  const heard: Heard[] = [];
  for (let round = 0; round < 20; round++) heard.push(...(await tell()));
  const said = heard.map((one) => one.body).join('\n');
  for (const canary of Object.values(CANARIES)) expect(said).not.toContain(canary);
  for (const one of [all.heldComplaint, all.unreadComplaint, all.hidden, all.received]) expect(said).not.toContain(one.number);
  expect(heard.map(message).find((one) => one.type === 'entry.withdrawn')!.data.subject.number).toBe(all.withdrawn.number);
  await end(hook.id);
  expect(await because(given.act(withdrawEntry, { number: all.open.number }))).toBe('not-allowed');
});

test('an address in the own network is refused where it is written, however it is spelled', async () => {
  for (const url of ['https://127.1/in', 'https://2130706433/', 'https://10.0.0.5/', 'https://169.254.169.254/latest', 'https://localhost./', 'https://db.internal/']) await expect(add({ url: new URL(url).href })).rejects.toMatchObject({ refusal: { because: 'invalid', fields: { url: 'own-network' } } });
});

test('administrators alone keep them; a secret is shown once; an ended one hears no more; each step is an act', async () => {
  const hook = await add();
  expect(JSON.stringify(await given.as(administrator).ask(hookList, undefined))).not.toContain(hook.secret);
  for (const who of [it.coordinator, it.officer, await given.person()]) {
    expect(await Promise.all([given.as(who).act(addHook, { name: 'xx', url: 'https://a.example/', topics: [] }), given.as(who).ask(hookList, undefined), given.as(who).ask(hookPage, { id: hook.id }), given.as(who).act(endHook, { id: hook.id })].map(because))).toEqual(Array(4).fill('not-allowed'));
  }
  expect(await because(given.as(administrator).act(claimDelivery, { origin: 'x' }))).toBe('not-allowed');
  await it.open();
  await end(hook.id);
  expect(await tell()).toEqual([]);
  expect(await because(end(hook.id))).toBe('wrong-state');
  expect(await given.sql('select kind, public from acts where subject_id = $1 order by seq', [hook.id])).toEqual([{ kind: 'hook.added', public: false }, { kind: 'hook.ended', public: false }]);
});
