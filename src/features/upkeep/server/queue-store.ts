import { sql } from 'kysely';
import type { Ctx } from '../../context.ts';

/** The task of a job that had failed and now waits again; null when there is none by this number. */
export async function startAgain(ctx: Ctx, id: string): Promise<string | null> {
  return (await sql<{ task: string | null }>`select abwab_queue.retry(${id}::bigint) as task`.execute(ctx.db)).rows[0]?.task ?? null;
}

export async function dropFailed(ctx: Ctx, id: string): Promise<string | null> {
  return (await sql<{ task: string | null }>`select abwab_queue.give_up(${id}::bigint) as task`.execute(ctx.db)).rows[0]?.task ?? null;
}
