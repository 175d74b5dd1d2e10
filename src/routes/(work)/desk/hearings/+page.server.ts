import { redirect } from '@sveltejs/kit';
import { localDate } from '#kernel/working-days.ts';
import { form, requireOnce } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { dateFrom } from '#features/commitments/input.ts';
import { HearingSchema, ReceivedSchema } from '#features/desk/input.ts';
import { addHearing, counterOf, hearings } from '#features/desk/server/index.ts';
import { clerksOnly } from '../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  clerksOnly(locals, url);
  return { seated: (await locals.ask(counterOf, undefined)).body !== null, hearings: await locals.ask(hearings, undefined), once: crypto.randomUUID(), today: localDate(new Date(), locals.profile.zone) };
};

export const actions: Actions = {
  default: form(async ({ locals }, { values }) => {
    const once = requireOnce(values);
    const input = parse(HearingSchema, values);
    const { received } = parse(ReceivedSchema, { received: dateFrom(values, 'received') });
    await locals.act(addHearing, { once, ...input, received });
    redirect(303, locals.words.href(`/desk/hearings/${once}`));
  }),
};
