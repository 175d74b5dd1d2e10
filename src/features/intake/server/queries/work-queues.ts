/** The queues of triage and of bodies. Each page: one statement for its rows, one for the figures, two for the calendar. */
import { sql, type Expression, type SqlBool } from 'kysely';
import { bodiesOf } from '#kernel/actor.ts';
import type { BodyId } from '#kernel/ids.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { addWorkingDays } from '#kernel/working-days.ts';
import { allow } from '#kernel/refusal.ts';
import { workingCalendar } from '../../../places/server/index.ts';
import type { Ctx } from '../../../context.ts';
import { mayTriage } from '../../access.ts';
import type { Overview, QueueCounts, TriageCounts, WorkList } from '../../work-views.ts';
import type { QueueFilter, QueueTab } from '../../work-input.ts';
import { today } from '../store.ts';
import { selectWorkLines, toWorkLine } from './work-lines.ts';

const PAGE_SIZE = 30;
const CLOSING_SOON_DAYS = 3;
// Written out, so that the planner sees the condition of the partial index.
const IN_TRIAGE = sql<SqlBool>`e.state in ('received', 'returned', 'open') and e.body_id is null`;
const OF_BODIES = sql`('assigned', 'study', 'returned')`;

/** What nobody has handed on yet, oldest first. */
export async function triageQueue(ctx: Ctx, input: { after: string }): Promise<WorkList & { counts: TriageCounts }> {
  allow(mayTriage(ctx.actor), 'triage entries');
  const cursor = decodeCursor(input.after, ['instant', 'id']);
  let select = selectWorkLines(ctx).where(IN_TRIAGE);
  if (cursor) select = select.where(sql<SqlBool>`(e.submitted_at, e.id) > (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`);
  const rows = await select.orderBy('e.submittedAt').orderBy('e.id').limit(PAGE_SIZE + 1).execute();
  const page = toPage(rows, PAGE_SIZE, (row) => [row.submittedAt.toISOString(), row.id]);
  const calendar = await workingCalendar(ctx);
  return { items: page.items.map((row) => toWorkLine(ctx, calendar, row)), next: page.next, counts: await triageCounts(ctx) };
}

async function triageCounts(ctx: Ctx): Promise<TriageCounts> {
  const { rows } = await sql<TriageCounts>`select count(*) filter (where e.state = 'received')::int as "received",
    count(*) filter (where e.state = 'received' and e.acknowledged_at is null and e.acknowledge_due < ${today(ctx)}::date)::int as "unreadLate",
    count(*) filter (where e.state = 'open')::int as "unassigned", count(*) filter (where e.state = 'returned')::int as "returned" from entries e where ${IN_TRIAGE}`.execute(ctx.db);
  return rows[0]!;
}

/** The next entry of triage after this one, for going on without a detour. */
export async function nextInTriage(ctx: Ctx, input: { except: string }): Promise<string | null> {
  allow(mayTriage(ctx.actor), 'triage entries');
  const row = await ctx.db.selectFrom('entries as e').select('e.number').where(IN_TRIAGE).where('e.state', '!=', 'returned').where('e.number', '!=', input.except).orderBy('e.submittedAt').orderBy('e.id').limit(1).executeTakeFirst();
  return row?.number ?? null;
}

/** The bodies for which the actor works. */
export function workingBodies(ctx: Ctx): BodyId[] {
  return [...new Set([...bodiesOf(ctx.actor, 'officer'), ...bodiesOf(ctx.actor, 'head')])];
}

/** What the actor's bodies have to answer, first due first; what waits for its sender at the end. */
export async function queueOfBody(ctx: Ctx, filter: QueueFilter): Promise<WorkList & { counts: QueueCounts }> {
  const mine = workingBodies(ctx);
  allow(mine.length > 0, 'work for a body');
  const cursor = decodeCursor(filter.after, ['day', 'id']);
  const due = sql`coalesce(e.answer_due, 'infinity'::date)`;
  let select = selectWorkLines(ctx).where('e.bodyId', 'in', mine).where(sql<SqlBool>`e.state in ${OF_BODIES}`).where(tabIs(ctx, filter.tab));
  if (cursor) select = select.where(sql<SqlBool>`(${due}, e.id) > (${cursor[0]}::date, ${cursor[1]}::uuid)`);
  const rows = await select.orderBy(due).orderBy('e.id').limit(PAGE_SIZE + 1).execute();
  const page = toPage(rows, PAGE_SIZE, (row) => [row.answerDue ?? 'infinity', row.id]);
  const calendar = await workingCalendar(ctx);
  return { items: page.items.map((row) => toWorkLine(ctx, calendar, row)), next: page.next, counts: await queueCounts(ctx, mine) };
}

function tabIs(ctx: Ctx, tab: QueueTab): Expression<SqlBool> {
  switch (tab) {
    case 'all': return sql`true`;
    case 'late': return sql`e.answer_due < ${today(ctx)}::date`;
    case 'today': return sql`e.answer_due = ${today(ctx)}::date`;
    case 'new': return sql`e.state = 'assigned'`;
    case 'waiting': return sql`e.state = 'returned'`;
  }
}

async function queueCounts(ctx: Ctx, bodies: readonly BodyId[]): Promise<QueueCounts> {
  const figure = (tab: QueueTab) => sql`count(*) filter (where ${tabIs(ctx, tab)})::int as ${sql.id(tab)}`;
  const { rows } = await sql<QueueCounts>`select ${figure('all')}, ${figure('late')}, ${figure('today')}, ${figure('new')}, ${figure('waiting')}
    from entries e where e.body_id in (${sql.join(bodies)}) and e.state in ${OF_BODIES}`.execute(ctx.db);
  return rows[0]!;
}

/** How the whole stands, for coordinators: complaints are counted here, since this page is not public. */
export async function workOverview(ctx: Ctx): Promise<Overview> {
  allow(mayTriage(ctx.actor), 'see the overview');
  const day = today(ctx);
  const soon = addWorkingDays(await workingCalendar(ctx), day, CLOSING_SOON_DAYS);
  const { rows } = await sql<{ code: string | null; nameAr: string; nameEn: string; nameKu: string; running: number; late: number; soon: number; waiting: number; oldest: string | null }>`
    select b.code, b.name_ar as "nameAr", b.name_en as "nameEn", b.name_ku as "nameKu", g.* from (
      select e.body_id, count(*)::int as running, count(*) filter (where e.answer_due < ${day}::date)::int as late,
        count(*) filter (where e.answer_due between ${day}::date and ${soon}::date)::int as soon, count(*) filter (where e.state = 'returned')::int as waiting, min(e.answer_due) filter (where e.answer_due < ${day}::date) as oldest
      from entries e where e.state in ('received', 'returned', 'open', 'assigned', 'study') group by e.body_id) g
    left join bodies b on b.id = g.body_id order by g.late desc, g.running desc, b.code`.execute(ctx.db);
  const disputed = await ctx.db.selectFrom('entries').select((eb) => eb.fn.countAll<bigint>().as('n')).where('state', '=', 'disputed').executeTakeFirstOrThrow();
  const sum = (key: 'running' | 'late' | 'soon' | 'waiting') => rows.reduce((total, row) => total + row[key], 0);
  return {
    triage: await triageCounts(ctx), running: sum('running'), late: sum('late'), closingSoon: sum('soon'), waitingForSender: sum('waiting'), disputed: Number(disputed.n),
    lateByBody: rows.map((row) => ({
      body: row.code === null ? null : { code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } }, late: row.late, running: row.running, oldestDue: row.oldest,
    })),
  };
}
