import * as v from 'valibot';
import { FindSchema } from '#features/wording/input.ts';
import { findWording, wordingList } from '#features/wording/server/index.ts';
import { administratorOnly } from '../keepers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  const q = v.parse(FindSchema, url.searchParams.get('q') ?? '');
  return { q, found: q ? await locals.ask(findWording, q) : null, lines: await locals.ask(wordingList, undefined), clocks: locals.profile.clocks };
};
