import { error } from '@sveltejs/kit';
import { setOf } from '#features/open-data/sets.ts';
import type { PageServerLoad } from './$types';
import { factsOf } from '../facts.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
  const set = setOf(params.set);
  if (!set) error(404, 'not-found');
  const { rows, changedAt, bytes } = await factsOf(locals, set);
  return {
    name: set.name, rows, changedAt, files: [...set.files, 'json' as const].map((ending) => ({ ending, bytes: bytes[ending] })), feeds: [...set.feeds],
    columns: set.columns.map(({ key, tag, says }) => ({ key, tag: tag ?? '', says: says ?? key })), suppressBelow: locals.profile.suppressBelow, credits: locals.profile.credits.map((it) => it.text),
  };
};
