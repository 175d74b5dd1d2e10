import { error, redirect } from '@sveltejs/kit';
import { parseId, type BodyId } from '#kernel/ids.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { ActiveSchema, BodySchema } from '#features/directory/input.ts';
import { changeBody, keptBody, setBodyActive } from '#features/directory/server/index.ts';
import { SeenSchema } from '#features/places/input.ts';
import { allSectors } from '#features/places/server/index.ts';
import { doneOf, isAdministrator, keeperOnly } from '../../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => {
  keeperOnly(locals, url);
  const body = await locals.ask(keptBody, idOf(params.id));
  if (!body) error(404, 'not-found');
  const sectors = await locals.ask(allSectors, undefined);
  return { administrator: isAdministrator(locals), done: doneOf(url), body, sectors: sectors.filter((it) => it.parent === null) };
};

const idOf = (text: string): BodyId => parseId<'body'>(text) ?? error(404, 'not-found');

export const actions: Actions = {
  save: form(async ({ locals, params }, { values, lists }) => {
    await locals.act(changeBody, { id: idOf(params.id!), ...parse(SeenSchema, values), ...parse(BodySchema, { ...values, sectors: lists.sectors ?? [] }) });
    redirect(303, locals.words.href(`/admin/bodies/${params.id}?done=saved`));
  }),
  active: form(async ({ locals, params }, { values }) => {
    const active = parse(ActiveSchema, values.active);
    await locals.act(setBodyActive, { id: idOf(params.id!), active });
    redirect(303, locals.words.href(`/admin/bodies/${params.id}?done=${active ? 'active' : 'inactive'}`));
  }),
};
