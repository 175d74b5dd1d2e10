import { sql } from 'kysely';
import type { EntryId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';

/** The entry of a number, or the one that it was joined to, as long as everybody may read it; its text and its clock are not asked for. */
export async function liveEntry(ctx: Ctx, number: string): Promise<{ id: EntryId } | null> {
  const row = await ctx.db.selectFrom('entries as asked').innerJoin('entries as e', (join) => join.on(sql<boolean>`e.id = case when asked.state = 'joined' then asked.joined_to else asked.id end`))
    .select('e.id').where('asked.number', '=', number).where('asked.confidential', '=', false).where('e.publishedAt', 'is not', null).where('e.confidential', '=', false).where('e.state', '!=', 'withdrawn').executeTakeFirst();
  return row ? { id: row.id as EntryId } : null;
}

/** The unique key decides whether it is new; the tally moves with it in the same transaction. */
export async function addSupport(ctx: Ctx, entryId: string, personId: string): Promise<{ added: boolean; count: number }> {
  const inserted = await ctx.db.insertInto('supports').values({ entryId, personId, at: ctx.now, movedFrom: null })
    .onConflict((it) => it.columns(['entryId', 'personId']).doNothing()).returning('personId').execute();
  return { added: inserted.length > 0, count: await tally(ctx, entryId, inserted.length) };
}

/** The same for many, who follow it from then on; returns whose support is new. */
export async function addSupports(ctx: Ctx, entryId: string, supports: readonly { person: string; at: Date }[]): Promise<Set<string>> {
  if (supports.length === 0) return new Set();
  const rows = supports.map(({ person, at }) => ({ entryId, personId: person, at, movedFrom: null }));
  const inserted = await ctx.db.insertInto('supports').values(rows).onConflict((it) => it.columns(['entryId', 'personId']).doNothing()).returning('personId').execute();
  await ctx.db.insertInto('follows').values(rows).onConflict((it) => it.columns(['entryId', 'personId']).doNothing()).execute();
  await tally(ctx, entryId, inserted.length);
  return new Set(inserted.map((row) => row.personId));
}

export async function removeSupport(ctx: Ctx, entryId: string, personId: string): Promise<{ removed: boolean; count: number }> {
  const removed = await ctx.db.deleteFrom('supports').where('entryId', '=', entryId).where('personId', '=', personId).returning('personId').execute();
  return { removed: removed.length > 0, count: await tally(ctx, entryId, -removed.length) };
}

async function tally(ctx: Ctx, entryId: string, change: number): Promise<number> {
  if (change === 0) return (await ctx.db.selectFrom('entryTallies').select('supports').where('entryId', '=', entryId).executeTakeFirstOrThrow()).supports;
  const row = await ctx.db.updateTable('entryTallies').set({ supports: sql<number>`supports + ${change}` }).where('entryId', '=', entryId).returning('supports').executeTakeFirstOrThrow();
  return row.supports;
}

export async function setFollow(ctx: Ctx, entryId: string, personId: string, follow: boolean): Promise<boolean> {
  if (!follow) return (await ctx.db.deleteFrom('follows').where('entryId', '=', entryId).where('personId', '=', personId).returning('personId').execute()).length > 0;
  const rows = await ctx.db.insertInto('follows').values({ entryId, personId, at: ctx.now, movedFrom: null })
    .onConflict((it) => it.columns(['entryId', 'personId']).doNothing()).returning('personId').execute();
  return rows.length > 0;
}

export async function supportsEntry(ctx: Ctx, entryId: string, personId: string): Promise<boolean> {
  return (await ctx.db.selectFrom('supports').select('personId').where('entryId', '=', entryId).where('personId', '=', personId).executeTakeFirst()) !== undefined;
}

/** Whether this person sent an entry that was joined to this one: they said the same, in their own words. */
export async function sentJoined(ctx: Ctx, entryId: string, personId: string): Promise<boolean> {
  return (await ctx.db.selectFrom('entries as e').innerJoin('entrySubmitters as s', 's.entryId', 'e.id').select('e.id').where('e.joinedTo', '=', entryId).where('s.personId', '=', personId).executeTakeFirst()) !== undefined;
}
