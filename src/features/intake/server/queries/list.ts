import { sql, type Expression, type SqlBool } from 'kysely';
import { queryTerms, similarity, tsQuery, type Lexicon } from '#engines/text/index.ts';
import { decodeCursor, TOTAL_LIMIT, toPage, totalOf, type Cursor, type CursorPart } from '#kernel/page.ts';
import { localDate } from '#kernel/working-days.ts';
import { FEW, lexiconOf, lookAlike, stampOfLexicon, withLexicon } from '../../../lexicon/server/index.ts';
import { among, manyOf, prepared } from '#platform/db/prepared.ts';
import type { Asks, Ctx } from '../../../context.ts';
import type { ListFilter } from '../../input.ts';
import type { EntryLine, EntryList } from '../../views.ts';
import { selectLines, toLine, type LineRow } from './lines.ts';

export const PAGE_SIZE = 20;
// Beyond so many nobody reads on: they are neither weighed nor counted.
const MOST_RANKED = 200;
const BEFORE_SENDING = { newest: 1000, nearest: 200, compared: 20 };
const BESIDE = { newest: 300, nearest: 100, compared: 10 };
const WAITING = ['received', 'returned', 'open', 'assigned', 'study'] as const;

type Sort = ListFilter['sort'];

/**
 * Public entries, filtered, newest first (or most supported, or first due; with a search the best matches). One reading
 * statement and a count that is remembered, whatever the size of the table; a search with few hits looks for misspelt words too. The total is exact up to
 * 1,000, of a search up to 200. Beyond the first page it is not counted again.
 */
export async function listEntries(ctx: Ctx, filter: ListFilter & { limit?: number }): Promise<EntryList> {
  const size = Math.min(filter.limit ?? PAGE_SIZE, 100);
  const cursor = filter.after ? decodeCursor(filter.after, cursorOf(filter)) : null;
  if (filter.q) return searched(ctx, filter, cursor, size);
  const page = toPage(await sorted(ctx, filter, cursor, size), size, (row) => keyOf(filter, row, false));
  return { items: page.items.map((row) => toLine(ctx, row)), next: page.next, total: cursor ? null : totalOf(await ctx.remember(keyOfCount(ctx, filter), async () => (await counted(ctx, filter, '')).count)) };
}

async function searched(ctx: Ctx, filter: ListFilter, cursor: Cursor | null, size: number): Promise<EntryList> {
  const asked = (lexicon: Lexicon) => tsQuery(queryTerms(filter.q, lexicon));
  if (asked([]) === '') return { items: [], total: totalOf(0), next: null };
  const { result, lexicon } = cursor ? { result: null, lexicon: await lexiconOf(ctx) } : await withLexicon(ctx, (words) => ctx.remember(`${asked(words)} ${keyOfCount(ctx, filter)}`, () => counted(ctx, filter, asked(words))));
  const rows = result?.count === 0 ? [] : await ranked(ctx, filter, asked(lexicon), cursor, size);
  if (result && result.count < FEW) return withAlike(ctx, filter, lexicon, rows, size);
  const page = toPage(rows, size, (row) => keyOf(filter, row, true));
  return { items: page.items.map((row) => toLine(ctx, row)), next: page.next, total: result && totalOf(result.count, MOST_RANKED) };
}

/** Few texts hold the words: those that look like them stand behind, in case a word was misspelt. */
async function withAlike(ctx: Ctx, filter: ListFilter, lexicon: Lexicon, found: readonly Ranked[], size: number): Promise<EntryList> {
  const newest = (where: Expression<SqlBool>, most: number) => newestOf(ctx, filter, where, most);
  let select = selectLines(ctx).innerJoin(lookAlike(filter.q, lexicon, newest), 'alike.id', 'e.id');
  if (found.length > 0) select = select.where('e.id', 'not in', found.map((row) => row.id));
  const rows = [...found, ...(await select.orderBy('alike.likeness', 'desc').orderBy('e.id', 'desc').limit(size - found.length).execute())];
  return { items: rows.map((row) => toLine(ctx, row)), next: null, total: totalOf(rows.length) };
}

