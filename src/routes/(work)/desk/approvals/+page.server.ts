import { waitingForApproval } from '#features/answers/server/index.ts';
import { staffOnly } from '../../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  staffOnly(locals, url);
  return { lines: await locals.ask(waitingForApproval, undefined), now: new Date(), done: url.searchParams.get('done') ?? '' };
};
