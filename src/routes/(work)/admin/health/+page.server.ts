import { houseHealth } from '#features/upkeep/server/index.ts';
import { administratorOnly } from '../keepers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  return { health: await locals.ask(houseHealth, { freeBytes: locals.freeBytes() }) };
};
