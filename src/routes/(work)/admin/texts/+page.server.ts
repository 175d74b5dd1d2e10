import { wordingList } from '#features/wording/server/index.ts';
import { administratorOnly } from '../keepers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  return { lines: await locals.ask(wordingList, undefined), clocks: locals.profile.clocks };
};
