import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReference } from '#kernel/reference-number.ts';
import { clerkAt, KEY, visitorOf, waitingOf } from '#testing/desk.ts';
import { VISITOR, world } from '#testing/world.ts';
import { trackEntry } from '../../intake/server/index.ts';
import type { DeviceBlock } from '../views.ts';
import { arrivedEntry, counterOf, openWaiting, reserveNumbers, returnNumbers, takeCorrected, takeEntry, takeWaiting } from './index.ts';

const given = await world();
const one = await clerkAt(given);
const two = await clerkAt(given, 1);
const beside = (field: string, code: string) => ({ refusal: { because: 'invalid', fields: { [field]: code } } });
const reserve = (who = one) => given.as(who).act(reserveNumbers, undefined);

test('a device gets twenty numbers with valid check digits, a date for each day, and the reservation is recorded', async () => {
  const block = await reserve();
  expect(new Set(block.numbers).size).toBe(20);
  expect(block.numbers.every((number) => parseReference(number, 'TST') === number)).toBe(true);
  expect(block.days).toHaveLength(8);
  const acts = await given.sql<{ kind: string; public: boolean; detail: object }>('select kind, public, detail from acts where subject_id = $1', [block.id]);
  expect(acts).toMatchObject([{ kind: 'desk.numbers-reserved', public: false, detail: { count: 20, first: block.numbers[0] } }]);
});

test('what waited becomes an entry under the number and with the key on its receipt, and its clock runs from that day', async () => {
  const block = await reserve();
  const [number] = block.numbers;
  given.clock.addDays(2);
  expect(await given.as(one).act(takeWaiting, await waitingOf(block, number!))).toEqual({ number });
  const view = await given.ask(trackEntry, { number: number!, key: KEY });
  expect(view.entry).toMatchObject({ number, answerDue: block.days[0]!.due, channel: 'desk' });
  expect(view.entry.submittedAt.toISOString()).toBe('2026-11-24T09:05:00.000Z');
  given.clock.addDays(-2);
});

test('sent again, and twenty times at once, it is one entry', async () => {
  const block = await reserve();
  const waiting = await waitingOf(block, block.numbers[0]!, { values: { title: 'مرة واحدة بعد انقطاع' } });
  await Promise.all(Array.from({ length: 20 }, () => given.as(one).act(takeWaiting, waiting)));
  expect(await given.as(one).act(takeWaiting, waiting)).toEqual({ number: block.numbers[0] });
  expect(await given.sql(`select 1 from entries where title = 'مرة واحدة بعد انقطاع'`)).toHaveLength(1);
});

