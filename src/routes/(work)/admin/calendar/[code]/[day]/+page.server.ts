import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { form } from '#platform/web/form.ts';
import { HolidayKeySchema, readAnnounced } from '#features/places/input.ts';
import { announceFeast, feastOf, type HolidayKey } from '#features/places/server/index.ts';
import { administratorOnly } from '../../../keepers.ts';
import { back, withDeadlines } from '../../with-deadlines.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => {
  administratorOnly(locals, url);
  return { feast: (await locals.ask(feastOf, keyOf(params))) ?? error(404, 'not-found') };
};

function keyOf(params: { day?: string; code?: string }): HolidayKey {
  const key = v.safeParse(HolidayKeySchema, params);
  return key.success ? key.output : error(404, 'not-found');
}

export const actions: Actions = {
  default: form(async ({ locals, params }, { values }) => back(locals, await locals.act(withDeadlines(announceFeast), { ...keyOf(params), announced: readAnnounced(values) }))),
};
