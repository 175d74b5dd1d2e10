import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { ListSchema } from '#features/intake/input.ts';
import { countByPlace, listEntries } from '#features/intake/server/index.ts';
import { CodeSchema } from '#features/places/input.ts';
import { childrenOf, drawMap, placeByCode, withAreas, type PlacePage } from '#features/places/server/index.ts';
import type { PageServerLoad } from './$types';

const WIDTH = 320;

export const load: PageServerLoad = async ({ params, url, locals }) => {
  const code = params.pcode.toUpperCase();
  if (!v.is(CodeSchema, code)) error(404, 'not-found');
  const place = await locals.ask(placeByCode, code);
  const plain = { ...v.parse(ListSchema, {}), place: place.code };
  const count = async (state: 'late' | 'answered' | 'done') => (await locals.ask(listEntries, { ...plain, state, limit: 1 })).total?.count ?? 0;
  const areas = await locals.ask(withAreas, await locals.ask(countByPlace, plain));
  const after = (url.searchParams.get('after') ?? '').slice(0, 400);
  const children = await locals.ask(childrenOf, place.code);
  return {
    place, list: await locals.ask(listEntries, { ...plain, after, limit: 10 }), after,
    figures: { late: await count('late'), answered: await count('answered'), done: await count('done') },
    children: children.map((it) => ({ ...it, count: areas.get(it.code) ?? 0 })).sort((a, b) => b.count - a.count),
    map: await whereItIs(locals, place),
    credit: locals.profile.credits.find((it) => it.what === 'places')?.text ?? null,
  };
};

/** The place among its neighbours; what has no outline of its own is shown by the area around it. */
async function whereItIs(locals: App.Locals, place: PlacePage) {
  if (place.level === 'governorate') return null;
  const shown = place.level === 'community' ? place.above.at(-1) : place;
  if (!shown) return null;
  const within = shown.level === 'neighbourhood' ? (place.above.at(-1)?.code ?? null) : null;
  const map = await locals.ask(drawMap, { level: shown.level, within, width: WIDTH });
  if (!map?.places.some((it) => it.code === shown.code)) return null;
  return { width: map.width, height: map.height, here: shown.code as string, shapes: map.places.map((it) => ({ code: it.code as string, d: it.d, names: it.names })) };
}
