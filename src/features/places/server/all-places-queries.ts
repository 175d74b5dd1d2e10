import { decodeCursor, toPage, type Page } from '#kernel/page.ts';
import { refuse } from '#kernel/refusal.ts';
import { sql, type SqlBool } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { Names, PlaceLevel } from '../model.ts';
import { named } from './search-queries.ts';

export type PlaceFilter = { level: PlaceLevel | null; within: string; after: string; limit: number };
export type PlaceRow = { code: string; level: PlaceLevel; names: Names; parent: string | null };

/** Active places by code, page by page; refuses a cursor that is none. */
export async function pageOfPlaces(ctx: Ctx, filter: PlaceFilter): Promise<Page<PlaceRow>> {
  const cursor = filter.after ? (decodeCursor(filter.after, ['text']) ?? refuse({ because: 'invalid', fields: { after: 'invalid' } })) : null;
  let query = ctx.db.selectFrom('places').select(['pcode', 'level', 'nameAr', 'nameEn', 'nameKu', 'parent']).where('active', '=', true);
  if (filter.level) query = query.where('level', '=', filter.level);
  if (filter.within) query = query.where(sql<SqlBool>`path @> array[${filter.within}]::text[]`);
  if (cursor) query = query.where('pcode', '>', String(cursor[0]));
  const page = toPage(await query.orderBy('pcode').limit(filter.limit + 1).execute(), filter.limit, (row) => [row.pcode]);
  return { items: page.items.map((row) => ({ code: row.pcode, level: row.level, names: named(row.nameAr, row.nameEn, row.nameKu), parent: row.parent })), next: page.next };
}

export async function countPlaces(ctx: Ctx): Promise<number> {
  return Number((await ctx.db.selectFrom('places').select((eb) => eb.fn.countAll<bigint>().as('n')).where('active', '=', true).executeTakeFirstOrThrow()).n);
}
