import * as v from 'valibot';
import { plainText } from '#kernel/text-limits.ts';
import { ListSchema } from '#features/intake/input.ts';
import { listEntries } from '#features/intake/server/index.ts';
import { allSectors, placeNames, searchPlaces } from '#features/places/server/index.ts';
import type { PageServerLoad } from './$types';

const NearSchema = v.fallback(plainText({ min: 0, max: 100 }), '');

export const load: PageServerLoad = async ({ url, locals }) => {
  const asked = v.parse(ListSchema, Object.fromEntries(url.searchParams));
  const { place, near, nowhere } = await placeMeant(locals, asked.place, url.searchParams.get('near'));
  const filter = { ...asked, place };
  const sectors = await locals.glance(allSectors, undefined);
  return {
    filter, list: await (filter.q ? locals.ask : locals.glance)(listEntries, filter), sectors: sectors.filter((it) => it.parent === null),
    placeName: filter.place ? ((await locals.ask(placeNames, [filter.place])).get(filter.place as never) ?? null) : null,
    near, nowhere, query: url.search,
  };
};

/** A typed name is a place; while it is the name of the place in the address, that place is meant, whatever others are called so. */
async function placeMeant(locals: App.Locals, code: string, typed: string | null): Promise<{ place: string; near: string; nowhere: boolean }> {
  const near = v.parse(NearSchema, typed ?? '');
  if (typed === null) return { place: code, near, nowhere: false };
  const known = code ? (await locals.ask(placeNames, [code])).get(code as never) : undefined;
  if (known && Object.values(known).includes(near)) return { place: code, near, nowhere: false };
  const [found] = near ? await locals.ask(searchPlaces, { q: near, limit: 1 }) : [];
  return { place: found?.code ?? '', near, nowhere: near !== '' && !found };
}
