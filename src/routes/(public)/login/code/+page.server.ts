import { parseId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { CodeSchema } from '#features/people/input.ts';
import { codeRequest, orRefuse, signInWithCode } from '#features/people/server/index.ts';
import { deviceHere, goIn, nextOf, stepTo } from '../after.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const request = parseId<'code'>(url.searchParams.get('r') ?? '');
  const next = nextOf(locals, url.searchParams.get('next'));
  return { request, next, again: stepTo(locals, '/login', next), sent: request ? await locals.ask(codeRequest, { request }) : null };
};

export const actions: Actions = {
  default: form(async (event, { values }) => {
    const { locals, url } = event;
    const request = parseId<'code'>(values.r ?? url.searchParams.get('r') ?? '') ?? refuse({ because: 'gone', what: 'code' });
    const { code } = parse(CodeSchema, values);
    const signedIn = orRefuse(await locals.act(signInWithCode, { request, code, device: deviceHere(event), language: locals.lang }));
    await goIn(event, signedIn, nextOf(locals, values.next ?? url.searchParams.get('next')));
  }),
};
