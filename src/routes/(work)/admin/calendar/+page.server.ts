import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { HolidayKeySchema, readHoliday, WeekendSchema } from '#features/places/input.ts';
import { addHoliday, calendarPage, removeHoliday, setWeekend } from '#features/places/server/index.ts';
import { administratorOnly } from '../keepers.ts';
import { back, withDeadlines } from './with-deadlines.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  const moved = Number(url.searchParams.get('moved'));
  return { ...(await locals.ask(calendarPage, undefined)), moved: url.searchParams.has('moved') && Number.isInteger(moved) && moved >= 0 ? moved : null };
};

export const actions: Actions = {
  weekend: form(async ({ locals }, { lists }) => back(locals, await locals.act(withDeadlines(setWeekend), parse(WeekendSchema, { weekend: lists.weekend ?? [] }).weekend))),
  add: form(async ({ locals }, { values }) => back(locals, await locals.act(withDeadlines(addHoliday), readHoliday(values)))),
  remove: form(async ({ locals }, { values }) => back(locals, await locals.act(withDeadlines(removeHoliday), parse(HolidayKeySchema, values)))),
};
