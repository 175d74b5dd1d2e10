import { sql } from 'kysely';
import type { Ctx } from '../../../context.ts';

/** One more in this window; false, and nothing counted, when it is full. Two at once wait for each other on the row. */
export async function countUp(ctx: Ctx, row: { bucket: string; keyHash: Buffer; windowStart: Date }, max: number): Promise<boolean> {
  const counted = await ctx.db.insertInto('rateLimits').values({ ...row, count: 1 })
    .onConflict((it) => it.columns(['bucket', 'keyHash', 'windowStart']).doUpdateSet({ count: sql<number>`rate_limits.count + 1` }).where('rateLimits.count', '<', max))
    .returning('count').executeTakeFirst();
  return counted !== undefined;
}

export async function countDown(ctx: Ctx, row: { bucket: string; keyHash: Buffer; windowStart: Date }): Promise<void> {
  await ctx.db.updateTable('rateLimits').set({ count: sql<number>`count - 1` }).where('bucket', '=', row.bucket).where('keyHash', '=', row.keyHash).where('windowStart', '=', row.windowStart).where('count', '>', 0).execute();
}

export async function forgetCounts(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('rateLimits').where('windowStart', '<', before).execute();
}
