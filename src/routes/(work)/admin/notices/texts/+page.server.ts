import { templateList } from '#features/notices/server/index.ts';
import { administratorOnly } from '../../keepers.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  return { templates: await locals.ask(templateList, undefined) };
};
