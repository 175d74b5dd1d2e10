import { refuse } from '#kernel/refusal.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { ActivitySchema, IdSchema } from '#features/organisations/input.ts';
import { activitiesInside, addActivity, confirmActivities, placesOfLines, removeActivity } from '#features/organisations/server/index.ts';
import { allSectors } from '#features/places/server/index.ts';
import { back, dayOrNone, inside } from '../../frame.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, params }) => ({
  ...(await inside(locals, url, params.number)), activities: await locals.ask(activitiesInside, params.number), sectors: (await locals.ask(allSectors, undefined)).map(({ code, names }) => ({ code: code as string, names })),
});

const page = (number: string | undefined): string => `/org/${number}/activities`;

export const actions: Actions = {
  add: form(async ({ locals, params }, { values }) => {
    const { place, ...activity } = parse(ActivitySchema, values);
    const { codes } = await locals.ask(placesOfLines, [place]);
    await locals.act(addActivity, { number: params.number!, ...activity, place: codes[0] ?? refuse({ because: 'invalid', fields: { place: 'unknown' } }), starts: dayOrNone(values, 'starts'), ends: dayOrNone(values, 'ends') });
    back(locals, page(params.number), 'added');
  }),
  remove: form(async ({ locals, params }, { values }) => { await locals.act(removeActivity, { number: params.number!, ...parse(IdSchema, values) }); back(locals, page(params.number), 'removed'); }),
  confirm: form(async ({ locals, params }) => { await locals.act(confirmActivities, { number: params.number! }); back(locals, page(params.number), 'confirmed'); }),
};
