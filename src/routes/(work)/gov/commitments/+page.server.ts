import * as v from 'valibot';
import { CommitmentListSchema } from '#features/commitments/input.ts';
import { lateByBody, lateCommitments } from '#features/commitments/server/index.ts';
import { officeOnly } from '../../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  officeOnly(locals, url);
  const { body } = v.parse(CommitmentListSchema, Object.fromEntries(url.searchParams));
  const bodies = await locals.ask(lateByBody, undefined);
  return { bodies, body: bodies.find((it) => it.body.code === body)?.body ?? null, late: await locals.ask(lateCommitments, { body }), at: new Date() };
};
