import { recordStanding, witnesses } from '#features/record/server/index.ts';
import { publishedLog, watchPolicy } from '#platform/web/log-files.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  const published = await publishedLog().catch(() => null);
  const watching = await locals.ask(witnesses, undefined);
  const { witnessed } = await locals.ask(recordStanding, undefined);
  return { witnesses: watching, witnessed, size: published?.checkpoint.size ?? 0, vkey: published?.vkey ?? null, needed: (await watchPolicy())?.quorum != null };
};
