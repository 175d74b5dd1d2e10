import { redirect } from '@sveltejs/kit';
import { pageOfNumber, searchAll } from '#features/search/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
  const q = (url.searchParams.get('q') ?? '').slice(0, 200).trim();
  const page = q ? await locals.ask(pageOfNumber, q) : null;
  if (page) redirect(303, locals.words.href(page));
  return { q, results: q ? await locals.ask(searchAll, q) : null };
};