/** The shape of the cursors of a list; a cursor of another sort is none. */
export function cursorOf(filter: Pick<ListFilter, 'q' | 'sort'>): CursorPart[] {
  if (filter.q) return ['number', 'id'];
  if (filter.sort === 'supported') return ['count', 'id'];
  return filter.sort === 'due' ? ['day', 'id'] : ['id'];
}

type Ranked = LineRow & { rank?: number };

function keyOf(filter: ListFilter, row: Ranked, searching: boolean): Cursor {
  if (searching) return [row.rank ?? 0, row.id];
  if (filter.sort === 'supported') return [row.supports, row.id];
  if (filter.sort === 'due') return [row.answerDue, row.id];
  // Not the moment itself: whoever opens a cursor would read when somebody wrote.
  return [row.id];
}

/** All on which a count depends. */
const keyOfCount = (ctx: Ctx, { kind, sector, place, body, state, since, sort }: ListFilter): string =>
  JSON.stringify(['entries', kind, sector, place, body, state, since, sort === 'due', localDate(ctx.now, ctx.profile.zone)]);

async function sorted(ctx: Ctx, filter: ListFilter, cursor: Cursor | null, size: number): Promise<Ranked[]> {
  return sortedLines(ctx, { ...filter, ...around(ctx), size, first: cursor?.[0] ?? null, second: cursor?.[1] ?? null });
}

type Sorted = ListFilter & Around & { size: number; first: Cursor[number]; second: Cursor[number] };

const sortedLines = prepared((ctx: Asks, open: Sorted, given: Sorted) => {
  const order = SORTS[given.sort];
  let query = selectLines(ctx).where((eb) => eb.and(conditions(open, given)));
  if (given.first !== null) query = query.where(order.past([open.first, open.second]));
  // The number stands in the statement: PostgreSQL then plans it once a connection.
  return query.orderBy(order.first).orderBy(order.second).limit(sql.lit(given.size + 1));
}, ({ kind, sector, place, body, state, since, sort, size, first }) => [kind, sector, place, body, since].map((it) => (it ? 1 : 0)).join('') + `${state} ${sort} ${size} ${first !== null}`);

const SORTS: Record<Sort, { first: Expression<unknown>; second: Expression<unknown>; past: (cursor: Cursor) => Expression<SqlBool> }> = {
  newest: { first: sql`e.submitted_at desc`, second: sql`e.id desc`, past: ([id]) => sql`(e.submitted_at, e.id) < (select it.submitted_at, it.id from entries it where it.id = ${id}::uuid)` },
  supported: { first: sql`t.supports desc`, second: sql`t.entry_id desc`, past: ([count, id]) => sql`(t.supports, t.entry_id) < (${count}::int, ${id}::uuid)` },
  due: { first: sql`e.answer_due asc`, second: sql`e.id asc`, past: ([due, id]) => sql`(e.answer_due, e.id) > (${due}::date, ${id}::uuid)` },
};

/** Best first, of the newest that match. */
async function ranked(ctx: Ctx, filter: ListFilter, query: string, cursor: Cursor | null, size: number): Promise<Ranked[]> {
  // A word that stands in half of all texts would be weighed a hundred thousand times; nobody reads on so far.
  const rank = sql<number>`round(ts_rank('{0.1,0.2,0.4,1.0}', m.search_vector, ${query}::tsquery)::numeric, 6)::float8`;
  // What the lines need is fetched for those alone that are shown.
  let best = ctx.db.selectFrom(newestOf(ctx, filter, matches(query), MOST_RANKED).as('m')).select(['m.id', rank.as('rank')]);
  if (cursor) best = best.where(sql<SqlBool>`(${rank}, m.id) < (${cursor[0]}::float8, ${cursor[1]}::uuid)`);
  const shown = best.orderBy(sql`rank desc`).orderBy('m.id', 'desc').limit(sql.lit(size + 1));
  return selectLines(ctx).innerJoin(shown.as('best'), 'best.id', 'e.id').select('best.rank').orderBy('best.rank', 'desc').orderBy('e.id', 'desc').execute();
}

