import { showOrganisation } from '#features/organisations/server/index.ts';
import { historyOf } from '#features/record/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const organisation = await locals.ask(showOrganisation, params.code);
  return { organisation, history: await locals.ask(historyOf, { subjects: [organisation.id], publicOnly: true }) };
};
