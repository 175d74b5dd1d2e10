import { keptBodies } from '#features/directory/server/index.ts';
import { noticesDesk } from '#features/notices/server/index.ts';
import { rolesState, staffing } from '#features/people/server/index.ts';
import { calendarReach, lastBackup, siteSettings } from '#features/places/server/index.ts';
import { administratorOnly } from './keepers.ts';
import type { PageServerLoad } from './$types';

/** A day, and the time that a copy may take to arrive. */
const FRESH_MS = 2 * 86_400_000;

/** What is missing before the doors can be opened. */
export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  const staff = await locals.ask(staffing, undefined);
  const bodies = (await locals.ask(keptBodies, undefined)).filter((it) => it.active);
  const site = await locals.ask(siteSettings, undefined);
  const mail = (await locals.ask(noticesDesk, undefined)).channels.find((it) => it.kind === 'mail');
  const backup = await locals.ask(lastBackup, undefined);
  return {
    backup: backup && { ...backup, fresh: Date.now() - backup.at.getTime() < FRESH_MS },
    coordinators: staff.coordinators, administrators: staff.administrators, bodies: bodies.length,
    withoutOfficer: bodies.filter((it) => !staff.officers.has(it.id)).map((it) => ({ id: it.id, names: it.names })),
    withoutHead: bodies.filter((it) => !staff.heads.has(it.id)).map((it) => ({ id: it.id, names: it.names })),
    calendar: await locals.ask(calendarReach, undefined), demo: locals.demo,
    mail: mail?.via === 'smtp', opened: site.opened, runBy: site.runBy !== null, privacy: site.privacy !== null, rules: site.rules !== null,
    contacts: Object.values(locals.profile.contacts).some((it) => (Array.isArray(it) ? it.length > 0 : it !== '')),
    waiting: (await locals.ask(rolesState, undefined)).waiting,
  };
};
