/** What feeds tell of: the latest of each kind, of one body, place or sector. Each query is its own gate: public things alone. */
import { sql, type Expression, type SqlBool } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { Names } from '../../places/model.ts';
import type { FeedQuery } from '../input.ts';

const MOST = 50;
const MOST_DATES = 500;

export type FeedLine = { id: string; number: string; title: string; text: string; language: string; body: { code: string; names: Names } | null; kind: string; at: Date; changed: Date };
export type DateLine = { id: string; number: string; title: string; body: Names | null; day: string; moves: number; stamp: Date; /** of a promise that is kept, given up or disputed, or what an entry was answered with; null while somebody still owes it */ state: string | null };

const PUBLIC = sql<SqlBool>`e.published_at is not null and not e.confidential and e.state not in ('joined', 'withdrawn')`;

/** Of the entry `e` that a thing belongs to. */
function around(query: FeedQuery): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  if (query.kind) all.push(sql<SqlBool>`e.kind = ${query.kind}`);
  if (query.place) all.push(sql<SqlBool>`e.place in (select pcode from places where path @> array[${query.place.toUpperCase()}]::text[])`);
  if (query.sector) all.push(sql<SqlBool>`e.sectors && (select coalesce(array_agg(code), '{}') from sectors where code = ${query.sector.toUpperCase()} or parent = ${query.sector.toUpperCase()})`);
  return all;
}

const bodyIs = (query: FeedQuery): Expression<SqlBool>[] => (query.body ? [sql<SqlBool>`b.code = ${query.body}`] : []);

type Named = { code: string | null; nameAr: string | null; nameEn: string | null; nameKu: string | null };
const bodyOf = (row: Named): FeedLine['body'] => (row.code === null ? null : { code: row.code, names: { ar: row.nameAr ?? '', en: row.nameEn ?? '', ku: row.nameKu ?? '' } });

export async function latestEntries(ctx: Ctx, query: FeedQuery): Promise<FeedLine[]> {
  const rows = await ctx.db.selectFrom('entries as e').leftJoin('bodies as b', 'b.id', 'e.bodyId')
    .select(['e.id', 'e.number', 'e.title', 'e.text', 'e.language', 'e.kind', 'e.publishedAt', 'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu'])
    .where((eb) => eb.and([PUBLIC, ...around(query), ...bodyIs(query)])).orderBy('e.publishedAt', 'desc').orderBy('e.id', 'desc').limit(MOST).execute();
  return rows.map((row) => ({ ...row, body: bodyOf(row), at: row.publishedAt!, changed: row.publishedAt! }));
}

export async function latestPublicAnswers(ctx: Ctx, query: FeedQuery): Promise<FeedLine[]> {
  const rows = await ctx.db.selectFrom('answers as a').innerJoin('entries as e', 'e.id', 'a.entryId').innerJoin('bodies as b', 'b.id', 'a.bodyId')
    .select(['a.id', 'e.number', 'e.title', 'a.summary', 'a.reason', 'e.language', 'a.outcome', 'a.publishedAt', 'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu'])
    .where((eb) => eb.and([PUBLIC, sql<SqlBool>`a.state = 'published' and a.published_at is not null`, ...around(query), ...bodyIs(query)])).orderBy('a.publishedAt', 'desc').orderBy('a.id', 'desc').limit(MOST).execute();
  return rows.map((row) => ({ ...row, text: `${row.summary}\n\n${row.reason}`, kind: row.outcome, body: bodyOf(row), at: row.publishedAt!, changed: row.publishedAt! }));
}

/** A promise belongs to the place and the sector of the entry that it answers. */
function promises(ctx: Ctx, query: FeedQuery) {
  const some = around(query);
  return ctx.db.selectFrom('commitments as c').innerJoin('bodies as b', 'b.id', 'c.bodyId')
    .select(['c.id', 'c.number', 'c.what', 'c.state', 'c.due', 'c.openedAt', 'c.doneAt', 'c.settledAt', 'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu'])
    .select(sql<Date | null>`(select max(s.at) from commitment_slips s where s.commitment_id = c.id)`.as('movedAt')).select(sql<number>`(select count(*)::int from commitment_slips s where s.commitment_id = c.id)`.as('moves'))
    .where((eb) => eb.and([
      sql<SqlBool>`c.public`, ...bodyIs(query), ...(some.length > 0 ? [sql<SqlBool>`exists (select 1 from entries e where e.id = c.subject_id and ${sql.join([PUBLIC, ...some], sql` and `)})`] : []),
    ]));
}

const latest = (...all: (Date | null)[]): Date => new Date(Math.max(...all.map((it) => (it === null ? 0 : it.getTime()))));

export async function latestPromises(ctx: Ctx, query: FeedQuery): Promise<FeedLine[]> {
  const rows = await promises(ctx, query).orderBy(sql`greatest(c.opened_at, c.done_at, c.settled_at)`, 'desc').orderBy('c.id', 'desc').limit(MOST).execute();
  return rows.map((row) => ({ ...row, title: row.what, text: '', language: 'ar', kind: row.state, body: bodyOf(row), at: row.openedAt, changed: latest(row.openedAt, row.doneAt, row.settledAt, row.movedAt) }));
}

/** Days on which promises come due, the nearest of today first; what is over stays among them, so that calendars hear of it. */
export async function promiseDates(ctx: Ctx, query: FeedQuery): Promise<DateLine[]> {
  const rows = await promises(ctx, query).orderBy(sql`abs(c.due - ${ctx.now}::date)`).orderBy('c.id').limit(MOST_DATES).execute();
  return rows.map((row) => ({ id: row.id, number: row.number, title: row.what, body: bodyOf(row)?.names ?? null, day: row.due, moves: row.moves, stamp: latest(row.openedAt, row.doneAt, row.settledAt, row.movedAt), state: row.state === 'open' ? null : row.state }));
}

/** Days by which answers are due, those that are owed first; what was answered stays among them, so that calendars hear of it. */
export async function answerDates(ctx: Ctx, query: FeedQuery): Promise<DateLine[]> {
  const rows = await ctx.db.selectFrom('entries as e').leftJoin('bodies as b', 'b.id', 'e.bodyId').select(['e.id', 'e.number', 'e.title', 'e.answerDue', 'e.answeredAt', 'e.outcome', 'e.extensionDays', 'e.publishedAt', 'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu'])
    .where((eb) => eb.and([PUBLIC, sql<SqlBool>`e.answer_due is not null and (e.answered_at is null or e.outcome is not null) and e.state not in ('elsewhere', 'returned')`, ...around(query), ...bodyIs(query)])).orderBy(sql`e.answered_at is not null`).orderBy(sql`abs(e.answer_due - ${ctx.now}::date)`).orderBy('e.id').limit(MOST_DATES).execute();
  return rows.map((row) => ({ id: row.id, number: row.number, title: row.title, body: bodyOf(row)?.names ?? null, day: row.answerDue!, moves: row.extensionDays > 0 ? 1 : 0, stamp: latest(row.publishedAt, row.answeredAt), state: row.answeredAt && row.outcome }));
}
