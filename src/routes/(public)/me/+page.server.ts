import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { signInFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { dropSession } from '#platform/web/session.ts';
import { LanguageSchema } from '#features/people/input.ts';
import { mayGiveCodes, mayKeepPeople } from '#features/people/access.ts';
import { mayModerate } from '#features/comments/access.ts';
import { waitingForModerators } from '#features/comments/server/index.ts';
import { mayReceive } from '#features/desk/access.ts';
import { entriesAsking, followedEntries, myEntries } from '#features/intake/server/index.ts';
import { chooseLanguage, endSession, myAccount, rolesState } from '#features/people/server/index.ts';
import { maySeeRegistry } from '#features/organisations/access.ts';
import { mayOversee } from '#features/upkeep/access.ts';
import { myOrganisations } from '#features/organisations/server/index.ts';
import { hasRole } from '#kernel/actor.ts';
import type { EntryLine } from '#features/intake/views.ts';
import { cleared } from '../../leaving.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  signInFirst(locals, url);
  const { actor } = locals;
  const keeper = mayKeepPeople(actor);
  const entries = await locals.ask(myEntries, undefined);
  return {
    account: await locals.ask(myAccount, undefined),
    saved: url.searchParams.has('saved'), added: url.searchParams.has('added'),
    may: { counter: mayReceive(actor), desk: hasRole(actor, 'officer') || hasRole(actor, 'head'), gov: hasRole(actor, 'coordinator'), registry: maySeeRegistry(actor), organisations: (await locals.ask(myOrganisations, undefined)).length > 0, codes: mayGiveCodes(actor), people: keeper, moderate: mayModerate(actor), oversee: mayOversee(actor) },
    entries, follows: (await locals.ask(followedEntries, undefined)).length, asked: askedOf(entries, await locals.ask(entriesAsking, undefined)),
    comments: await locals.ask(waitingForModerators, undefined),
    waiting: keeper ? (await locals.ask(rolesState, undefined)).waiting : 0,
  };
};

/** What waits for the reader's word: a question about what they sent, and «was it done?». */
function askedOf(entries: readonly EntryLine[], asking: readonly { number: string; title: string }[]) {
  const questions = entries.filter((it) => it.state === 'returned').map(({ number, title }) => ({ what: 'question' as const, number, title, path: `/track?number=${number}` }));
  return [...questions, ...asking.map((it) => ({ what: 'confirm' as const, ...it, path: `/n/${it.number}/confirm` }))];
}

export const actions: Actions = {
  language: form(async ({ locals }, { values }) => {
    await locals.act(chooseLanguage, parse(LanguageSchema, values));
    redirect(303, locals.words.href('/me?saved'));
  }),
  out: form(async ({ locals, cookies, url, setHeaders }, { values }) => {
    if (locals.session) await locals.act(endSession, { token: locals.session });
    dropSession(cookies, url);
    setHeaders({ 'clear-site-data': cleared(values) });
    redirect(303, locals.words.href('/'));
  }),
};
