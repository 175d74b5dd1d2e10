import type { BodyId } from '#kernel/ids.ts';
import type { Ctx } from '../../../context.ts';
import { shownCount } from '#kernel/small-numbers.ts';
import { mayWorkOn } from '../../access.ts';

/** Titles and numbers of entries that anybody may read, by id; for lists of what changed. */
export async function entryTitles(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { number: string; title: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('entries').select(['id', 'number', 'title']).where('id', 'in', [...ids])
    .where('publishedAt', 'is not', null).where('state', '!=', 'withdrawn').execute();
  return new Map(rows.map((row) => [row.id, { number: row.number, title: row.title }]));
}

/** The number of an entry that the actor works on, confidential ones too; null for everybody else. */
export async function numberForStaff(ctx: Ctx, id: string): Promise<string | null> {
  const row = await ctx.db.selectFrom('entries').select(['number', 'bodyId']).where('id', '=', id).executeTakeFirst();
  return row && mayWorkOn(ctx.actor, { body: row.bodyId as BodyId | null }) ? row.number : null;
}

/** What a table has room for beside the lines of a list, by number: public entries alone. */
export async function entryTexts(ctx: Ctx, numbers: readonly string[]): Promise<Map<string, { text: string; language: string; servedCount: number | null }>> {
  if (numbers.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('entries').select(['number', 'text', 'language', 'servedCount']).where('number', 'in', [...numbers])
    .where('publishedAt', 'is not', null).where('confidential', '=', false).where('state', 'not in', ['withdrawn', 'joined']).execute();
  return new Map(rows.map((row) => [row.number, { text: row.text, language: row.language, servedCount: shownCount(row.servedCount, ctx.profile.suppressBelow) }]));
}

/** The places of public entries, by their ids. */
export async function entryPlaces(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('entries').select(['id', 'place']).where('id', 'in', [...ids]).where('place', 'is not', null)
    .where('publishedAt', 'is not', null).where('confidential', '=', false).where('state', '!=', 'withdrawn').execute();
  return new Map(rows.map((row) => [row.id, row.place!]));
}

/** How many public entries there are, exactly. */
export async function countEntries(ctx: Ctx): Promise<number> {
  const row = await ctx.db.selectFrom('entries').select((eb) => eb.fn.countAll<bigint>().as('n'))
    .where('publishedAt', 'is not', null).where('confidential', '=', false).where('state', 'not in', ['withdrawn', 'joined']).executeTakeFirstOrThrow();
  return Number(row.n);
}
