import * as v from 'valibot';
import { encodeCursor } from '#kernel/page.ts';
import { addDays, localDate } from '#kernel/working-days.ts';
import { ListSchema } from '#features/intake/input.ts';
import { listEntries } from '#features/intake/server/index.ts';
import type { PageServerLoad } from './$types';

// Behind every id of the same day.
const LAST_ID = 'ffffffff-ffff-8fff-bfff-ffffffffffff';

/** What is still waiting for its answer and can be supported until then, the nearest date first; late ones are apart. */
export const load: PageServerLoad = async ({ locals }) => {
  const waiting = { ...v.parse(ListSchema, {}), state: 'waiting', sort: 'due' } as const;
  const sinceToday = encodeCursor([addDays(localDate(new Date(), locals.profile.zone), -1), LAST_ID]);
  const late = await locals.ask(listEntries, { ...waiting, state: 'late', limit: 1 });
  return { items: (await locals.ask(listEntries, { ...waiting, after: sinceToday })).items, late: late.total };
};
