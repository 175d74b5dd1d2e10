import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { attachmentsOf } from '#features/attachments/server/index.ts';
import { receivedAt } from '#features/desk/server/index.ts';
import { AskSchema, TriageSchema } from '#features/intake/work-input.ts';
import { askSender, bodiesForEntry, duplicateGuesses, nextInTriage, triageEntry, workCase } from '#features/intake/server/index.ts';
import { allSectors, searchPlaces } from '#features/places/server/index.ts';
import { historyOf } from '#features/record/server/index.ts';
import { officeOnly } from '../../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  officeOnly(locals, url);
  const it = await locals.ask(workCase, { number: params.number });
  const sectors = await locals.ask(allSectors, undefined);
  return {
    it, suggested: it.place ? [] : await locals.ask(searchPlaces, { q: firstName(it.placeWords), limit: 5 }), sectors: sectors.filter((sector) => sector.parent === null || it.sectors.includes(sector.code)),
    bodies: await locals.ask(bodiesForEntry, { sectors: it.sectors }),
    guesses: await locals.ask(duplicateGuesses, { number: it.number, text: `${it.title} ${it.text.slice(0, 300)}`, place: it.place?.code ?? '', confidential: it.confidential, limit: 5 }),
    files: await locals.ask(attachmentsOf, { ownerIds: [it.id], publicOnly: false, sheets: true }),
    received: await locals.ask(receivedAt, it.id),
    history: await locals.ask(historyOf, { subjects: [it.id], publicOnly: it.visible }),
    done: (url.searchParams.get('done') ?? '').slice(0, 20),
  };
};

/** «الصاخور، قرب المدرسة»: the name stands before the first comma. */
const firstName = (words: string): string => words.split(/[،,؛;.\n-]/)[0]!.trim();

export const actions: Actions = {
  /** Looks for a place by name, and keeps all that is chosen so far. */
  search: form(async ({ locals }, { values, lists }) => ({
    values, lists, fields: {} as Record<string, string>, refusal: null, places: await locals.ask(searchPlaces, { q: values.placeQuery ?? '', limit: 12 }),
  })),
  decide: form(async ({ locals, params }, { values, lists }) => {
    const decision = parse(TriageSchema, { ...values, sectors: lists.sectors ?? [] });
    await locals.act(triageEntry, { number: params.number!, ...decision });
    const next = decision.body ? await locals.ask(nextInTriage, { except: params.number! }) : params.number!;
    redirect(303, `${locals.words.href(next ? `/gov/triage/${next}` : '/gov/triage')}?done=${params.number}`);
  }),
  ask: form(async ({ locals, params }, { values }) => {
    await locals.act(askSender, { number: params.number!, ...parse(AskSchema, values) });
    redirect(303, `${locals.words.href(`/gov/triage/${params.number}`)}?done=asked`);
  }),
};
