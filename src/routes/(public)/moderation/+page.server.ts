import { removalFigures } from '#features/comments/server/index.ts';
import { ATTACK } from '#features/comments/rules.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
  years: await locals.ask(removalFigures, undefined), attack: { count: ATTACK.comments, minutes: ATTACK.minutes },
});
