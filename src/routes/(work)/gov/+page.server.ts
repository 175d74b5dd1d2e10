import { waitingForApproval } from '#features/answers/server/index.ts';
import { lateByBody } from '#features/commitments/server/index.ts';
import { workOverview } from '#features/intake/server/index.ts';
import { officeOnly } from '../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  officeOnly(locals, url);
  const approvals = await locals.ask(waitingForApproval, undefined);
  return { late: await locals.ask(lateByBody, undefined), overview: await locals.ask(workOverview, undefined), approvals: approvals.filter((it) => it.state === 'sent').length, at: new Date() };
};
