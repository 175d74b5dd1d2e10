/** What the system's jobs take: locked, leaving out what another worker holds. */
import { sql } from 'kysely';
import type { EntryId } from '#kernel/ids.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Ctx } from '../../context.ts';
import { LIVE_STATES } from '../model.ts';

const BATCH = 200;

export type Overdue = { id: EntryId; number: string; due: PlainDate; escalated: number; shown: boolean };

/** Answers that are due at a level of the ladder which nobody has been told of yet. */
export async function lockOverdue(ctx: Ctx, cutoffs: readonly PlainDate[]): Promise<Overdue[]> {
  const rows = await ctx.db.selectFrom('entries').select(['id', 'number', 'answerDue', 'escalated', 'publishedAt']).where('state', 'in', LIVE_STATES).where('answeredAt', 'is', null)
    .where((eb) => eb.or(cutoffs.map((cutoff, level) => eb.and([eb('escalated', '=', level), eb('answerDue', '<=', cutoff)]))))
    .orderBy('answerDue').limit(BATCH).forUpdate().skipLocked().execute();
  return rows.map((row) => ({ id: row.id as EntryId, number: row.number, due: row.answerDue as PlainDate, escalated: row.escalated, shown: row.publishedAt !== null }));
}

/** Entries that nobody has read in time. */
export async function lockUnread(ctx: Ctx, today: PlainDate): Promise<Omit<Overdue, 'escalated' | 'shown'>[]> {
  const rows = await ctx.db.selectFrom('entries').select(['id', 'number', 'acknowledgeDue']).where('state', '=', 'received').where('acknowledgedAt', 'is', null)
    .where('acknowledgeDue', '<', today).where('acknowledgeEscalated', '=', false).orderBy('acknowledgeDue').limit(BATCH).forUpdate().skipLocked().execute();
  return rows.map((row) => ({ id: row.id as EntryId, number: row.number, due: row.acknowledgeDue as PlainDate }));
}

export async function saveEscalated(ctx: Ctx, id: EntryId, level: number): Promise<void> {
  await ctx.db.updateTable('entries').set({ escalated: level }).where('id', '=', id).execute();
}

export async function saveUnreadTold(ctx: Ctx, ids: readonly EntryId[]): Promise<void> {
  if (ids.length > 0) await ctx.db.updateTable('entries').set({ acknowledgeEscalated: true }).where('id', 'in', [...ids]).execute();
}

/** Answered without a promise before a moment, and not touched since. */
export async function answeredBefore(ctx: Ctx, before: Date): Promise<EntryId[]> {
  const rows = await ctx.db.selectFrom('entries').select('id').where('state', '=', 'answered').where('answeredAt', '<=', before).orderBy('answeredAt').limit(BATCH).forUpdate().skipLocked().execute();
  return rows.map((row) => row.id as EntryId);
}

/**
 * Entries whose commitments say something else than they do; the rule itself is asked for each. What residents settled
 * is looked at for as long as they may still change it. `lately`: only of those to whose commitments something has happened just now, which is
 * found without looking at all of them.
 */
export async function lockUnlikePromises(ctx: Ctx, lately: boolean): Promise<EntryId[]> {
  const settledSince = new Date(ctx.now.getTime() - 2 * ctx.profile.confirmation.days * 86_400_000);
  const { rows } = await sql<{ id: EntryId }>`select e.id from entries e
    join lateral (select case when bool_or(c.state = 'disputed') then 'disputed' when bool_or(c.state = 'open') then 'delivery' when bool_or(c.state = 'done') then 'delivered'
      when bool_or(c.state in ('unconfirmed', 'broken')) then 'unconfirmed' else 'confirmed' end as says
      from commitments c where c.subject_id = e.id having count(*) > 0) p on p.says <> e.state
    where (e.state in ('delivery', 'delivered', 'disputed') or (e.state in ('confirmed', 'unconfirmed') and e.changed_at > ${settledSince}))
      ${lately ? sql`and e.id in (select c.subject_id from commitments c where c.id in (select subject_id from acts where at > ${new Date(ctx.now.getTime() - LATELY_MS)} and subject_kind = 'commitment'))` : sql``}
    limit ${sql.lit(BATCH)} for update of e skip locked`.execute(ctx.db);
  return rows.map((row) => row.id);
}

const LATELY_MS = 60_000;

export type Running = { id: EntryId; submittedAt: Date; clockStarted: PlainDate; extensionDays: number; acknowledgeDue: PlainDate | null; answerDue: PlainDate | null; shown: boolean; pauses: { from: PlainDate; to: PlainDate | null }[] };

/** Every entry whose clock still runs, held. Two statements. */
export async function lockRunning(ctx: Ctx): Promise<Running[]> {
  const rows = await ctx.db.selectFrom('entries').select(['id', 'submittedAt', 'clockStarted', 'extensionDays', 'acknowledgeDue', 'answerDue', 'publishedAt'])
    .where('state', 'in', LIVE_STATES).orderBy('id').forUpdate().execute();
  const pauses = await ctx.db.selectFrom('entryPauses as p').innerJoin('entries as e', 'e.id', 'p.entryId').select(['p.entryId', 'p.fromDay', 'p.toDay']).where('e.state', 'in', LIVE_STATES).execute();
  const byEntry = Map.groupBy(pauses, (row) => row.entryId);
  return rows.map((row) => ({
    id: row.id as EntryId, submittedAt: row.submittedAt, clockStarted: row.clockStarted as PlainDate, extensionDays: row.extensionDays,
    acknowledgeDue: row.acknowledgeDue as PlainDate | null, answerDue: row.answerDue as PlainDate | null, shown: row.publishedAt !== null,
    pauses: (byEntry.get(row.id) ?? []).map((it) => ({ from: it.fromDay as PlainDate, to: it.toDay as PlainDate | null })),
  }));
}

export async function saveDueDates(ctx: Ctx, id: EntryId, due: { acknowledgeDue: PlainDate | null; answerDue: PlainDate | null }): Promise<void> {
  await ctx.db.updateTable('entries').set({ ...due, changedAt: ctx.now }).where('id', '=', id).execute();
}
