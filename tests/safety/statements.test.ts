/** What a page asks of the database: a few statements, however much there is, and none for each line. */
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { words } from '#platform/i18n/words.ts';
import { listEntries, supportEntry } from '#features/intake/server/index.ts';
import { ListSchema } from '#features/intake/input.ts';
import { office } from '#testing/entries.ts';
import { HOME } from '#testing/cluster.ts';
import { site } from '#testing/site.ts';
import * as v from 'valibot';

const asked: string[] = [];
const original = pg.Client.prototype.query as (...args: unknown[]) => unknown;
pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) {
  const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text?: string } | null)?.text;
  // That something was written is told a moment after the act, by nobody's page.
  if (text && !/^(begin|commit|rollback|select pg_notify)\b/i.test(text.trim())) asked.push(text);
  return original.apply(this, args);
} as never;

const given = await site();
const it = await office(given);

type Load = (event: { url: URL; params: Record<string, string>; locals: object; setHeaders(): void; request: Request }) => Promise<object>;

/** The statements of one page's own content, as its route asks for them. */
async function statementsOf(route: string, path: string, params: Record<string, string> = {}): Promise<string[]> {
  const { load } = (await import(join(HOME, 'src/routes', route, '+page.server.ts'))) as { load: Load };
  const locals = { lang: 'ar', words: words('ar'), look: {}, actor: { kind: 'visitor' }, session: null, profile: given.profile, demo: false, origin: given.own, path, ask: given.ask, glance: given.ask, act: given.act };
  asked.length = 0;
  await load({ url: new URL(path, given.own), params, locals, setHeaders: () => undefined, request: new Request(new URL(path, given.own)) });
  return [...asked];
}

async function fill(count: number): Promise<void> {
  await given.sql(`with made as (
    insert into entries (id, number, kind, state, confidential, published_at, title, text, channel, submitted_at, clock_started, answer_due, changed_at)
      select gen_random_uuid(), 'TST-' || (500000 + n) || '-00', 'need', 'open', false, now(), 'حاجة رقم ' || n, 'نصّ يكفي للفهم', 'web', now() - n * interval '1 minute', current_date, current_date + 20, now() from generate_series($1::int, $2::int) n returning id)
    insert into entry_tallies (entry_id, supports) select id, 0 from made`, [filled + 1, filled + count]);
  filled += count;
}
let filled = 0;

async function promises(count: number): Promise<void> {
  const entry = await it.assigned();
  await it.answered(entry.number, { promises: Array.from({ length: 5 }, (_, n) => ({ what: `تعهّد رقم ${n} من هذا الردّ`, who: 'الورشة', due: '2027-03-01' as never })) });
  if (count > 5) await promises(count - 5);
}

test('totals are exact up to a thousand, and say «more than» beyond', async () => {
  const total = async () => (await given.ask(listEntries, v.parse(ListSchema, {}))).total;
  const now = (await total())!.count;
  await fill(999 - now);
  expect(await total()).toEqual({ count: 999, more: false });
  await fill(1);
  expect(await total()).toEqual({ count: 1000, more: false });
  expect((await given.get('/needs')).text).not.toContain('أكثر من');
  await fill(1);
  expect(await total()).toEqual({ count: 1000, more: true });
  expect((await given.get('/needs')).text).toMatch(/أكثر من[^<]*(١٬?٠٠٠|1,?000)/);
});

test.each(['/needs', '/needs?kind=need', '/needs?sort=supported', '/needs?sort=due', '/needs?state=waiting', '/needs?q=%D8%AD%D8%A7%D8%AC%D8%A9'])('%s: at most three reading statements, with five entries and with hundreds', async (path) => {
  await fill(5);
  // The lexicon is read once a process.
  await statementsOf('(public)/needs', path);
  const few = await statementsOf('(public)/needs', path);
  await fill(200);
  const many = await statementsOf('(public)/needs', path);
  expect(few.length).toBeLessThanOrEqual(3);
  expect(many).toEqual(few);
});

test('/commitments: at most three reading statements, however many there are', async () => {
  await promises(5);
  const few = await statementsOf('(public)/commitments', '/commitments');
  await promises(25);
  const many = await statementsOf('(public)/commitments', '/commitments');
  expect(few.length).toBeLessThanOrEqual(3);
  expect(many).toEqual(few);
});

test('the page of an entry asks as often with ten promises and thirty supporters as with none, and nothing more than twice', async () => {
  const bare = await it.assigned({ title: 'رصيف بلا تعهّدات' });
  const rich = await it.assigned({ title: 'رصيف له تعهّدات كثيرة' });
  for (let n = 0; n < 30; n++) await given.as(await given.person()).act(supportEntry, { number: rich.number });
  await it.answered(rich.number, { promises: Array.from({ length: 5 }, (_, n) => ({ what: `تعهّد رقم ${n} من هذا الردّ`, who: 'الورشة', due: '2027-03-01' as never })) });
  const few = await statementsOf('(public)/n/[number]', `/n/${bare.number}`, { number: bare.number });
  const many = await statementsOf('(public)/n/[number]', `/n/${rich.number}`, { number: rich.number });
  expect(many.length).toBeLessThanOrEqual(few.length);
  expect(few.length).toBeLessThanOrEqual(20);
  const repeated = [...Map.groupBy(many, (text) => text).values()].filter((same) => same.length > 2).map((same) => same[0]);
  expect(repeated).toEqual([]);
});