/** The newest that may be shown, with what they are compared by. */
const newestOf = (ctx: Ctx, filter: ListFilter, where: Expression<SqlBool>, most: number) => ctx.db.selectFrom('entries as e').select(['e.id', 'e.searchNorm', 'e.searchVector'])
  .where((eb) => eb.and([...gate(ctx, filter), where])).orderBy('e.submittedAt', 'desc').orderBy('e.id', 'desc').limit(sql.lit(most));

const matches = (query: string): Expression<SqlBool> => sql<SqlBool>`e.search_vector @@ ${query}::tsquery`;

async function counted(ctx: Ctx, filter: ListFilter, query: string): Promise<{ count: number; stamp: string | null }> {
  const gated = ctx.db.selectFrom('entries as e').select(sql`1`.as('one')).where((eb) => eb.and([...gate(ctx, filter), ...(query ? [matches(query)] : [])]));
  // In the order of the index: PostgreSQL stops with the newest instead of collecting every text with the word first.
  const some = (query ? gated.orderBy('e.submittedAt', 'desc').orderBy('e.id', 'desc').limit(sql.lit(MOST_RANKED + 1)) : gated.limit(sql.lit(TOTAL_LIMIT + 1))).as('some');
  const row = await ctx.db.selectFrom(some).select([(eb) => eb.fn.countAll<bigint>().as('count'), stampOfLexicon.as('stamp')]).executeTakeFirstOrThrow();
  return { count: Number(row.count), stamp: row.stamp };
}

/** What a list depends on besides its filter. */
type Around = { today: string; zone: string };
const around = (ctx: Ctx): Around => ({ today: localDate(ctx.now, ctx.profile.zone), zone: ctx.profile.zone });

const gate = (ctx: Ctx, filter: ListFilter): Expression<SqlBool>[] => conditions({ ...filter, ...around(ctx) }, filter);

/** The gate of every public list: published, not confidential, not joined away. `filter` says what is asked for, `it` has the values. */
function conditions(it: ListFilter & Around, filter: ListFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [sql<SqlBool>`e.published_at is not null`, sql<SqlBool>`e.state not in ('joined', 'withdrawn')`];
  if (filter.kind) all.push(sql<SqlBool>`e.kind = ${it.kind}`);
  if (filter.sector) all.push(sql<SqlBool>`e.sectors && ${sectorFamily(it.sector)}`);
  if (filter.place) all.push(sql<SqlBool>`e.place in (select pcode from places where path @> array[${it.place}]::text[])`);
  if (filter.body) all.push(sql<SqlBool>`e.body_id = (select id from bodies where code = ${it.body})`);
  if (filter.state) all.push(stateIs(it, filter.state));
  if (filter.since) all.push(sql<SqlBool>`e.submitted_at >= ${it.since}::date::timestamp at time zone ${it.zone}`);
  if (filter.sort === 'due') all.push(sql<SqlBool>`e.answer_due is not null and e.answered_at is null`);
  return all;
}

function sectorFamily(code: string): Expression<unknown> {
  return sql`(select coalesce(array_agg(code), '{}') from sectors where code = ${code} or parent = ${code})`;
}

function stateIs({ today }: Around, state: NonNullable<ListFilter['state']>): Expression<SqlBool> {
  const waiting = sql.join(WAITING.map((it) => sql.lit(it)));
  switch (state) {
    case 'waiting': return sql`e.state in (${waiting})`;
    case 'late': return sql`e.state in (${waiting}) and e.answered_at is null and e.answer_due < ${today}::date`;
    case 'answered': return sql`e.answered_at is not null`;
    case 'delivery': return sql`e.state = 'delivery'`;
    case 'done': return sql`e.state in ('delivered', 'confirmed', 'unconfirmed')`;
    case 'disputed': return sql`e.state = 'disputed'`;
    case 'declined': return sql`e.outcome = 'declined'`;
  }
}

