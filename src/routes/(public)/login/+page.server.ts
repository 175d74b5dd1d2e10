import { redirect } from '@sveltejs/kit';
import { Refused } from '#kernel/refusal.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { ContactSchema } from '#features/people/input.ts';
import { passkeyChallenge, requestCode, secondFactorPage, signInWithPasskey } from '#features/people/server/index.ts';
import { deviceHere, goIn, nextOf, stepTo } from './after.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  const next = nextOf(locals, url.searchParams.get('next'));
  if (locals.actor.kind === 'person') redirect(303, next);
  setHeaders({ 'cache-control': 'private, no-store' });
  return {
    next, locked: await isLocked(locals), second: stepTo(locals, '/login/second', next),
    passkey: { make: false, challenge: await locals.ask(passkeyChallenge, undefined), rpId: new URL(locals.origin).hostname },
  };
};

/** A sitting of staff that is over for today and can be opened with the second factor alone. */
async function isLocked(locals: App.Locals): Promise<boolean> {
  if (!locals.session) return false;
  try {
    return (await locals.ask(secondFactorPage, { token: locals.session })).mode === 'ask';
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

export const actions: Actions = {
  code: form(async ({ locals }, { values }) => {
    const { contact } = parse(ContactSchema, values);
    const { request } = await locals.act(requestCode, { contact, language: locals.lang });
    redirect(303, stepTo(locals, `/login/code?r=${request}`, nextOf(locals, values.next)));
  }),
  passkey: form(async (event, { values }) => {
    const { locals } = event;
    const raised = await locals.act(signInWithPasskey, { token: locals.session, response: values.response ?? '', origin: locals.origin, device: deviceHere(event) });
    await goIn(event, { ...raised, next: 'none' }, nextOf(locals, values.next));
  }),
};
