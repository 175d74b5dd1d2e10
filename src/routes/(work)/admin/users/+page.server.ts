import { redirect } from '@sveltejs/kit';
import { toString as drawQr } from 'qrcode';
import type { BodyId } from '#kernel/ids.ts';
import { form } from '#platform/web/form.ts';
import { secondFactorFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { EndAccountSchema, GrantIdSchema, GrantSchema, InviteSchema, PersonSchema } from '#features/people/input.ts';
import { bodyOptions, endAccount, endRole, grantRole, inviteStaff, renewLink, rolesState, staffList } from '#features/people/server/index.ts';
import type { Actions, PageServerLoad } from './$types';

const DONE = ['granted', 'granted-waiting', 'ended', 'closed'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  secondFactorFirst(locals, url);
  const q = (url.searchParams.get('q') ?? '').slice(0, 80);
  const bodies = await locals.ask(bodyOptions, undefined);
  return {
    q, staff: await locals.ask(staffList, { q }), state: await locals.ask(rolesState, undefined),
    bodies: bodies.map((it) => ({ value: it.id, label: locals.words.name(it.names) })),
    done: DONE.find((it) => it === url.searchParams.get('done')) ?? null,
  };
};

/** The link is in this one answer and nowhere else: not in an address, not in a message. */
async function handOver(locals: App.Locals, name: string, token: string, confirmAgain: number) {
  const link = locals.origin + locals.words.href(`/enter/${token}`);
  return { handOver: { name, link, confirmAgain, qr: await drawQr(link, { type: 'svg', margin: 2 }) } };
}

const done = (locals: App.Locals, what: (typeof DONE)[number]): never => redirect(303, locals.words.href(`/admin/users?done=${what}`));

export const actions: Actions = {
  invite: form(async ({ locals }, { values }) => {
    const input = parse(InviteSchema, values);
    const invited = await locals.act(inviteStaff, { ...input, body: input.body as BodyId | null, language: locals.lang });
    return handOver(locals, input.name, invited.token, 0);
  }),
  grant: form(async ({ locals }, { values }) => {
    const input = parse(GrantSchema, values);
    const { counts } = await locals.act(grantRole, { ...input, body: input.body as BodyId | null });
    done(locals, counts ? 'granted' : 'granted-waiting');
  }),
  endRole: form(async ({ locals }, { values }) => {
    await locals.act(endRole, parse(GrantIdSchema, values));
    done(locals, 'ended');
  }),
  link: form(async ({ locals }, { values }) => {
    const { person } = parse(PersonSchema, values);
    const renewed = await locals.act(renewLink, { person, reset: values.reset === 'yes' });
    return handOver(locals, (values.name ?? '').slice(0, 120), renewed.token, renewed.confirmAgain);
  }),
  endAccount: form(async ({ locals }, { values }) => {
    await locals.act(endAccount, { person: parse(EndAccountSchema, values).person });
    done(locals, 'closed');
  }),
};
