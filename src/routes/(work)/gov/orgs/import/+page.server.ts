import { redirect } from '@sveltejs/kit';
import { form, requireOnce } from '#platform/web/form.ts';
import { readUpload, uploadOrganisations } from '#features/organisations/server/index.ts';
import { registrarsOnly } from '../registry.ts';
import type { Actions, PageServerLoad } from './$types';

/** Figures of what came in, as the page before says them. */
const counted = (url: URL) => {
  const [listed, drafts, there] = ['listed', 'drafts', 'there'].map((name) => Number(/^\d{1,5}$/.exec(url.searchParams.get(name) ?? '')?.[0] ?? NaN));
  return Number.isNaN(listed) ? null : { listed: listed!, drafts: drafts || 0, there: there || 0 };
};

export const load: PageServerLoad = ({ locals, url }) => {
  registrarsOnly(locals, url);
  return { once: crypto.randomUUID(), done: counted(url), dropped: url.searchParams.has('dropped') };
};

export const actions: Actions = {
  default: form(async ({ locals, url }, { values, files }) => {
    // Nobody else's file is opened at all.
    registrarsOnly(locals, url);
    const once = requireOnce(values);
    const [file] = files.file ?? [];
    await locals.act(uploadOrganisations, { once, rows: await readUpload(file ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0)) });
    redirect(303, locals.words.href(`/gov/orgs/import/${once}`));
  }),
};
