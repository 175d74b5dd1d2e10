import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { refuse } from '#kernel/refusal.ts';
import { sentenceOf } from '#platform/i18n/message.ts';
import { form, type FormValues } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { drawQr } from '#platform/web/qr.ts';
import { makeReference } from '#kernel/reference-number.ts';
import { EarlierSchema, PlaceSchema, WordingSchema } from '#features/wording/input.ts';
import { restoreWording, tryWording, wordingPage, wordSite } from '#features/wording/server/index.ts';
import { administratorOnly } from '../../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

/** An entry that is nobody's, for what is printed. */
const EXAMPLE = 4827;

/** Which place the address names; Arabic where it does not say. */
function asked(key: string, url: URL) {
  const it = v.safeParse(PlaceSchema, { key, language: url.searchParams.get('language') ?? 'ar' });
  return it.success ? it.output : refuse({ because: 'not-found', what: 'wording' });
}

export const load: PageServerLoad = async ({ params, locals, url }) => {
  administratorOnly(locals, url);
  const number = makeReference(locals.profile.prefix, EXAMPLE);
  const address = `${locals.origin}/n/${number}`;
  return {
    it: await locals.ask(wordingPage, asked(params.key, url)), done: (['saved', 'restored'] as const).find((it) => url.searchParams.has(it)) ?? null,
    clocks: locals.profile.clocks, example: { number, address, qr: drawQr(address) },
  };
};

/** A sentence with cases comes as one field for each of them. */
async function written(locals: App.Locals, place: ReturnType<typeof asked>, values: FormValues) {
  const { original } = await locals.ask(wordingPage, place);
  return { ...place, ...parse(WordingSchema, { ...values, text: sentenceOf(values, 'text', original, place.language) }) };
}

const back = (locals: App.Locals, { key, language }: { key: string; language: string }, done: string): never => redirect(303, `${locals.words.href(`/admin/texts/${key}`)}?language=${language}&${done}`);

export const actions: Actions = {
  /** How it would look, without saving; everything typed stays. */
  preview: form(async ({ params, locals, url }, { values }) => {
    const { text } = await locals.ask(tryWording, await written(locals, asked(params.key!, url), values));
    return { values, fields: {} as Record<string, string>, refusal: null, tried: text };
  }),
  save: form(async ({ params, locals, url }, { values }) => {
    const place = asked(params.key!, url);
    await locals.act(wordSite, await written(locals, place, values));
    back(locals, place, 'saved');
  }),
  restore: form(async ({ params, locals, url }, { values }) => {
    const place = asked(params.key!, url);
    await locals.act(restoreWording, { ...place, ...parse(EarlierSchema, values) });
    back(locals, place, 'restored');
  }),
};
