import { error } from '@sveltejs/kit';
import { foldDigits } from '#kernel/digits.ts';
import { refuse } from '#kernel/refusal.ts';
import { form, type Fields } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { AboutSchema, LicenceSchema, SkillsSchema, WorkSchema } from '#features/organisations/input.ts';
import type { Profile } from '#features/organisations/model.ts';
import { describeOrganisation, placesOfLines } from '#features/organisations/server/index.ts';
import { allSectors, placesOfLevel } from '#features/places/server/index.ts';
import { back, dayOrNone, inside } from '../../frame.ts';
import type { Actions, PageServerLoad } from './$types';

const PAGES = ['about', 'work', 'skills', 'licence'] as const;
type Task = (typeof PAGES)[number];
const taskOf = (text: string | undefined): Task => PAGES.find((it) => it === text) ?? error(404, 'not-found');

export const load: PageServerLoad = async ({ locals, url, params }) => {
  const task = taskOf(params.task);
  const shown = await inside(locals, url, params.number);
  const districts = task === 'work' ? (await locals.ask(placesOfLevel, 'governorate')).concat(await locals.ask(placesOfLevel, 'district')).map(({ code, names }) => ({ code: code as string, names })) : [];
  return { ...shown, task, districts, sectors: task === 'work' ? (await locals.ask(allSectors, undefined)).filter((it) => it.parent === null) : [] };
};

export const actions: Actions = {
  default: form(async ({ locals, params }, fields) => {
    const change = await readTask(locals, taskOf(params.task), fields);
    await locals.act(describeOrganisation, { number: params.number!, version: Number(foldDigits(fields.values.version ?? '')) || 0, change });
    back(locals, `/org/${params.number}`, 'saved');
  }),
};

async function readTask(locals: App.Locals, task: Task, { values, lists }: Fields): Promise<Partial<Profile>> {
  switch (task) {
    case 'about': return parse(AboutSchema, values);
    case 'work': return readWork(locals, { ...values, sectors: lists.sectors ?? [], districts: lists.districts ?? [] });
    case 'skills': return parse(SkillsSchema, values);
    case 'licence': {
      const licence = parse(LicenceSchema, values);
      return { licence: { number: licence['licence-number'], by: licence['licence-by'], until: dayOrNone(values, 'until') } };
    }
  }
}

async function readWork(locals: App.Locals, raw: object): Promise<Partial<Profile>> {
  const { sectors, districts, places, services } = parse(WorkSchema, raw);
  const named = await locals.ask(placesOfLines, places);
  if (named.unknown.length > 0) refuse({ because: 'invalid', fields: { places: 'unknown' } });
  return { sectors, places: [...new Set([...districts, ...named.codes])], services };
}
