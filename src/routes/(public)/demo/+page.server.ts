import { error } from '@sveltejs/kit';
import { demoLinks } from '#features/people/server/index.ts';
import { startOf } from '#features/people/demo.ts';
import type { PageServerLoad } from './$types';

/** Every way into the demonstration. Elsewhere there is no such page. */
export const load: PageServerLoad = async ({ locals, setHeaders }) => {
  if (!locals.demo) error(404, 'not-found');
  setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
  const links = (await locals.ask(demoLinks, undefined)).map((it) => {
    const role = it.roles[0]?.role ?? null;
    return { role, body: it.roles[0]?.bodyNames ?? null, token: it.token, start: startOf(role) };
  });
  return { alone: links.filter((it) => it.body === null), bodies: [...Map.groupBy(links.filter((it) => it.body !== null), (it) => it.body!.ar).values()] };
};
