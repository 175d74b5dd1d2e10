import { triageQueue } from '#features/intake/server/index.ts';
import { officeOnly } from '../../staff.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  officeOnly(locals, url);
  const after = url.searchParams.get('after') ?? '';
  return { queue: await locals.ask(triageQueue, { after }), after, days: locals.profile.clocks.acknowledge, done: (url.searchParams.get('done') ?? '').slice(0, 20) };
};