test('of two different entries with one number, one passes', async () => {
  const block = await reserve();
  const same = await Promise.all([waitingOf(block, block.numbers[0]!), waitingOf(block, block.numbers[0]!)]);
  const told = await Promise.allSettled(same.map((it) => given.as(one).act(takeWaiting, it)));
  expect(told.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  expect(told.find((it) => it.status === 'rejected')).toMatchObject({ reason: beside('number', 'used') });
});

describe('what a clerk wrote down without a network, sent by a colleague', () => {
  const takenBy = (number: string) => given.sql('select s.taken_by from entries e join entry_submitters s on s.entry_id = e.id where e.number = $1', [number]);
  const markOf = async (who: typeof one) => (await given.as(who).ask(counterOf, undefined)).mark;

  test('stays the entry of whoever wrote it; the act says who sent it', async () => {
    const colleague = await clerkAt(given);
    const block = await reserve();
    const [number, corrected] = block.numbers;
    await given.as(colleague).act(takeWaiting, await waitingOf(block, number!, { by: await markOf(one) }));
    expect(await takenBy(number!)).toEqual([{ taken_by: one.id }]);
    const [act] = await given.sql<{ actor_person: string; detail: object }>(`select a.actor_person, a.detail from acts a join entries e on e.id = a.subject_id where a.kind = 'entry.received' and e.number = $1`, [number]);
    expect(act).toMatchObject({ actor_person: colleague.id, detail: { sentByColleague: true } });
    const waiting = await waitingOf(block, corrected!, { by: await markOf(one), values: { title: 'قصي' } });
    await given.as(colleague).act(takeCorrected, { visitor: visitorOf(), waiting });
    expect(await takenBy(corrected!)).toEqual([{ taken_by: one.id }]);
    expect(await given.as(colleague).ask(arrivedEntry, waiting.once)).toEqual({ number: corrected, once: waiting.once });
    expect(await given.as(two).ask(arrivedEntry, waiting.once)).toBeNull();
  });

  test('is the sender’s where nobody is marked, or the mark was changed', async () => {
    const block = await reserve();
    for (const [nth, by] of [undefined, '', 'AAAA', `${(await markOf(two)).slice(0, -4)}AAAA`].entries()) {
      await given.as(one).act(takeWaiting, await waitingOf(block, block.numbers[nth]!, { by }));
      expect(await takenBy(block.numbers[nth]!)).toEqual([{ taken_by: one.id }]);
    }
  });

  test('a mark says nothing to whoever reads it', async () => {
    expect(Buffer.from(await markOf(one), 'base64url').toString('latin1')).not.toContain(one.id);
  });
});

describe('refused', async () => {
  const block = await reserve();
  const second = await reserve();
  const other = await reserve(two);
  const [number] = block.numbers;

  test('a number of another block, at another desk, of nobody', async () => {
    await expect(given.as(one).act(takeWaiting, await waitingOf(block, second.numbers[0]!))).rejects.toMatchObject(beside('number', 'other-block'));
    await expect(given.as(one).act(takeWaiting, await waitingOf(block, other.numbers[0]!))).rejects.toMatchObject(beside('number', 'other-desk'));
    await expect(given.as(two).act(takeWaiting, await waitingOf(block, number!))).rejects.toMatchObject(beside('number', 'other-desk'));
    await expect(given.as(one).act(takeWaiting, await waitingOf(block, 'TST-9999-99'))).rejects.toMatchObject(beside('number', 'unknown'));
  });

  test('a complaint, even from a device that kept it', async () => {
    await expect(given.as(one).act(takeWaiting, await waitingOf(block, number!, { values: { kind: 'complaint' } }))).rejects.toMatchObject(beside('kind', 'never-waits'));
  });

  test('what was sealed for another number, or changed on its way', async () => {
    const waiting = await waitingOf(block, number!);
    await expect(given.as(one).act(takeWaiting, { ...waiting, number: block.numbers[1]! })).rejects.toMatchObject(beside('number', 'unreadable'));
    await expect(given.as(one).act(takeWaiting, { ...waiting, sealed: `${waiting.sealed.slice(0, -8)}AAAAAAA=` })).rejects.toMatchObject(beside('number', 'unreadable'));
    await expect(given.as(one).act(takeWaiting, { ...waiting, sealed: 'AAAA' })).rejects.toMatchObject(beside('number', 'unreadable'));
  });

  test('a number given out after its last day', async () => {
    await expect(given.as(one).act(takeWaiting, await waitingOf(block, number!, { takenAt: '2026-12-20T09:00:00Z' }))).rejects.toMatchObject(beside('number', 'expired'));
  });

  test('whoever is no clerk', async () => {
    const waiting = await waitingOf(block, number!);
    for (const who of [VISITOR, await given.person()]) {
      await expect(given.as(who).act(takeWaiting, waiting)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
      await expect(given.as(who).act(reserveNumbers, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
      await expect(given.as(who).ask(openWaiting, waiting)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
      await expect(given.as(who).act(returnNumbers, { block: block.id, numbers: block.numbers })).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
    }
  });
});

test('what was sent late is taken, however late, when it was taken in time', async () => {
  const block = await reserve();
  given.clock.addDays(90);
  expect(await given.as(one).act(takeWaiting, await waitingOf(block, block.numbers[0]!))).toEqual({ number: block.numbers[0] });
  given.clock.addDays(-90);
});

test('what was refused is opened for the clerk, corrected, and keeps number and key', async () => {
  const block = await reserve();
  const waiting = await waitingOf(block, block.numbers[0]!, { values: { title: 'قصير جداً لكن يكفي', contact: 'ليس رقماً', consent: 'yes' } });
  await expect(given.as(one).act(takeWaiting, waiting)).rejects.toMatchObject(beside('contact', 'not-a-contact'));
  expect(await given.as(one).ask(openWaiting, waiting)).toMatchObject({ title: 'قصير جداً لكن يكفي', contact: 'ليس رقماً' });
  expect(await given.as(one).act(takeCorrected, { visitor: visitorOf({ contact: '0944555666', consent: true }), waiting })).toEqual({ number: block.numbers[0] });
  expect((await given.ask(trackEntry, { number: block.numbers[0]!, key: KEY })).entry.number).toBe(block.numbers[0]);
});

test('numbers that came back go out again, used ones do not come back, and another desk cannot give them back', async () => {
  const block = await reserve();
  await given.as(one).act(takeWaiting, await waitingOf(block, block.numbers[0]!));
  expect(await given.as(two).act(returnNumbers, { block: block.id, numbers: block.numbers })).toBe(0);
  expect(await given.as(one).act(returnNumbers, { block: block.id, numbers: block.numbers })).toBe(19);
  await expect(given.as(one).act(takeWaiting, await waitingOf(block, block.numbers[1]!))).rejects.toMatchObject(beside('number', 'returned'));
  const [again, beside2] = await Promise.all([reserve(two), reserve(one)]);
  const both = [...again.numbers, ...beside2.numbers];
  expect(both).toEqual(expect.arrayContaining(block.numbers.slice(1)));
  expect(both).not.toContain(block.numbers[0]);
  expect(new Set(both).size).toBe(40);
});

test('the database itself gives a used number to nobody else', async () => {
  const block = await reserve();
  await given.as(one).act(takeWaiting, await waitingOf(block, block.numbers[0]!));
  await expect(given.pool.query(`update desk_numbers set state = 'returned', entry_id = null where number = $1`, [block.numbers[0]])).rejects.toThrow(/stays/);
});

test('an entry of another kind of visitor takes no reserved number', async () => {
  const block = await reserve();
  const receipt = await given.as(one).act(takeEntry, visitorOf());
  expect(block.numbers).not.toContain(receipt.number);
});

/** Two desks reserve, take, send again and give back in any order: no number is ever in two blocks' hands or on two entries. */
test('whatever two desks do, each number has one owner and each entry the number of its receipt', async () => {
  type Held = { block: DeviceBlock; free: string[]; who: typeof one };
  const step = fc.record({ what: fc.constantFrom('reserve', 'take', 'take', 'take', 'again', 'return'), desk: fc.constantFrom(0, 1), nth: fc.nat(9) });
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
    const held: Held[] = [];
    const sent: Awaited<ReturnType<typeof waitingOf>>[] = [];
    for (const { what, desk, nth } of steps) {
      const who = [one, two][desk]!;
      const mine = held.filter((it) => it.who === who);
      const it = mine[nth % Math.max(1, mine.length)];
      if (what === 'reserve') { const block = await reserve(who); held.push({ block, free: [...block.numbers], who }); }
      else if (what === 'take' && it?.free.length) { const waiting = await waitingOf(it.block, it.free.shift()!); sent.push(waiting); expect(await given.as(who).act(takeWaiting, waiting)).toEqual({ number: waiting.number }); }
      else if (what === 'again' && sent.length) { const waiting = sent[nth % sent.length]!; const by = held.find((other) => other.block.id === waiting.block)!.who; expect(await given.as(by).act(takeWaiting, waiting)).toEqual({ number: waiting.number }); }
      else if (what === 'return' && it) { const numbers = it.free.splice(0); expect(await given.as(who).act(returnNumbers, { block: it.block.id, numbers })).toBe(numbers.length); }
      const free = held.flatMap((other) => other.free);
      expect(new Set([...free, ...sent.map((other) => other.number)]).size).toBe(free.length + sent.length);
    }
    const rows = await given.sql<{ number: string }>('select e.number from entries e join entry_submissions s on s.entry_id = e.id where s.once = any($1)', [sent.map((it) => it.once)]);
    expect(rows.map((row) => row.number).sort()).toEqual(sent.map((it) => it.number).sort());
    await given.sql('delete from rate_limits');
  }), { numRuns: 12 });
}, 240_000);
