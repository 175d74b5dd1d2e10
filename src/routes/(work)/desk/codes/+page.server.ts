import { allow } from '#kernel/refusal.ts';
import { form } from '#platform/web/form.ts';
import { secondFactorFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { mayReceive } from '#features/desk/access.ts';
import { mayGiveCodes } from '#features/people/access.ts';
import { GiveCodeSchema } from '#features/people/input.ts';
import { giveCode } from '#features/people/server/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  secondFactorFirst(locals, url);
  allow(mayGiveCodes(locals.actor), 'give a code');
  return { counter: mayReceive(locals.actor) };
};

export const actions: Actions = {
  /** The code is in this one answer only. */
  default: form(async ({ locals }, { values }) => ({ given: await locals.act(giveCode, parse(GiveCodeSchema, values)) })),
};
