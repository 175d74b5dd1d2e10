import { waitingForApproval } from '#features/answers/server/index.ts';
import { officeOnly } from '../../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  officeOnly(locals, url);
  return { lines: await locals.ask(waitingForApproval, undefined), now: new Date() };
};
