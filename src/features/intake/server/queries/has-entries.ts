import type { Ctx } from '../../../context.ts';

/** Whether anything has come in yet, public or not. */
export async function hasEntries(ctx: Ctx): Promise<boolean> {
  return (await ctx.db.selectFrom('entries').select('id').limit(1).executeTakeFirst()) !== undefined;
}
