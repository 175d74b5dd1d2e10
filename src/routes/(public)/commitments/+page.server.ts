import * as v from 'valibot';
import { CommitmentListSchema } from '#features/commitments/input.ts';
import { listCommitments } from '#features/commitments/server/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url, locals }) => {
  const filter = v.parse(CommitmentListSchema, Object.fromEntries(url.searchParams));
  return { filter, list: await (filter.q ? locals.ask : locals.glance)(listCommitments, filter), query: url.search };
};
