import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { Refused } from '#kernel/refusal.ts';
import { JoinSchema } from '#features/intake/work-input.ts';
import { duplicateGuesses, joinEntry, separateEntry, workCase } from '#features/intake/server/index.ts';
import { allSectors } from '#features/places/server/index.ts';
import { officeOnly } from '../../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  officeOnly(locals, url);
  const it = await locals.ask(workCase, { number: params.number });
  const asked = it.joinedInto ?? url.searchParams.get('with') ?? '';
  const other = asked ? await caseOrNull(locals, asked) : null;
  return {
    it, other, asked: asked.slice(0, 64), missing: asked !== '' && !other, done: url.searchParams.get('done') ?? '', sectors: await locals.ask(allSectors, undefined),
    guesses: other ? [] : await locals.ask(duplicateGuesses, { number: it.number, text: `${it.title} ${it.text.slice(0, 300)}`, place: it.place?.code ?? '', confidential: it.confidential, limit: 10 }),
  };
};

/** A number typed by hand may be wrong; the page then says so beside its field. */
async function caseOrNull(locals: App.Locals, number: string) {
  try {
    return await locals.ask(workCase, { number });
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

export const actions: Actions = {
  /** `from` is the one that moves: either of the two. */
  join: form(async ({ locals, params }, { values }) => {
    const { into } = parse(JoinSchema, values);
    const from = values.from || params.number!;
    await locals.act(joinEntry, { number: from, into });
    redirect(303, `${locals.words.href(`/gov/merge/${from}`)}?done=joined`);
  }),
  separate: form(async ({ locals, params }) => {
    await locals.act(separateEntry, { number: params.number! });
    redirect(303, `${locals.words.href(`/gov/merge/${params.number}`)}?done=separated`);
  }),
};
