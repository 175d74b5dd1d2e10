import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { bringUploaded, dropUploaded, uploadedTable } from '#features/organisations/server/index.ts';
import { registrarsOnly } from '../../registry.ts';
import type { Actions, PageServerLoad } from './$types';

const ROWS = 100;

export const load: PageServerLoad = async ({ locals, url, params }) => {
  registrarsOnly(locals, url);
  const { rows, refused } = await locals.ask(uploadedTable, params.id);
  const from = Math.min(Number(/^\d{1,4}$/.exec(url.searchParams.get('from') ?? '')?.[0] ?? 0), Math.max(0, rows.length - 1));
  const count = (becomes: string) => rows.filter((row) => row.becomes === becomes).length;
  return {
    id: params.id, from, rows: rows.slice(from, from + ROWS), total: rows.length, next: from + ROWS < rows.length ? from + ROWS : null, refused: refused.slice(0, ROWS), refusedCount: refused.length,
    counts: { listed: count('listed'), drafts: count('draft'), there: count('there') },
  };
};

export const actions: Actions = {
  take: form(async ({ locals, params }) => {
    const { imported, drafts, skipped } = await locals.act(bringUploaded, { id: params.id! });
    redirect(303, locals.words.href(`/gov/orgs/import?listed=${imported}&drafts=${drafts}&there=${skipped}`));
  }),
  drop: form(async ({ locals, params }) => {
    await locals.act(dropUploaded, { id: params.id! });
    redirect(303, locals.words.href('/gov/orgs/import?dropped'));
  }),
};
