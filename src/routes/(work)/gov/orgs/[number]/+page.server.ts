import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { DecideSchema, ProposalSchema, ReasonSchema } from '#features/organisations/input.ts';
import { hasEnd } from '#features/organisations/model.ts';
import { decideProposal, inviteMember, listDraft, proposeDecision, registryCase, returnOrganisation } from '#features/organisations/server/index.ts';
import { dayFrom } from '#features/places/input.ts';
import { registryOnly } from '../registry.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => {
  registryOnly(locals, url);
  return { shown: await locals.ask(registryCase, params.number), done: url.searchParams.has('done') };
};

const done = (locals: App.Locals, number: string | undefined): never => redirect(303, locals.words.href(`/gov/orgs/${number}?done`));

export const actions: Actions = {
  propose: form(async ({ locals, params }, { values }) => {
    const proposal = parse(ProposalSchema, values);
    await locals.act(proposeDecision, { number: params.number!, ...proposal, until: hasEnd(proposal.kind) ? dayFrom(values, 'until') : null });
    done(locals, params.number);
  }),
  decide: form(async ({ locals, params }, { values }) => { await locals.act(decideProposal, { number: params.number!, ...parse(DecideSchema, values) }); done(locals, params.number); }),
  return: form(async ({ locals, params }, { values }) => { await locals.act(returnOrganisation, { number: params.number!, reason: parse(ReasonSchema, { reason: values.back }).reason }); done(locals, params.number); }),
  list: form(async ({ locals, params }) => { await locals.act(listDraft, { number: params.number! }); done(locals, params.number); }),
  invite: form(async ({ locals, params }) => {
    const { token } = await locals.act(inviteMember, { number: params.number!, name: '—', roles: ['owner'] });
    return { link: `${locals.origin}${locals.words.href(`/org/join/${token}`)}` };
  }),
};
