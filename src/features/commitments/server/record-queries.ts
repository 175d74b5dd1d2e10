import { sql, type Expression, type SqlBool } from 'kysely';
import { decodeCursor, toPage } from '#kernel/page.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Ctx } from '../../context.ts';
import type { PromiseFigure } from '../figures.ts';
import type { CommitmentLine, TrackRecord } from '../views.ts';
import { selectLines, toLine } from './queries.ts';
import { today } from './store.ts';

/** `since` is the first day of the period, null for everything; the period ends today. */
export type Since = { since: PlainDate | null };

/** The track record of every body that has promised something in public, by the body's id. One statement. */
export function trackRecords(ctx: Ctx, input: Since & { bodyId?: string }): Promise<Map<string, TrackRecord>> {
  return ctx.remember(JSON.stringify(['promises of bodies', input.since, input.bodyId, today(ctx)]), () => counted(ctx, input));
}

async function counted(ctx: Ctx, input: Since & { bodyId?: string }): Promise<Map<string, TrackRecord>> {
  const { rows } = await sql<{ bodyId: string } & Omit<TrackRecord, 'at'>>`
    select body_id as "bodyId", (count(*) filter (where counted))::int as total,
      (count(*) filter (where counted and done_on <= first_due))::int as "keptFirst",
      (count(*) filter (where counted and done_on > first_due and done_on <= due))::int as "keptMoved",
      coalesce(sum(moves) filter (where counted and done_on > first_due and done_on <= due), 0)::int as moves,
      (count(*) filter (where counted and done_on > due))::int as "keptLate",
      (count(*) filter (where late))::int as "lateNow", (count(*) filter (where state = 'disputed'))::int as disputed,
      (count(*) filter (where late and state = 'disputed'))::int as "disputedLate", (count(*) filter (where counted and state = 'broken'))::int as broken,
      (count(*) filter (where counted and state = 'confirmed'))::int as confirmed, (count(*) filter (where counted and state = 'unconfirmed'))::int as unconfirmed,
      (count(*) filter (where counted and state = 'done'))::int as asked,
      (count(*) filter (where state = 'open' and not late))::int as "openNow", (count(*) filter (where state = 'open' and not late and due > first_due))::int as "openMoved"
    from (${judged(ctx, input)}) as promise group by body_id`.execute(ctx.db);
  return new Map(rows.map(({ bodyId, ...figures }) => [bodyId, { ...figures, at: ctx.now }]));
}

/** One body's track record; all zero where it has promised nothing. */
export async function trackRecord(ctx: Ctx, input: Since & { bodyId: string }): Promise<TrackRecord> {
  return (await trackRecords(ctx, input)).get(input.bodyId) ?? { ...NOTHING, at: ctx.now };
}

const PAGE_SIZE = 20;

const NOTHING: Omit<TrackRecord, 'at'> = {
  total: 0, keptFirst: 0, keptMoved: 0, moves: 0, keptLate: 0, lateNow: 0, disputed: 0, disputedLate: 0, broken: 0, confirmed: 0, unconfirmed: 0, asked: 0, openNow: 0, openMoved: 0,
};

const GROUPS: Record<PromiseFigure, Expression<SqlBool>> = {
  'kept-first': sql<SqlBool>`p.done_on <= p.first_due`, 'kept-moved': sql<SqlBool>`p.done_on > p.first_due and p.done_on <= p.due`, 'kept-late': sql<SqlBool>`p.done_on > p.due`,
  late: sql<SqlBool>`p.late`, disputed: sql<SqlBool>`p.state = 'disputed'`, broken: sql<SqlBool>`p.state = 'broken'`,
};

/** The promises behind a figure (null: all that count), the latest due first. */
export async function promisesBehind(ctx: Ctx, input: Since & { bodyId: string; figure: PromiseFigure | null; after: string }): Promise<{ items: CommitmentLine[]; next: string | null }> {
  const cursor = input.after ? decodeCursor(input.after, ['day', 'id']) : null;
  const group = input.figure ? sql<SqlBool>`p.counted and (${GROUPS[input.figure]})` : sql<SqlBool>`p.counted`;
  let query = selectLines(ctx).where(sql<SqlBool>`c.id in (select p.id from (${judged(ctx, input)}) as p where ${group})`);
  if (cursor) query = query.where(sql<SqlBool>`(c.due, c.id) < (${cursor[0]}::date, ${cursor[1]}::uuid)`);
  const page = toPage(await query.orderBy('c.due', 'desc').orderBy('c.id', 'desc').limit(PAGE_SIZE + 1).execute(), PAGE_SIZE, (row) => [row.due, row.id]);
  return { items: page.items.map((row) => toLine(ctx, row)), next: page.next };
}

/**
 * Every public promise with the day on which it was done (null while it is not, and when residents say that it is not),
 * whether it is late, and whether it counts in the period. What is late or disputed now counts in every period.
 */
function judged(ctx: Ctx, { since, bodyId }: Since & { bodyId?: string }) {
  const { zone } = ctx.profile;
  return sql`
    select id, body_id, state, first_due, due, late, done_on, (select count(*) from commitment_slips s where s.commitment_id = it.id) as moves,
      late or state = 'disputed' or coalesce(done_on, given_up_on) >= coalesce(${since}::date, '-infinity') as counted
    from (
      select id, body_id, state, first_due, due, state in ('open', 'disputed') and due < ${today(ctx)}::date as late,
        case when state in ('done', 'confirmed', 'unconfirmed') then (done_at at time zone ${zone})::date end as done_on,
        case when state = 'broken' then (settled_at at time zone ${zone})::date end as given_up_on
      from commitments where public and (${bodyId ?? null}::uuid is null or body_id = ${bodyId ?? null})
    ) as it`;
}
