import { waitingForApproval } from '#features/answers/server/index.ts';
import { promisesOfMyBodies } from '#features/commitments/server/index.ts';
import { deskOnly } from '../../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  deskOnly(locals, url);
  const approvals = await locals.ask(waitingForApproval, undefined);
  return { promises: await locals.ask(promisesOfMyBodies, undefined), approvals: approvals.filter((it) => it.state === 'sent').length };
};
