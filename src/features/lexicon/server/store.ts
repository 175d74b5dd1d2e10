import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';

/** One change after another: the version counts them. Returns how many groups there are. */
export async function lockGroups(ctx: Ctx): Promise<number> {
  await ctx.db.selectFrom('lexiconState').select('version').forUpdate().execute();
  return Number((await ctx.db.selectFrom('lexiconGroups').select((eb) => eb.fn.countAll<bigint>().as('count')).executeTakeFirstOrThrow()).count);
}

export async function lockGroup(ctx: Ctx, id: string): Promise<string[]> {
  const row = await ctx.db.selectFrom('lexiconGroups').select('words').where('id', '=', id).forUpdate().executeTakeFirst();
  return row?.words ?? refuse({ because: 'not-found', what: 'group' });
}

export async function insertGroup(ctx: Ctx, id: string, words: string[]): Promise<void> {
  await ctx.db.insertInto('lexiconGroups').values({ id, words, changedAt: ctx.now }).execute();
}

export async function updateGroup(ctx: Ctx, id: string, words: string[]): Promise<void> {
  await ctx.db.updateTable('lexiconGroups').set({ words, changedAt: ctx.now }).where('id', '=', id).execute();
}

export async function deleteGroup(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.deleteFrom('lexiconGroups').where('id', '=', id).execute();
}

/** From now on texts are indexed anew. */
export async function countChange(ctx: Ctx): Promise<void> {
  await ctx.db.updateTable('lexiconState').set({ version: sql`version + 1`, stamp: randomUUID() }).execute();
}
