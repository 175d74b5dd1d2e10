import { redirect } from '@sveltejs/kit';
import { signInFirst } from '#platform/web/guard.ts';
import { myData } from '#features/privacy/server/index.ts';
import type { RequestHandler } from './$types';

/** One file with everything; kept by nobody on the way. Asked for by the form of /me/data. */
export const GET: RequestHandler = async ({ locals, url }) => {
  signInFirst(locals, url);
  const data = await locals.ask(myData, undefined);
  if (!data) redirect(303, locals.words.href('/me/data'));
  return new Response(`${JSON.stringify(data, null, 2)}\n`, {
    headers: { 'content-type': 'application/json; charset=utf-8', 'content-disposition': 'attachment; filename="abwab-my-data.json"', 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' },
  });
};
