import { redirect } from '@sveltejs/kit';
import { parseReference } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import { form, type FormValues } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { commitmentsOf } from '#features/commitments/server/index.ts';
import { answersOf } from '#features/answers/server/index.ts';
import { ReplySchema } from '#features/intake/input.ts';
import { replyToQuestion, showEntry, trackEntry, tryKey, withdrawEntry } from '#features/intake/server/index.ts';
import { entryData } from '#features/privacy/server/index.ts';
import { Refused } from '#kernel/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const number = (url.searchParams.get('number') ?? '').slice(0, 40);
  return { number, own: number ? await ownView(locals, number) : null };
};

/** Everything about a key stays in the body of the request, never in an address; it is judged and counted before it is used. */
export const actions: Actions = {
  show: form(async ({ locals }, { values }) => {
    const number = parseReference(values.number ?? '', locals.profile.prefix) ?? refuse({ because: 'invalid', fields: { number: 'invalid' } });
    if (!values.key?.trim()) {
      const own = await ownView(locals, number);
      if (own) return { sent: own };
      await publicPage(locals, number);
      redirect(303, locals.words.href(`/n/${number}`));
    }
    await needKey(locals, { ...values, number });
    return { sent: await senderView(locals, { ...values, number }) };
  }),
  /** Everything that is kept about it, as a file that the page itself carries: a key stands in no address. */
  copy: form(async ({ locals }, { values }) => {
    await needKey(locals, values);
    const copy = `${JSON.stringify(await locals.ask(entryData, asked(values)), null, 2)}\n`;
    return { sent: await senderView(locals, values), copy: `data:application/json;base64,${Buffer.from(copy).toString('base64')}` };
  }),
  reply: form(async ({ locals }, { values }) => {
    const { text } = parse(ReplySchema, values);
    await needKey(locals, values);
    await locals.act(replyToQuestion, { ...asked(values), text });
    return { sent: await senderView(locals, values), done: 'replied' as const };
  }),
  withdraw: form(async ({ locals }, { values }) => {
    await needKey(locals, values);
    await locals.act(withdrawEntry, asked(values));
    return { done: 'withdrawn' as const };
  }),
};

const asked = (values: FormValues) => ({ number: values.number ?? '', key: values.key ?? '' });

/** Without a key only what is public can be shown; the refusal is said beside the field. */
async function publicPage(locals: App.Locals, number: string): Promise<void> {
  try {
    await locals.ask(showEntry, { number });
  } catch (error) {
    if (error instanceof Refused) refuse({ because: 'invalid', fields: { number: 'not-found' } });
    throw error;
  }
}

/** Whoever sent it with an account needs no key. */
async function ownView(locals: App.Locals, number: string) {
  if (locals.actor.kind !== 'person') return null;
  try {
    return await senderView(locals, { number });
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

async function senderView(locals: App.Locals, values: FormValues) {
  const view = await locals.ask(trackEntry, asked(values));
  return {
    ...view, ...asked(values),
    commitments: await locals.ask(commitmentsOf, { subjectIds: [view.entry.id], publicOnly: false }),
    answers: await locals.ask(answersOf, { entryIds: [view.entry.id], publicOnly: false }),
  };
}

/** Without a key the account decides. */
async function needKey(locals: App.Locals, values: FormValues): Promise<void> {
  if (values.key?.trim() && !(await locals.act(tryKey, asked(values)))) refuse({ because: 'invalid', fields: { number: 'not-found' } });
}
