import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { ActiveSchema, CodeSchema, RenameSchema, SeenSchema } from '#features/places/input.ts';
import { keptPlace, renamePlace, setPlaceActive } from '#features/places/server/index.ts';
import { doneOf, isAdministrator, keeperOnly } from '../../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => {
  keeperOnly(locals, url);
  const place = v.is(CodeSchema, params.code) ? await locals.ask(keptPlace, params.code) : null;
  if (!place) error(404, 'not-found');
  return { administrator: isAdministrator(locals), done: doneOf(url), place };
};

export const actions: Actions = {
  rename: form(async ({ locals, params }, { values }) => {
    const it = parse(RenameSchema, { ...values, code: params.code });
    await locals.act(renamePlace, { code: it.code, names: { ar: it['name-ar'], en: it['name-en'], ku: it['name-ku'] }, ...parse(SeenSchema, values) });
    redirect(303, locals.words.href(`/admin/places/${it.code}?done=saved`));
  }),
  active: form(async ({ locals, params }, { values }) => {
    const it = parse(ActiveSchema, { ...values, code: params.code });
    await locals.act(setPlaceActive, it);
    redirect(303, locals.words.href(`/admin/places/${it.code}?done=${it.active ? 'active' : 'inactive'}`));
  }),
};
