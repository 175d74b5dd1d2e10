import * as v from 'valibot';
import { AnswerFigureSchema } from '#features/answers/figures.ts';
import { answersBehind } from '#features/answers/server/index.ts';
import { PeriodSchema } from '#features/directory/input.ts';
import { periodNow, showBody } from '#features/directory/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, locals }) => {
  const body = await locals.ask(showBody, params.code);
  const { period, since } = await locals.ask(periodNow, v.parse(PeriodSchema, url.searchParams.get('period')));
  const figure = v.parse(AnswerFigureSchema, url.searchParams.get('figure'));
  const after = (url.searchParams.get('after') ?? '').slice(0, 400);
  return { body, period, since, figure, after, list: await locals.ask(answersBehind, { bodyId: body.id, since, figure, after }) };
};
