import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { IdSchema, InviteSchema, MemberSchema, PersonSchema } from '#features/organisations/input.ts';
import { handOver, inviteMember, leaveOrganisation, membersOf, revokeInvitation, setMemberRoles } from '#features/organisations/server/index.ts';
import { back, inside } from '../../frame.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => ({ ...(await inside(locals, url, params.number)), ...(await locals.ask(membersOf, params.number)) });

const page = (number: string | undefined): string => `/org/${number}/people`;

export const actions: Actions = {
  // The link is shown once, on the page that answers the form, and is in no address.
  invite: form(async ({ locals, params }, { values, lists }) => {
    const { token } = await locals.act(inviteMember, { number: params.number!, ...parse(InviteSchema, { ...values, roles: lists.roles ?? [] }) });
    return { link: `${locals.origin}${locals.words.href(`/org/join/${token}`)}` };
  }),
  revoke: form(async ({ locals, params }, { values }) => { await locals.act(revokeInvitation, { number: params.number!, ...parse(IdSchema, values) }); back(locals, page(params.number), 'revoked'); }),
  roles: form(async ({ locals, params }, { values, lists }) => { await locals.act(setMemberRoles, { number: params.number!, ...parse(MemberSchema, { ...values, roles: lists.roles ?? [] }) }); back(locals, page(params.number), 'changed'); }),
  handOver: form(async ({ locals, params }, { values }) => { await locals.act(handOver, { number: params.number!, ...parse(PersonSchema, values) }); back(locals, page(params.number), 'handed'); }),
  leave: form(async ({ locals, params }) => { await locals.act(leaveOrganisation, { number: params.number! }); redirect(303, locals.words.href('/org')); }),
};
