import * as v from 'valibot';
import { answeringRecord, latestAnswers } from '#features/answers/server/index.ts';
import { CommitmentListSchema } from '#features/commitments/input.ts';
import { listCommitments, trackRecord } from '#features/commitments/server/index.ts';
import { PeriodSchema } from '#features/directory/input.ts';
import { periodNow, showBody } from '#features/directory/server/index.ts';
import type { PageServerLoad } from './$types';

const SHOWN = 4;

export const load: PageServerLoad = async ({ params, url, locals }) => {
  const body = await locals.ask(showBody, params.code);
  const { period, since } = await locals.ask(periodNow, v.parse(PeriodSchema, url.searchParams.get('period')));
  const promises = async (state: 'late' | 'open') => {
    const list = await locals.ask(listCommitments, { ...v.parse(CommitmentListSchema, {}), state, body: body.code });
    return { items: list.items.slice(0, SHOWN), more: list.items.length > SHOWN };
  };
  return {
    body, period, since,
    answering: await locals.ask(answeringRecord, { bodyId: body.id, since }), record: await locals.ask(trackRecord, { bodyId: body.id, since }),
    late: await promises('late'), open: await promises('open'), answers: await locals.ask(latestAnswers, { bodyId: body.id, limit: SHOWN }),
  };
};
