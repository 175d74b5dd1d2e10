import { SETS } from '#features/open-data/sets.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
  sets: SETS.map(({ name, files }) => ({ name, files: [...files, 'json'] })), suppressBelow: locals.profile.suppressBelow, credits: locals.profile.credits.map((it) => it.text),
});
