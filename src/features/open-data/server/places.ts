import { allSectors, pageOfPlaces } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { PlacesQuery } from '../input.ts';
import type { ApiPlace, ApiSector } from '../views.ts';
import type { ApiPage } from '../moment.ts';

/** Places of the governorate by code. */
export async function placesPage(ctx: Ctx, query: PlacesQuery): Promise<ApiPage<ApiPlace>> {
  const page = await pageOfPlaces(ctx, { level: query.level, within: query.within.toUpperCase(), after: query.after, limit: Number(query.limit) });
  return { items: [...page.items], next: page.next };
}

/** All sectors in their order; a governorate has dozens, so they are one page. */
export async function sectorsPage(ctx: Ctx): Promise<ApiPage<ApiSector>> {
  return { items: (await allSectors(ctx)).map((it) => ({ code: it.code, names: it.names, parent: it.parent })), next: null };
}
