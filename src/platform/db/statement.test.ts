/** Statements as the pages send them, on a real PostgreSQL. */
import fc from 'fast-check';
import pg from 'pg';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { urlFor } from '#platform/db/connection.ts';
import { TEST_SECRETS } from '#testing/cluster.ts';
import { world } from '#testing/world.ts';
import { instantOf, openPool } from './connection.ts';
import { kyselyOn } from './dialect.ts';
import { among, manyOf, prepared } from './prepared.ts';
import { camelCase, snakeCase } from './statement.ts';

type Tables = { things: { thingId: number; saidAt: Date; wholeText: string | null; manyParts: object } };

const given = await world();
const pool = openPool(urlFor('abwab_app', given.database.url, TEST_SECRETS), 1);
afterAll(() => pool.end());
const client = await pool.connect();
afterAll(() => client.release());
const db = kyselyOn<Tables>(client);
await client.query(`create temporary table things (thing_id int primary key, said_at timestamptz not null, whole_text text, many_parts jsonb not null)`);

test('names are snake_case in the database and camelCase here, what stands in a JSON value keeps its own', async () => {
  const saidAt = new Date('2026-11-30T18:42:07.123Z');
  expect(await db.insertInto('things').values({ thingId: 1, saidAt, wholeText: 'نصّ', manyParts: { inner_name: 1 } }).executeTakeFirstOrThrow()).toMatchObject({ numInsertedOrUpdatedRows: 1n });
  expect(await db.selectFrom('things as t').select(['t.thingId', 't.saidAt', 't.wholeText as saidText', 't.manyParts']).execute()).toEqual([{ thingId: 1, saidAt, saidText: 'نصّ', manyParts: { inner_name: 1 } }]);
  expect(await db.updateTable('things').set({ wholeText: null }).executeTakeFirstOrThrow()).toMatchObject({ numUpdatedRows: 1n });
  expect((await db.selectFrom('things').select('wholeText').execute())).toEqual([{ wholeText: null }]);
});

test('the database describes a planned statement once, and its rows are the same afterwards', async () => {
  const described: string[] = [];
  const wire = (client as unknown as { connection: { describe(it: { name: string }): void } }).connection;
  const describe = wire.describe.bind(wire);
  wire.describe = (it) => { described.push(it.name); describe(it); };
  const ask = (least: number) => db.selectFrom('things').select(['thingId', 'saidAt']).where('thingId', '>=', least).execute();
  const first = await ask(1);
  expect(described).toHaveLength(1);
  expect([await ask(1), await ask(2)]).toEqual([first, []]);
  expect(described).toHaveLength(1);
});

test('what looks for words is planned for its words: it has no name that would be planned once', async () => {
  const plans = async () => (await client.query<{ count: number }>(`select count(*)::int as count from pg_prepared_statements where statement like '%to_tsvector%'`)).rows[0]!.count;
  for (let times = 0; times < 3; times++) await sql`select 1 where to_tsvector('simple', 'ماء') @@ ${'ماء'}::tsquery`.execute(db);
  expect(await plans()).toBe(0);
  await sql`select to_tsvector('simple', ${'ماء'}::text)::text`.execute(db);
  expect(await plans()).toBe(1);
});

test('a statement that fails says so to whoever asked, and the next one is answered', async () => {
  await expect(sql`select 1 / ${0}::int as never`.execute(db)).rejects.toMatchObject({ code: '22012' });
  await expect(sql`select nothing_of_this_name`.execute(db)).rejects.toMatchObject({ code: '42703' });
  expect((await sql<{ itWent: number }>`select 1 as it_went`.execute(db)).rows).toEqual([{ itWent: 1 }]);
});

test('many at once are answered each with its own, in the order in which they were asked', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, (_, at) => sql<{ n: number; even: boolean }>`select ${at}::int as n, ${at % 2 === 0}::boolean as even`.execute(db)));
  expect(answers.map((it) => it.rows[0])).toEqual(Array.from({ length: 40 }, (_, at) => ({ n: at, even: at % 2 === 0 })));
});

test('a statement that was prepared is built once for each shape and has the values of each asking', async () => {
  const built: string[] = [];
  const find = prepared((ctx: { db: typeof db }, open: { ids: readonly string[]; least: number; all: boolean }, { ids, all }) => {
    built.push(`${ids.length} ${all}`);
    const query = ctx.db.selectFrom('things').select(sql<number>`count(*)::int`.as('many')).where(sql<boolean>`md5(thing_id::text)::uuid ${among(open.ids, ids)}`);
    return all ? query : query.where('thingId', '>=', open.least);
  }, ({ ids, all }) => `${manyOf(ids)} ${all}`);
  const id = (await client.query<{ id: string }>(`select md5('1')::uuid as id`)).rows[0]!.id;
  const other = 'ffffffff-ffff-4fff-8fff-ffffffffffff';
  const many = async (ids: string[], least: number, all: boolean) => (await find({ db }, { ids, least, all }))[0]!.many;
  expect([await many([id], 1, false), await many([id], 2, false), await many([id], 2, true), await many([other], 1, false), await many([other, id], 1, false)]).toEqual([1, 0, 1, 0, 1]);
  expect(await many([...Array<string>(30).fill(other), id], 1, false)).toBe(1);
  expect(built).toEqual(['1 false', '1 true', '2 false', '31 false']);
  await many([...Array<string>(50).fill(other)], 1, false);
  expect(built).toHaveLength(4);
});

test('a moment is read as the driver reads it, in every form in which PostgreSQL writes one', async () => {
  const driver = pg.types.getTypeParser(pg.types.builtins.TIMESTAMP);
  const same = async (zone: string, at: string) => {
    const { rows } = await client.query<{ text: string }>(`select (set_config('TimeZone', $1, true) is null)::text as nothing, to_char(1, '9') as nothing2, $2::timestamptz::text as text`, [zone, at]);
    expect(Number(instantOf(rows[0]!.text))).toBe(new Date(at).getTime());
  };
  await client.query('begin');
  for (const zone of ['UTC', 'Asia/Damascus']) {
    await fc.assert(fc.asyncProperty(fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T23:59:59.999Z'), noInvalidDate: true }), (at) => same(zone, at.toISOString())), { numRuns: 60 });
  }
  await client.query('rollback');
  for (const text of ['infinity', '-infinity', '0044-03-15 10:00:00+00 BC', '12026-11-30 18:42:07+00', '0099-11-30 18:42:07+00']) expect(Number(instantOf(text))).toBe(Number(driver(text)));
});

test('a name goes to the database and comes back', () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-z][a-z0-9]*(_[a-z][a-z0-9]*){0,4}$/), (name) => { expect(snakeCase(camelCase(name))).toBe(name); }));
});
