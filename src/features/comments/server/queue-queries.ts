/** What moderators see, and what everybody sees of their work. */
import { sql } from 'kysely';
import { findPrivateNumbers } from '#engines/screening/index.ts';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { addWorkingDays, localDate, type Calendar } from '#kernel/working-days.ts';
import { workingCalendar } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayDecide, mayModerate } from '../access.ts';
import { RULES } from '../model.ts';
import type { ModerationCase, ModerationQueue, QueueRow, RemovalYear } from '../views.ts';
import { pathOf } from './queries.ts';
import type { BodyId } from '#kernel/ids.ts';

const PAGE = 30;
const YEARS = 3;

function selectWaiting(ctx: Ctx) {
  return ctx.db.selectFrom('comments as c').leftJoin('entries as e', 'e.id', 'c.subjectId').leftJoin('commitments as m', 'm.id', 'c.subjectId').leftJoin('commentObjections as o', 'o.commentId', 'c.id')
    .select(['c.id', 'c.seq', 'c.subjectKind', 'c.personId', 'c.text', 'c.language', 'c.state', 'c.heldFor', 'c.rule', 'c.reason', 'c.decidedBy', 'c.officialRole', 'c.waitsSince',
      'e.number as entry', 'e.title', 'e.bodyId as entryBody', 'm.number as commitment', 'm.what', 'm.bodyId as commitmentBody', 'o.text as objectionText', 'o.at as objectedAt', 'o.outcome'])
    .select((eb) => eb.selectFrom('commentReports as r').select((it) => it.fn.countAll<bigint>().as('n')).whereRef('r.commentId', '=', 'c.id').where('r.settledAt', 'is', null).as('reports'));
}
type Row = Awaited<ReturnType<ReturnType<typeof selectWaiting>['execute']>>[number];

function toRow(ctx: Ctx, row: Row, calendar: Calendar): QueueRow {
  const since = row.waitsSince ?? ctx.now;
  const readBy = addWorkingDays(calendar, localDate(since, ctx.profile.zone), ctx.profile.clocks.acknowledge);
  const what = row.state === 'held' ? ('held' as const) : row.state === 'removed' ? ('objection' as const) : ('reported' as const);
  const fits = mayDecide(ctx.actor, { body: (row.entryBody ?? row.commitmentBody) as BodyId | null, author: row.personId });
  return {
    id: row.id, what, text: row.text, number: row.entry ?? row.commitment ?? '', since, readBy, late: localDate(ctx.now, ctx.profile.zone) > readBy, reports: Number(row.reports ?? 0n),
    official: row.officialRole !== null, mayDecide: row.waitsSince !== null && fits && !(what === 'objection' && ctx.actor.kind === 'person' && row.decidedBy === ctx.actor.id),
  };
}

/** What needs a moderator, longest first. */
export async function moderationQueue(ctx: Ctx, asked: { after: string }): Promise<ModerationQueue> {
  allow(mayModerate(ctx.actor), 'moderate');
  const cursor = decodeCursor(asked.after, ['instant', 'count']);
  let query = selectWaiting(ctx).where('c.waitsSince', 'is not', null);
  if (cursor) query = query.where(sql<boolean>`(c.waits_since, c.seq) > (${cursor[0]}::timestamptz, ${cursor[1]}::bigint)`);
  const page = toPage(await query.orderBy('c.waitsSince').orderBy('c.seq').limit(PAGE + 1).execute(), PAGE, (row) => [row.waitsSince!.toISOString(), Number(row.seq)]);
  const calendar = await workingCalendar(ctx);
  return { items: page.items.map((row) => toRow(ctx, row, calendar)), next: page.next, count: await waiting(ctx) };
}

/** How many wait, for those who work on them; nobody else is told. */
export async function waitingForModerators(ctx: Ctx): Promise<number> {
  return mayModerate(ctx.actor) || ctx.actor.kind === 'system' ? waiting(ctx) : 0;
}

async function waiting(ctx: Ctx): Promise<number> {
  return Number((await ctx.db.selectFrom('comments').select((eb) => eb.fn.countAll<bigint>().as('n')).where('waitsSince', 'is not', null).executeTakeFirstOrThrow()).n);
}

/** One of them with all that a decision needs; never who wrote or reported it. */
export async function moderationCase(ctx: Ctx, asked: { id: string }): Promise<ModerationCase> {
  allow(mayModerate(ctx.actor), 'moderate');
  const row = await selectWaiting(ctx).where('c.id', '=', asked.id).where((eb) => eb.or([eb('c.waitsSince', 'is not', null), eb('c.decidedBy', 'is not', null)])).executeTakeFirst();
  if (!row) return refuse({ because: 'not-found', what: 'comment' });
  const reports = await ctx.db.selectFrom('commentReports').select(['rule', 'words', 'at']).where('commentId', '=', row.id).where('settledAt', 'is', null).orderBy('at').limit(100).execute();
  const before = row.personId === null ? 0 : Number((await ctx.db.selectFrom('comments').select((eb) => eb.fn.countAll<bigint>().as('n')).where('personId', '=', row.personId).where('rule', 'is not', null).where('id', '<>', row.id).executeTakeFirstOrThrow()).n);
  return {
    ...toRow(ctx, row, await workingCalendar(ctx)), state: row.state, language: row.language, title: row.title ?? row.what ?? '', path: pathOf({ kind: row.subjectKind, number: row.entry ?? row.commitment ?? '' }),
    heldFor: row.heldFor, rule: row.rule, reason: row.reason, marks: findPrivateNumbers(row.text).map(({ from, to }) => ({ from, to })), reportList: reports,
    objection: row.objectedAt ? { text: row.objectionText ?? '', at: row.objectedAt, outcome: row.outcome } : null, removedBefore: before,
  };
}

/** How many comments were removed, by year and rule: counted when asked, and exactly. What an office does is not suppressed; each removal stands in its thread with its rule as well. */
export async function removalFigures(ctx: Ctx): Promise<RemovalYear[]> {
  const year = Number(localDate(ctx.now, ctx.profile.zone).slice(0, 4));
  const zone = ctx.profile.zone;
  const removals = await sql<{ year: number; rule: string; n: bigint }>`select extract(year from decided_at at time zone ${zone})::int as year, rule, count(*) as n from comments
    where rule is not null and extract(year from decided_at at time zone ${zone}) > ${year - YEARS} group by 1, 2`.execute(ctx.db);
  const objections = await sql<{ year: number; outcome: string; n: bigint }>`select extract(year from decided_at at time zone ${zone})::int as year, outcome, count(*) as n from comment_objections
    where outcome is not null and extract(year from decided_at at time zone ${zone}) > ${year - YEARS} group by 1, 2`.execute(ctx.db);
  const countOf = (rows: readonly { year: number; n: bigint }[], at: number, fits: (row: never) => boolean) => Number(rows.find((row) => row.year === at && fits(row as never))?.n ?? 0n);
  const years = [...new Set([year, ...removals.rows.map((row) => row.year), ...objections.rows.map((row) => row.year)])].sort((a, b) => b - a);
  return years.map((at) => {
    const rules = RULES.map((rule) => ({ rule, count: countOf(removals.rows, at, (row: { rule: string }) => row.rule === rule) }));
    const [upheld, reversed] = (['upheld', 'reversed'] as const).map((outcome) => countOf(objections.rows, at, (row: { outcome: string }) => row.outcome === outcome)) as [number, number];
    return { year: at, rules, total: rules.reduce((sum, it) => sum + it.count, 0), objections: upheld + reversed, reversed };
  });
}
