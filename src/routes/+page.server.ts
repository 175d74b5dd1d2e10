import * as v from 'valibot';
import { makeReference } from '#kernel/reference-number.ts';
import { countCommitments } from '#features/commitments/server/index.ts';
import { ListSchema } from '#features/intake/input.ts';
import { listEntries } from '#features/intake/server/index.ts';
import { staffing } from '#features/people/server/index.ts';
import { siteSettings } from '#features/places/server/index.ts';
import { latestNews } from './news.ts';
import type { PageServerLoad } from './$types';

/** Shows what a number looks like; with prefix and check digits it is a real one. */
const EXAMPLE = 4827;

export const load: PageServerLoad = async ({ locals }) => {
  const [site, latest, staff, promises, news] = await Promise.all([
    locals.ask(siteSettings, undefined), locals.ask(listEntries, { ...v.parse(ListSchema, {}), limit: 4 }), locals.ask(staffing, undefined),
    locals.ask(countCommitments, {}), latestNews(locals, 6),
  ]);
  const { phone, sms, offices } = locals.profile.contacts;
  return {
    example: makeReference(locals.profile.prefix, EXAMPLE), entries: latest.items, count: latest.total, promises, news,
    // Until somebody reads and answers, the site says that it is only about to begin.
    soon: !site.opened || staff.coordinators === 0 || staff.officers.size === 0,
    contacts: { phone, sms, offices },
  };
};
