import { redirect } from '@sveltejs/kit';
import { toString as drawQr } from 'qrcode';
import { Refused } from '#kernel/refusal.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { CodeSchema } from '#features/people/input.ts';
import {
  addPasskey, answerRecovery, answerTotp, orRefuse, passkeyChallenge, passkeyOptions, secondFactorPage, setTotp, signInWithPasskey, type FactorPage,
} from '#features/people/server/index.ts';
import { deviceHere, goIn, keepRaised, nextOf, stepTo } from '../after.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, request, setHeaders }) => {
  const next = nextOf(locals, url.searchParams.get('next'));
  const page = await pageOf(locals);
  if (!page) redirect(303, stepTo(locals, '/login', next));
  // After the form that set it, this same address shows the recovery codes once.
  if (page.mode === 'done' && request.method !== 'POST') redirect(303, next);
  setHeaders({ 'cache-control': 'private, no-store' });
  return { ...(await drawn(page)), next, passkeyOptions: await optionsFor(locals, page) };
};

async function pageOf(locals: App.Locals): Promise<FactorPage | null> {
  try {
    return await locals.ask(secondFactorPage, { token: locals.session });
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

async function drawn(page: FactorPage) {
  if (page.mode !== 'set') return { page, qr: '' };
  return { page, qr: await drawQr(page.uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }) };
}

async function optionsFor(locals: App.Locals, page: FactorPage) {
  if (page.mode === 'set') return { make: true, ...(await locals.ask(passkeyOptions, { token: locals.session, origin: locals.origin })) };
  if (page.mode === 'ask' && page.passkey) return { make: false, challenge: await locals.ask(passkeyChallenge, undefined), rpId: new URL(locals.origin).hostname };
  return null;
}

export const actions: Actions = {
  set: form(async (event, { values }) => {
    const { code } = parse(CodeSchema, values);
    const set = orRefuse(await event.locals.act(setTotp, { token: event.locals.session, code }));
    keepRaised(event, set);
    return { recoveryCodes: set.recoveryCodes };
  }),
  answer: form(async (event, { values }) => {
    const { code } = parse(CodeSchema, values);
    keepRaised(event, orRefuse(await event.locals.act(answerTotp, { token: event.locals.session, code })));
    redirect(303, nextOf(event.locals, values.next));
  }),
  recovery: form(async (event, { values }) => {
    const { code } = parse(CodeSchema, { code: values.recovery });
    keepRaised(event, orRefuse(await event.locals.act(answerRecovery, { token: event.locals.session, code })));
    redirect(303, nextOf(event.locals, values.next));
  }),
  make: form(async (event, { values }) => {
    const { locals } = event;
    const made = await locals.act(addPasskey, { token: locals.session, response: values.response ?? '', origin: locals.origin, name: deviceHere(event) });
    if (!made) redirect(303, nextOf(locals, values.next));
    keepRaised(event, made);
    return { recoveryCodes: made.recoveryCodes };
  }),
  passkey: form(async (event, { values }) => {
    const { locals } = event;
    const raised = await locals.act(signInWithPasskey, { token: locals.session, response: values.response ?? '', origin: locals.origin, device: deviceHere(event) });
    await goIn(event, { ...raised, next: 'none' }, nextOf(locals, values.next));
  }),
};
