import * as v from 'valibot';
import { answeringRecords } from '#features/answers/server/index.ts';
import { trackRecords } from '#features/commitments/server/index.ts';
import { BodyListSchema } from '#features/directory/input.ts';
import { listBodies, periodNow } from '#features/directory/server/index.ts';
import { allSectors } from '#features/places/server/index.ts';
import type { PageServerLoad } from './$types';

/** Figures are remembered for a while: the page says when the oldest of them was counted. */
const earliest = (figures: readonly { at: Date }[]): Date => figures.reduce((first, { at }) => (at < first ? at : first), new Date());

export const load: PageServerLoad = async ({ url, locals }) => {
  const filter = v.parse(BodyListSchema, Object.fromEntries(url.searchParams));
  const { since } = await locals.ask(periodNow, 'months');
  const [bodies, answers, promises, sectors] = await Promise.all([
    locals.ask(listBodies, filter), locals.ask(answeringRecords, { since }), locals.ask(trackRecords, { since }), locals.ask(allSectors, undefined),
  ]);
  return {
    filter, sectors: sectors.filter((it) => it.parent === null), countedAt: earliest([...answers.values(), ...promises.values()]),
    bodies: bodies.map(({ id, ...body }) => {
      const [answered, promised] = [answers.get(id), promises.get(id)];
      return {
        body: { id, ...body },
        figures: {
          owed: (answered?.answered ?? 0) + (answered?.lateNow ?? 0), onTime: answered?.onTime ?? 0, lateAnswers: answered?.lateNow ?? 0,
          judged: promised?.total ?? 0, keptFirst: promised?.keptFirst ?? 0, latePromises: promised?.lateNow ?? 0,
        },
      };
    }),
  };
};
