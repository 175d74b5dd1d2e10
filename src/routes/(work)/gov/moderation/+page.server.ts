import { moderationQueue } from '#features/comments/server/index.ts';
import { coordinates, moderatorsOnly } from '../../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  moderatorsOnly(locals, url);
  const after = (url.searchParams.get('after') ?? '').slice(0, 200);
  return { queue: await locals.ask(moderationQueue, { after }), after, done: url.searchParams.has('done'), office: coordinates(locals.actor) };
};
