import { sql, type Insertable, type SqlBool } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { Problem } from '../model.ts';
import type { AttemptView, DeliveryView, HookView } from '../views.ts';
import type { WebhooksTables } from './tables.ts';

const LEASE_MS = 2 * 60_000;
const MOST_HOOKS = 200;
const SHOWN_DELIVERIES = 50;

export async function insertHook(ctx: Ctx, row: Insertable<WebhooksTables['hooks']>): Promise<void> {
  await ctx.db.insertInto('hooks').values(row).execute();
}

export async function countHooks(ctx: Ctx): Promise<number> {
  return Number((await ctx.db.selectFrom('hooks').select((eb) => eb.fn.countAll<bigint>().as('n')).where('endedAt', 'is', null).executeTakeFirstOrThrow()).n);
}

export async function lockHook(ctx: Ctx, id: string): Promise<{ id: string; ended: boolean } | null> {
  const row = await ctx.db.selectFrom('hooks').select(['id', 'endedAt']).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? { id: row.id, ended: row.endedAt !== null } : null;
}

/** What waits for a program that is not told any more is not told to it later. */
export async function saveHookEnded(ctx: Ctx, id: string, by: string): Promise<void> {
  await ctx.db.updateTable('hooks').set({ endedAt: ctx.now, endedBy: by }).where('id', '=', id).execute();
  await ctx.db.deleteFrom('hookDeliveries').where('hookId', '=', id).where('state', '=', 'waiting').execute();
}

/** Those that count first, then the others, the latest first; or one of them. */
export async function hookRows(ctx: Ctx, id?: string): Promise<HookView[]> {
  let query = ctx.db.selectFrom('hooks as h').innerJoin('persons as p', 'p.id', 'h.madeBy')
    .select(['h.id', 'h.name', 'h.url', 'h.topics', 'h.madeAt', 'h.endedAt', 'p.displayName'])
    .select(sql<number>`(select count(*)::int from hook_deliveries d where d.hook_id = h.id and d.state = 'waiting')`.as('waiting'))
    .select(sql<number>`(select count(*)::int from hook_deliveries d where d.hook_id = h.id and d.state = 'failed')`.as('failed'))
    .select(sql<Date | null>`(select max(d.settled_at) from hook_deliveries d where d.hook_id = h.id and d.state = 'delivered')`.as('lastDelivered'));
  if (id) query = query.where('h.id', '=', id);
  const rows = await query.orderBy('h.endedAt', (order) => order.desc().nullsFirst()).orderBy('h.madeAt', 'desc').limit(MOST_HOOKS).execute();
  return rows.map(({ displayName, ...row }) => ({ ...row, madeBy: displayName ?? '' }));
}

/** The latest deliveries of a hook with every attempt; what failed or waits comes first. */
export async function deliveryRows(ctx: Ctx, hookId: string): Promise<DeliveryView[]> {
  const rows = await ctx.db.selectFrom('hookDeliveries as d').innerJoin('acts as a', 'a.id', 'd.actId').select(['d.id', 'd.state', 'd.madeAt', 'd.nextAt', 'a.kind'])
    .select(sql<string | null>`a.detail->>'number'`.as('number'))
    .where('d.hookId', '=', hookId).orderBy(sql`array_position(array['failed', 'waiting', 'delivered'], d.state)`).orderBy('d.madeAt', 'desc').limit(SHOWN_DELIVERIES).execute();
  const attempts = rows.length === 0 ? [] : await ctx.db.selectFrom('hookAttempts').selectAll().where('deliveryId', 'in', rows.map((row) => row.id)).orderBy('number').execute();
  return rows.map((row) => ({
    ...row, nextAt: row.state === 'waiting' ? row.nextAt : null, attempts: attempts.filter((it) => it.deliveryId === row.id).map(({ deliveryId: _, ...it }): AttemptView => it),
  }));
}

export type Due = { id: string; attempts: number; url: string; secretSealed: Buffer; actId: string };

