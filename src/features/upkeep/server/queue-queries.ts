import { sql } from 'kysely';
import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepHouse } from '../access.ts';
import type { FailedJob } from '../model.ts';

const MOST = 200;

/** Jobs that failed for the last time, the latest first: what they were to do, never for whom. */
export async function failedJobs(ctx: Ctx): Promise<FailedJob[]> {
  allow(mayKeepHouse(ctx.actor), 'see jobs');
  const { rows } = await sql<FailedJob>`select id::text, task, attempts, since, last from abwab_queue.failed() order by last desc limit ${MOST}`.execute(ctx.db);
  return rows;
}

/** How many failed, and how long the oldest that is due has been waiting. */
export async function queueState(ctx: Ctx): Promise<{ failed: number; behind: number }> {
  const { rows } = await sql<{ failed: number; behind: number }>`select (select count(*)::int from abwab_queue.failed()) as failed, abwab_queue.behind() as behind`.execute(ctx.db);
  return rows[0]!;
}
