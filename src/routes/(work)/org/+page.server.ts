import { signInFirst } from '#platform/web/guard.ts';
import { myOrganisations } from '#features/organisations/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  signInFirst(locals, url);
  return { organisations: await locals.ask(myOrganisations, undefined) };
};
