import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { HEARING } from '#features/desk/rules.ts';
import { hearing } from '#features/desk/server/index.ts';
import { clerksOnly } from '../../../staff.ts';
import { padded, readRows, takeRows } from './rows.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => {
  clerksOnly(locals, url);
  return { it: await locals.ask(hearing, params.id), fresh: padded([], HEARING.firstRows), taken: Number(url.searchParams.get('taken')) || 0 };
};

export const actions: Actions = {
  more: form(async ({ locals, params }, { values }) => {
    await locals.ask(hearing, params.id!);
    return { rows: padded(readRows(values), HEARING.moreRows), taken: [] as string[], refused: 0 };
  }),
  take: form(async ({ locals, params }, { values }) => {
    await locals.ask(hearing, params.id!);
    const { taken, left } = await takeRows(locals, params.id!, readRows(values));
    if (left.length === 0) redirect(303, `${locals.words.href(`/desk/hearings/${params.id}`)}?taken=${taken.length}`);
    return { rows: padded(left, 1), taken, refused: left.length };
  }),
};
