import { error, redirect } from '@sveltejs/kit';
import { parseId } from '#kernel/ids.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { CorrectionSchema, MoveSchema, readDraft } from '#features/answers/input.ts';
import { answersOf, draftOf, saveCorrection, saveDraft, sendAnswer, takeBackAnswer, withdrawSentAnswer } from '#features/answers/server/index.ts';
import { bodiesForEntry, workCase } from '#features/intake/server/index.ts';
import { deskOnly } from '../../../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  deskOnly(locals, url);
  const it = await locals.ask(workCase, { number: params.number });
  const draft = await locals.ask(draftOf, { number: params.number });
  const asked = parseId<'answer'>(url.searchParams.get('corrects') ?? '') ?? draft?.corrects ?? null;
  const published = await locals.ask(answersOf, { entryIds: [it.id], publicOnly: false });
  const corrects = asked ? (published.find((answer) => answer.id === asked && answer.state === 'published') ?? error(404, 'not-found')) : null;
  return {
    number: params.number,
    work: {
      it, draft, corrects, bodies: (await locals.ask(bodiesForEntry, { sectors: it.sectors })).filter((body) => body.code !== it.body?.code),
      preview: draft !== null && (draft.state !== 'draft' || url.searchParams.get('step') === 'preview'), now: new Date(), done: url.searchParams.get('done') ?? '',
    },
  };
};

const here = (locals: App.Locals, number: string, query: string): string => `${locals.words.href(`/desk/n/${number}/answer`)}${query}`;

export const actions: Actions = {
  save: form(async ({ locals, params }, { values }) => {
    if (values.corrects) await locals.act(saveCorrection, parse(CorrectionSchema, values));
    else await locals.act(saveDraft, { number: params.number!, ...readDraft(values) });
    redirect(303, here(locals, params.number!, '?step=preview'));
  }),
  send: form(async ({ locals, params }, { values }) => {
    await locals.act(sendAnswer, parse(MoveSchema, values));
    redirect(303, here(locals, params.number!, '?done=sent'));
  }),
  withdraw: form(async ({ locals, params }, { values }) => {
    await locals.act(withdrawSentAnswer, { id: parse(MoveSchema, values).id });
    redirect(303, here(locals, params.number!, ''));
  }),
  back: form(async ({ locals, params }, { values }) => {
    await locals.act(takeBackAnswer, { id: parse(MoveSchema, values).id });
    redirect(303, here(locals, params.number!, '?done=taken-back'));
  }),
};
