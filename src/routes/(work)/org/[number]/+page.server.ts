import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { ReasonSchema } from '#features/organisations/input.ts';
import { agreeToPart, askRenewal, declinePart, objectToDecision, partsToAgree, submitOrganisation } from '#features/organisations/server/index.ts';
import { back, inside } from '../frame.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => ({ ...(await inside(locals, url, params.number)), parts: await locals.ask(partsToAgree, params.number) });

export const actions: Actions = {
  send: form(async ({ locals, params }) => { await locals.act(submitOrganisation, { number: params.number! }); back(locals, `/org/${params.number}`, 'sent'); }),
  renew: form(async ({ locals, params }) => { await locals.act(askRenewal, { number: params.number! }); back(locals, `/org/${params.number}`, 'asked'); }),
  object: form(async ({ locals, params }, { values }) => { await locals.act(objectToDecision, { number: params.number!, text: parse(ReasonSchema, values).reason }); back(locals, `/org/${params.number}`, 'objected'); }),
  agree: form(async ({ locals, params }, { values }) => { await locals.act(agreeToPart, { number: params.number!, commitment: (values.commitment ?? '').slice(0, 60) }); back(locals, `/org/${params.number}`, 'agreed'); }),
  decline: form(async ({ locals, params }, { values }) => { await locals.act(declinePart, { number: params.number!, commitment: (values.commitment ?? '').slice(0, 60) }); back(locals, `/org/${params.number}`, 'declined'); }),
};
