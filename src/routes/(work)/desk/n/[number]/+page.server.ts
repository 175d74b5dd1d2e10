import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { answersOf, draftOf } from '#features/answers/server/index.ts';
import { attachmentsOf } from '#features/attachments/server/index.ts';
import { commitmentsOf } from '#features/commitments/server/index.ts';
import { receivedAt } from '#features/desk/server/index.ts';
import { AskSchema, ExtendSchema } from '#features/intake/work-input.ts';
import { askSender, duplicateGuesses, extendDeadline, startEntryStudy, workCase } from '#features/intake/server/index.ts';
import { allSectors } from '#features/places/server/index.ts';
import { historyOf } from '#features/record/server/index.ts';
import { deskOnly } from '../../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  deskOnly(locals, url);
  const it = await locals.ask(workCase, { number: params.number });
  const draft = await locals.ask(draftOf, { number: params.number });
  const answers = await locals.ask(answersOf, { entryIds: [it.id], publicOnly: false });
  const commitments = await locals.ask(commitmentsOf, { subjectIds: [it.id], publicOnly: false });
  const sectors = await locals.ask(allSectors, undefined);
  const subjects = [it.id, ...commitments.map((commitment) => commitment.id), ...answers.map((answer) => answer.id)];
  return {
    it, draft, answers, commitments, sectors: sectors.filter((sector) => it.sectors.includes(sector.code)).map((sector) => sector.names),
    guesses: await locals.ask(duplicateGuesses, { number: it.number, text: `${it.title} ${it.text.slice(0, 300)}`, place: it.place?.code ?? '', confidential: it.confidential, limit: 5 }),
    files: await locals.ask(attachmentsOf, { ownerIds: [it.id], publicOnly: false }),
    received: await locals.ask(receivedAt, it.id),
    history: [...(await locals.ask(historyOf, { subjects, publicOnly: it.visible })), ...(draft ? await locals.ask(historyOf, { subjects: [draft.id], publicOnly: false }) : [])],
    extension: locals.profile.clocks.extension, done: url.searchParams.get('done') ?? '',
  };
};

export const actions: Actions = {
  study: form(async ({ locals, params }) => {
    await locals.act(startEntryStudy, { number: params.number! });
    redirect(303, `${locals.words.href(`/desk/n/${params.number}`)}?done=study`);
  }),
  ask: form(async ({ locals, params }, { values }) => {
    await locals.act(askSender, { number: params.number!, ...parse(AskSchema, values) });
    redirect(303, `${locals.words.href(`/desk/n/${params.number}`)}?done=ask`);
  }),
  extend: form(async ({ locals, params }, { values }) => {
    await locals.act(extendDeadline, { number: params.number!, ...parse(ExtendSchema, values) });
    redirect(303, `${locals.words.href(`/desk/n/${params.number}`)}?done=extend`);
  }),
};
