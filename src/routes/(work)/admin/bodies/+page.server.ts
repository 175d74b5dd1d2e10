import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { NewBodySchema } from '#features/directory/input.ts';
import { addBody, keptBodies } from '#features/directory/server/index.ts';
import { staffing } from '#features/people/server/index.ts';
import { allSectors } from '#features/places/server/index.ts';
import { doneOf, isAdministrator, keeperOnly } from '../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  keeperOnly(locals, url);
  const staff = await locals.ask(staffing, undefined);
  const bodies = await locals.ask(keptBodies, undefined);
  const sectors = await locals.ask(allSectors, undefined);
  return {
    administrator: isAdministrator(locals), done: doneOf(url), sectors: sectors.filter((it) => it.parent === null),
    bodies: bodies.map((it) => ({ ...it, officer: staff.officers.has(it.id), head: staff.heads.has(it.id) })),
  };
};

export const actions: Actions = {
  default: form(async ({ locals }, { values, lists }) => {
    await locals.act(addBody, parse(NewBodySchema, { ...values, sectors: lists.sectors ?? [] }));
    redirect(303, locals.words.href('/admin/bodies?done=added'));
  }),
};
