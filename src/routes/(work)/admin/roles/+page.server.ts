import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { secondFactorFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { GrantIdSchema } from '#features/people/input.ts';
import { confirmRole, refuseRole, waitingRoles } from '#features/people/server/index.ts';
import type { Actions, PageServerLoad } from './$types';

const DONE = ['confirmed', 'refused'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  secondFactorFirst(locals, url);
  return { waiting: await locals.ask(waitingRoles, undefined), done: DONE.find((it) => it === url.searchParams.get('done')) ?? null };
};

export const actions: Actions = {
  confirm: form(async ({ locals }, { values }) => {
    await locals.act(confirmRole, parse(GrantIdSchema, values));
    redirect(303, locals.words.href('/admin/roles?done=confirmed'));
  }),
  refuse: form(async ({ locals }, { values }) => {
    await locals.act(refuseRole, parse(GrantIdSchema, values));
    redirect(303, locals.words.href('/admin/roles?done=refused'));
  }),
};
