import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { signInFirst } from '#platform/web/guard.ts';
import { parse } from '#platform/web/parse.ts';
import { refuse } from '#kernel/refusal.ts';
import { myMarks } from '#features/intake/server/index.ts';
import { AskSchema, TopicSchema } from '#features/notices/input.ts';
import { askSubscription, followsTopic, subscribe, topicOf, unsubscribe } from '#features/notices/server/index.ts';
import type { Topic } from '#features/notices/model.ts';
import * as v from 'valibot';
import type { Actions, PageServerLoad } from './$types';

/** What the address names; an address that names nothing is one that does not exist. */
function topicIn(url: URL): Topic | null {
  if (!url.searchParams.has('kind') && !url.searchParams.has('code')) return null;
  const read = v.safeParse(TopicSchema, Object.fromEntries(url.searchParams));
  return read.success ? read.output : refuse({ because: 'not-found', what: 'topic' });
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const asked = topicIn(url);
  const topic = asked && (await locals.ask(topicOf, asked));
  const follows = topic !== null && (topic.kind === 'entry' ? (await locals.ask(myMarks, { number: topic.code })).follows : await locals.ask(followsTopic, topic));
  return { topic, follows, signedIn: locals.actor.kind === 'person' };
};

export const actions: Actions = {
  follow: form(async ({ locals, url }) => {
    signInFirst(locals, url);
    await locals.act(subscribe, topicIn(url) ?? refuse({ because: 'invalid', fields: { topic: 'required' } }));
    redirect(303, locals.words.href('/follow?saved'));
  }),
  end: form(async ({ locals, url }) => {
    signInFirst(locals, url);
    await locals.act(unsubscribe, topicIn(url) ?? refuse({ because: 'invalid', fields: { topic: 'required' } }));
    redirect(303, locals.words.href('/follow?saved'));
  }),
  /** Without an account: a code goes to the contact first. */
  ask: form(async ({ locals }, { values }) => {
    const { kind, code, ...rest } = parse(AskSchema, values);
    const { request } = await locals.act(askSubscription, { ...rest, topic: kind && code ? { kind, code } : null, language: locals.lang });
    redirect(303, `${locals.words.href('/follow/code')}?r=${request}`);
  }),
};
