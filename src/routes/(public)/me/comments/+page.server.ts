import { signInFirst } from '#platform/web/guard.ts';
import { myComments } from '#features/comments/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  signInFirst(locals, url);
  return { comments: await locals.ask(myComments, undefined) };
};
