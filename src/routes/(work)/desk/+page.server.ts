import * as v from 'valibot';
import { waitingForApproval } from '#features/answers/server/index.ts';
import { lateOfMyBodies } from '#features/commitments/server/index.ts';
import { QueueSchema } from '#features/intake/work-input.ts';
import { queueOfBody } from '#features/intake/server/index.ts';
import { deskOnly } from '../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  deskOnly(locals, url);
  const filter = v.parse(QueueSchema, Object.fromEntries(url.searchParams));
  const approvals = await locals.ask(waitingForApproval, undefined);
  return { filter, queue: await locals.ask(queueOfBody, filter), approvals: approvals.filter((it) => it.state === 'sent').length, late: await locals.ask(lateOfMyBodies, undefined) };
};