/** How many public entries each place holds, for the map; the places' own codes, not their parents'. */
export async function countByPlace(ctx: Ctx, filter: ListFilter): Promise<Map<string, number>> {
  return ctx.remember(`by place ${keyOfCount(ctx, filter)}`, async () => {
    const rows = await ctx.db.selectFrom('entries as e').select(['e.place', (eb) => eb.fn.countAll<bigint>().as('count')])
      .where((eb) => eb.and(gate(ctx, filter))).where('e.place', 'is not', null).groupBy('e.place').execute();
    return new Map(rows.map((row) => [row.place!, Number(row.count)]));
  });
}

/** What somebody who is about to write should see first: live public entries that speak of the same. */
export async function similarEntries(ctx: Ctx, input: Alike): Promise<AlikeEntry[]> {
  // Beside a public entry they are the same for everybody, and the same for a while; what somebody is still writing is nobody's to remember.
  const found = input.except ? await ctx.remember(`alike ${input.except} ${input.limit}`, () => findAlike(ctx, input), { forMs: ALIKE_MS }) : await findAlike(ctx, input);
  if (found.length === 0) return [];
  // Whether each may be shown is asked now.
  const rows = await shownOf(ctx, { ids: found.map((it) => it.id) });
  return found.flatMap(({ id, likeness }) => rows.filter((row) => row.id === id).map((row) => ({ ...toLine(ctx, row), likeness })));
}

const shownOf = prepared((ctx: Asks, open: { ids: readonly string[] }, { ids }) => selectLines(ctx).where(sql<SqlBool>`e.id ${among(open.ids, ids)}`).where((eb) => eb.and(conditions({ ...ANY, today: '', zone: '' }, ANY))), ({ ids }) => String(manyOf(ids)));

const ALIKE_MS = 10 * 60_000;
const ANY: ListFilter = { q: '', kind: null, state: null, sector: '', place: '', body: '', since: null, sort: 'newest', after: '' };

type Alike = { text: string; place: string; limit: number; /** the number of a public entry, of which the text is */ except?: string };
type AlikeEntry = EntryLine & { likeness: number };

async function findAlike(ctx: Ctx, input: Alike): Promise<{ id: string; likeness: number }[]> {
  const lexicon = await lexiconOf(ctx);
  const query = tsQuery(queryTerms(input.text.slice(0, 600), lexicon).slice(0, 16));
  if (query === '') return [];
  const near = sql<number>`(case when e.place = ${input.place} then 0.3 else 0 end)`;
  // Whoever wrote of the same did so lately, or lives near: only those are weighed; beside what somebody reads, fewer than before somebody sends.
  const among = input.except ? BESIDE : BEFORE_SENDING;
  const newest = (where: Expression<SqlBool>, most: number) => sql`(select id from entries where published_at is not null and state not in ('joined', 'withdrawn') and ${where} order by submitted_at desc limit ${sql.lit(most)})`;
  const few = sql<SqlBool>`e.id in (${newest(sql`true`, among.newest)} union ${newest(sql`place = ${input.place}`, among.nearest)})`;
  const ids = await ctx.db.selectFrom('entries as e').select('e.id').where(few)
    .where('e.state', 'in', [...WAITING, 'delivery', 'delivered', 'disputed']).where(matches(query)).where('e.number', '!=', input.except ?? '')
    .orderBy(sql`ts_rank('{0.1,0.2,0.4,1.0}', e.search_vector, ${query}::tsquery) + ${near} desc`).limit(sql.lit(among.compared)).execute();
  if (ids.length === 0) return [];
  const rows = await selectLines(ctx).where('e.id', 'in', ids.map((it) => it.id)).execute();
  return rows.map((row) => ({ id: row.id, likeness: similarity(input.text, `${row.title} ${row.beginning}`, { lexicon }) + (row.place === input.place && input.place ? 0.1 : 0) }))
    .filter((it) => it.likeness >= 0.22).sort((a, b) => b.likeness - a.likeness).slice(0, input.limit);
}