/** Takes one delivery that is due and holds it: a program is told one thing at a time, so that one that is away holds up nobody else. */
export async function takeDelivery(ctx: Ctx): Promise<Due | null> {
  const free = sql<SqlBool>`not exists (select 1 from hook_deliveries o where o.hook_id = d.hook_id and o.held_until > ${ctx.now})`;
  const row = await ctx.db.selectFrom('hookDeliveries as d').innerJoin('hooks as h', 'h.id', 'd.hookId').select(['d.id', 'd.attempts', 'd.actId', 'h.url', 'h.secretSealed'])
    .where('d.state', '=', 'waiting').where('d.nextAt', '<=', ctx.now).where('h.endedAt', 'is', null).where(free)
    .orderBy('d.nextAt').orderBy('d.madeAt').limit(1).forUpdate('d').skipLocked().executeTakeFirst();
  if (!row) return null;
  const attempts = row.attempts + 1;
  await ctx.db.updateTable('hookDeliveries').set({ attempts, heldUntil: new Date(ctx.now.getTime() + LEASE_MS) }).where('id', '=', row.id).execute();
  return { ...row, attempts };
}

export type Told = { id: string; attempts: number; status: number | null; problem: Problem | null; milliseconds: number; again: Date | null };

/** Writes the attempt down; a delivery that was settled meanwhile, or whose hook was ended, stays as it is. */
export async function saveAttempt(ctx: Ctx, it: Told): Promise<void> {
  const row = await ctx.db.selectFrom('hookDeliveries').select('state').where('id', '=', it.id).forUpdate().executeTakeFirst();
  if (!row) return;
  await ctx.db.insertInto('hookAttempts').values({ deliveryId: it.id, number: it.attempts, at: ctx.now, status: it.status, problem: it.problem, milliseconds: it.milliseconds })
    .onConflict((key) => key.columns(['deliveryId', 'number']).doNothing()).execute();
  if (row.state === 'delivered') return;
  const next = it.problem === null ? { state: 'delivered' as const, settledAt: ctx.now } : it.again ? { state: 'waiting' as const, settledAt: null, nextAt: it.again } : { state: 'failed' as const, settledAt: ctx.now };
  await ctx.db.updateTable('hookDeliveries').set({ ...next, heldUntil: null }).where('id', '=', it.id).execute();
}

/** Tries what failed once more; null when there is none of this id. */
export async function saveRetry(ctx: Ctx, id: string): Promise<string | null> {
  const row = await ctx.db.updateTable('hookDeliveries').set({ state: 'waiting', settledAt: null, nextAt: ctx.now }).where('id', '=', id).where('state', '=', 'failed').returning('hookId').executeTakeFirst();
  return row?.hookId ?? null;
}

export async function deleteDelivered(ctx: Ctx, before: Date): Promise<number> {
  const { numDeletedRows } = await ctx.db.deleteFrom('hookDeliveries').where('state', '!=', 'waiting').where('settledAt', '<', before).executeTakeFirst();
  return Number(numDeletedRows);
}

export type ActRow = { kind: string; at: Date; actorRole: string; actorBody: string | null; subjectKind: string; detail: object; logIndex: bigint | null; entry: string | null; commitment: string | null; organisation: string | null };

/** A public act with the public number of what it happened to: null where that is not everybody's to read. */
export async function actRow(ctx: Ctx, id: string): Promise<ActRow> {
  const { rows } = await sql<ActRow>`
    select a.kind, a.at, a.actor_role as "actorRole", a.actor_body as "actorBody", a.subject_kind as "subjectKind", a.detail, l.log_index as "logIndex",
      (select e.number from entries e where e.published_at is not null and not e.confidential and e.id = case when a.subject_kind = 'entry' then a.subject_id
        when a.subject_kind = 'answer' then (select n.entry_id from answers n where n.id = a.subject_id) end) as entry,
      (select c.number from commitments c where a.subject_kind = 'commitment' and c.public and c.id = a.subject_id) as commitment,
      (select o.number from organisations o where a.subject_kind = 'organisation' and o.state in ('listed', 'verified', 'suspended') and o.id = a.subject_id) as organisation
    from acts a left join record_leaves l on l.act_id = a.id where a.id = ${id} and a.public`.execute(ctx.db);
  return rows[0]!;
}
