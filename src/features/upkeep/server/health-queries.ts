import { sql } from 'kysely';
import { allow } from '#kernel/refusal.ts';
import { localDate } from '#kernel/working-days.ts';
import { lastBackup } from '../../places/server/index.ts';
import { failedLetters, lateLetters } from '../../notices/server/index.ts';
import { recordHealth, recordStanding, sealDelay, witnesses } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepHouse } from '../access.ts';
import { judge, type Measured } from '../model.ts';
import { queueState } from './queue-queries.ts';

export type HouseHealth = { at: Date; promises: Measured[]; databaseBytes: number; watchers: { name: string; well: boolean }[] };

const ANSWERS_DAYS = 90;

const tenths = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds * 10) / 10);

/** Every promise beside what it is now. How much room is left on the disk is known to whoever asks. */
export async function houseHealth(ctx: Ctx, machine: { freeBytes: number | null }): Promise<HouseHealth> {
  allow(mayKeepHouse(ctx.actor), 'see how the house is doing');
  const queue = await queueState(ctx);
  const { checkedAt } = await recordStanding(ctx);
  const watchers = (await witnesses(ctx)).map((it) => ({ name: it.name, well: it.seen !== null && it.problem === null }));
  const backup = await lastBackup(ctx);
  const rest = await measuredHere(ctx);
  const since = (at: Date | null | undefined) => (at ? Math.max(0, Math.round((ctx.now.getTime() - at.getTime()) / 1000)) : null);
  return {
    at: ctx.now, databaseBytes: Number(rest.bytes), watchers,
    promises: [
      judge('answers', rest.due === 0 ? null : rest.kept / rest.due), judge('codes', rest.codes), judge('sent', tenths(rest.sent)), judge('record', (await recordHealth(ctx)).waitingSeconds), judge('sealed', tenths(await sealDelay(ctx))), judge('checked', since(checkedAt)),
      judge('watchers', watchers.filter((it) => it.well).length), judge('queue', Math.round(queue.behind)), judge('jobs', queue.failed), judge('letters', await failedLetters(ctx)), judge('late', await lateLetters(ctx)), judge('disk', machine.freeBytes), judge('backup', since(backup?.at)),
    ],
  };
}

/** Answers that were due in the last months and came by their day; the sign-in code that has waited longest to leave; how large all of it is. */
async function measuredHere(ctx: Ctx): Promise<{ due: number; kept: number; codes: number; sent: number | null; bytes: string }> {
  const today = localDate(ctx.now, ctx.profile.zone);
  const { rows } = await sql<{ due: number; kept: number; codes: number; sent: number | null; bytes: string }>`select
    (select count(*)::int from entries where answer_due < ${today} and answer_due >= ${today}::date - ${ANSWERS_DAYS}::int and state not in ('joined', 'withdrawn', 'elsewhere')) as due,
    (select count(*)::int from entries where answer_due < ${today} and answer_due >= ${today}::date - ${ANSWERS_DAYS}::int and state not in ('joined', 'withdrawn', 'elsewhere')
      and (answered_at at time zone ${ctx.profile.zone})::date <= answer_due) as kept,
    coalesce((select extract(epoch from ${ctx.now}::timestamptz - min(created_at))::int from sign_in_codes where code_sealed is not null and issued_by is null and used_at is null and expires_at > ${ctx.now}), 0) as codes,
    (select percentile_cont(0.99) within group (order by extract(epoch from sent_at - created_at)) from sign_in_codes where sent_at > ${ctx.now}::timestamptz - interval '1 day') as sent,
    pg_database_size(current_database())::text as bytes`.execute(ctx.db);
  return rows[0]!;
}
