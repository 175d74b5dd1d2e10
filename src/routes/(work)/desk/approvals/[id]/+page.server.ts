import { error, redirect } from '@sveltejs/kit';
import { parseId } from '#kernel/ids.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { MoveSchema, ReturnSchema } from '#features/answers/input.ts';
import { approvalCase, approveAnswer, returnAnswer, takeBackAnswer } from '#features/answers/server/index.ts';
import { coordinates, staffOnly, worksForBody } from '../../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  staffOnly(locals, url);
  const id = parseId<'answer'>(params.id) ?? error(404, 'not-found');
  return {
    ...(await locals.ask(approvalCase, { id })), now: new Date(), delay: locals.profile.approvalDelayMinutes, list: listFor(locals),
    coordinates: coordinates(locals.actor), works: worksForBody(locals.actor), done: url.searchParams.get('done') ?? '',
  };
};

/** Coordinators without a body go back to their own list. */
const listFor = (locals: App.Locals): string => (worksForBody(locals.actor) ? '/desk/approvals' : '/gov/approvals');

export const actions: Actions = {
  approve: form(async ({ locals, params }, { values }) => {
    await locals.act(approveAnswer, parse(MoveSchema, { ...values, id: params.id }));
    redirect(303, locals.words.href(`/desk/approvals/${params.id}`));
  }),
  return: form(async ({ locals, params }, { values }) => {
    await locals.act(returnAnswer, parse(ReturnSchema, { ...values, id: params.id }));
    redirect(303, `${locals.words.href(listFor(locals))}?done=returned`);
  }),
  back: form(async ({ locals, params }) => {
    const id = parseId<'answer'>(params.id!) ?? error(404, 'not-found');
    await locals.act(takeBackAnswer, { id });
    redirect(303, `${locals.words.href(`/desk/approvals/${params.id}`)}?done=taken-back`);
  }),
};
