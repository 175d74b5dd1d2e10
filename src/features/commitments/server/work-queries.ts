import { sql } from 'kysely';
import { bodiesOf, hasRole } from '#kernel/actor.ts';
import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import type { CommitmentWork, LateOfBody, PromisesOfMine } from '../views.ts';
import { selectLines, toLine } from './queries.ts';
import { today } from './store.ts';

const MOST = 200;

/** What the actor's bodies have promised, private ones too: live by date, so that late comes first; apart what waits for residents. */
export async function promisesOfMyBodies(ctx: Ctx): Promise<PromisesOfMine> {
  const mine = [...new Set([...bodiesOf(ctx.actor, 'officer'), ...bodiesOf(ctx.actor, 'head')])];
  if (mine.length === 0) return { live: [], waiting: [] };
  const rows = await selectLines(ctx).select('c.escalated').where('c.bodyId', 'in', mine).where('c.state', 'in', ['open', 'disputed', 'done']).orderBy('c.due').orderBy('c.id').limit(MOST).execute();
  const lines: CommitmentWork[] = rows.map((row) => ({ ...toLine(ctx, row), escalated: row.escalated }));
  return { live: lines.filter((it) => it.state !== 'done'), waiting: lines.filter((it) => it.state === 'done') };
}

/** How many of the actor's bodies are late, and how many of these have climbed to the head or beyond; for the desk. */
export async function lateOfMyBodies(ctx: Ctx): Promise<{ all: number; escalated: number }> {
  const mine = [...new Set([...bodiesOf(ctx.actor, 'officer'), ...bodiesOf(ctx.actor, 'head')])];
  if (mine.length === 0) return { all: 0, escalated: 0 };
  return ctx.db.selectFrom('commitments').select([sql<number>`count(*)::int`.as('all'), sql<number>`count(*) filter (where escalated >= 2)::int`.as('escalated')])
    .where('bodyId', 'in', mine).where('state', 'in', ['open', 'disputed']).where('due', '<', today(ctx)).executeTakeFirstOrThrow();
}

/** Late commitments by body, most first; `escalated` have reached the governor's office. Private ones count, so this is for that office alone. */
export async function lateByBody(ctx: Ctx): Promise<LateOfBody[]> {
  allow(hasRole(ctx.actor, 'coordinator'), 'see late commitments');
  const rows = await ctx.db.selectFrom('commitments as c').innerJoin('bodies as b', 'b.id', 'c.bodyId')
    .select(['b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu', sql<number>`count(*)::int`.as('late'), sql<number>`count(*) filter (where c.escalated >= 3)::int`.as('escalated'), sql<string>`min(c.due)::text`.as('oldestDue')])
    .where('c.state', 'in', ['open', 'disputed']).where('c.due', '<', today(ctx)).groupBy('b.id').orderBy('late', 'desc').orderBy('oldestDue').limit(MOST).execute();
  return rows.map((row) => ({ body: { code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } }, late: row.late, escalated: row.escalated, oldestDue: row.oldestDue }));
}

/** The late ones themselves, longest first, of one body or of all; for the governor's office. */
export async function lateCommitments(ctx: Ctx, input: { body?: string }): Promise<CommitmentWork[]> {
  allow(hasRole(ctx.actor, 'coordinator'), 'see late commitments');
  let query = selectLines(ctx).select('c.escalated').where('c.state', 'in', ['open', 'disputed']).where('c.due', '<', today(ctx));
  if (input.body) query = query.where('b.code', '=', input.body);
  return (await query.orderBy('c.due').orderBy('c.id').limit(MOST).execute()).map((row) => ({ ...toLine(ctx, row), escalated: row.escalated }));
}
