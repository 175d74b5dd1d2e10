import { redirect } from '@sveltejs/kit';
import { refuse } from '#kernel/refusal.ts';
import { LANGS } from '#platform/i18n/languages.ts';
import { sentenceOf } from '#platform/i18n/message.ts';
import { form, type FormValues } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { TextsSchema } from '#features/notices/input.ts';
import { PARTS, TEMPLATES } from '#features/notices/model.ts';
import { changeTexts, previewTexts, restoreTexts, templateTexts } from '#features/notices/server/index.ts';
import { administratorOnly } from '../../../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

/** Which letter in which language the address names; Arabic where it does not say. */
function asked(template: string, url: URL) {
  const language = url.searchParams.get('language');
  return { template: TEMPLATES.find((it) => it === template) ?? refuse({ because: 'not-found', what: 'template' }), language: LANGS.find((it) => it === language) ?? ('ar' as const) };
}

export const load: PageServerLoad = async ({ params, locals, url }) => {
  administratorOnly(locals, url);
  return { it: await locals.ask(templateTexts, asked(params.template, url)), done: (['saved', 'restored'] as const).find((it) => url.searchParams.has(it)) ?? null };
};

const back = (locals: App.Locals, { template, language }: { template: string; language: string }, done: string): never => redirect(303, `${locals.words.href(`/admin/notices/texts/${template}`)}?language=${language}&${done}`);

/** A sentence with cases comes as one field for each of them. */
async function written(locals: App.Locals, it: ReturnType<typeof asked>, values: FormValues) {
  const { parts } = await locals.ask(templateTexts, it);
  const sentences = PARTS.map((part) => [part, sentenceOf(values, part, parts.find((one) => one.part === part)!.original, it.language)]);
  return { ...it, ...parse(TextsSchema, Object.fromEntries(sentences)) };
}

export const actions: Actions = {
  /** How it would look, without saving; everything typed stays. */
  preview: form(async ({ params, locals, url }, { values }) => ({ values, fields: {} as Record<string, string>, refusal: null, preview: await locals.ask(previewTexts, await written(locals, asked(params.template!, url), values)) })),
  save: form(async ({ params, locals, url }, { values }) => {
    const it = asked(params.template!, url);
    await locals.act(changeTexts, await written(locals, it, values));
    back(locals, it, 'saved');
  }),
  restore: form(async ({ params, locals, url }) => {
    const it = asked(params.template!, url);
    await locals.act(restoreTexts, it);
    back(locals, it, 'restored');
  }),
};
