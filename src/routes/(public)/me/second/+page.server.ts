import { redirect } from '@sveltejs/kit';
import { toString as drawQr } from 'qrcode';
import { form } from '#platform/web/form.ts';
import { secondFactorFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { CodeSchema, PasskeySchema } from '#features/people/input.ts';
import { addPasskey, myFactors, orRefuse, passkeyOptions, removePasskey, renewRecoveryCodes, setTotp } from '#features/people/server/index.ts';
import { deviceHere, keepRaised } from '../../login/after.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  secondFactorFirst(locals, url);
  const token = locals.session;
  const factors = await locals.ask(myFactors, { token });
  return {
    factors, changed: url.searchParams.has('changed'),
    qr: factors.pending ? await drawQr(factors.pending.uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }) : '',
    options: factors.maySet ? { make: true, ...(await locals.ask(passkeyOptions, { token, origin: locals.origin })) } : null,
  };
};

const changed = (locals: App.Locals): never => redirect(303, locals.words.href('/me/second?changed'));

export const actions: Actions = {
  codes: form(async ({ locals }) => ({ recoveryCodes: await locals.act(renewRecoveryCodes, { token: locals.session }) })),
  set: form(async (event, { values }) => {
    const { code } = parse(CodeSchema, values);
    const set = orRefuse(await event.locals.act(setTotp, { token: event.locals.session, code }));
    keepRaised(event, set);
    return { recoveryCodes: set.recoveryCodes };
  }),
  make: form(async (event, { values }) => {
    const { locals } = event;
    const made = await locals.act(addPasskey, { token: locals.session, response: values.response ?? '', origin: locals.origin, name: deviceHere(event) });
    if (made) keepRaised(event, made);
    return made ? { recoveryCodes: made.recoveryCodes } : changed(locals);
  }),
  remove: form(async ({ locals }, { values }) => {
    await locals.act(removePasskey, { token: locals.session, ...parse(PasskeySchema, values) });
    changed(locals);
  }),
};
