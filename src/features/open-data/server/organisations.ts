import { decodeCursor } from '#kernel/page.ts';
import { refuse } from '#kernel/refusal.ts';
import { exportOrganisations, listActivities, organisationCursor, showOrganisation } from '../../organisations/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { ActivitiesQuery, OrganisationsFilter, OrganisationsQuery } from '../input.ts';
import type { ApiPage } from '../moment.ts';
import type { ApiActivity, ApiOrganisation, ApiOrganisationLine } from '../views.ts';
import { commitmentLine } from './commitments.ts';

type Line = Awaited<ReturnType<typeof exportOrganisations>>['items'][number];

const codes = (named: readonly { code: string }[]): string[] => named.map((it) => it.code);

const organisationLine = (origin: string, it: Line): ApiOrganisationLine => ({
  number: it.number, kind: it.kind, names: it.names, standing: it.standing, verifiedUntil: it.verifiedUntil, about: it.about, sectors: codes(it.sectors), places: it.places, services: it.services, expertise: it.expertise,
  staff: it.staff, volunteers: it.volunteers, answerDays: it.answerDays, licence: it.licence, contacts: it.contacts, url: `${origin}/orgs/${it.number}`,
});

const filterOf = (query: OrganisationsFilter) => ({ q: query.q, kind: query.kind, sector: query.sector.toUpperCase(), place: query.place.toUpperCase(), standing: query.standing });

/** One page of public organisations by name; with words the best matches first. Refuses a cursor of another list. */
export async function organisationsPage(ctx: Ctx, { origin, query }: { origin: string; query: OrganisationsQuery }): Promise<ApiPage<ApiOrganisationLine>> {
  if (query.after && decodeCursor(query.after, organisationCursor(query)) === null) refuse({ because: 'invalid', fields: { after: 'invalid' } });
  const list = await exportOrganisations(ctx, { ...filterOf(query), after: query.after, limit: Number(query.limit) });
  return { items: list.items.map((it) => organisationLine(origin, it)), next: list.next, ...(list.total ? { total: list.total } : {}) };
}

/** Who does what where, page by page. */
export async function activitiesPage(ctx: Ctx, { origin, query }: { origin: string; query: ActivitiesQuery }): Promise<ApiPage<ApiActivity>> {
  const list = await listActivities(ctx, { sector: query.sector.toUpperCase(), place: query.place.toUpperCase(), state: query.state, after: query.after, limit: Number(query.limit) });
  return { items: list.items.map(({ id: _, ...it }) => ({ ...it, url: `${origin}/orgs/${it.organisation.number}` })), next: list.next };
}

/** One public organisation with what it does where, and the commitments in which it has a part. */
export async function organisationWhole(ctx: Ctx, { origin, number }: { origin: string; number: string }): Promise<ApiOrganisation> {
  const it = await showOrganisation(ctx, number);
  return {
    ...organisationLine(origin, it),
    activities: it.activities.map((one) => ({ sector: one.sector.code, place: one.place, what: one.what, state: one.state, starts: one.starts, ends: one.ends, targeted: one.targeted, reached: one.reached, confirmedOn: one.confirmedOn })),
    record: it.record, commitments: it.promises.map((one) => commitmentLine(origin, one)),
  };
}
