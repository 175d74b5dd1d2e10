import type { Ctx } from '../../context.ts';
import type { OrganisationListFilter } from '../input.ts';
import type { ExportedOrganisation, OrganisationLine } from '../views.ts';
import { listOrganisations } from './list-queries.ts';

/** A page of the list with everything that an organisation says in public, so that a table of it can be brought in elsewhere. */
export async function exportOrganisations(ctx: Ctx, filter: OrganisationListFilter & { limit?: number }): Promise<{ items: ExportedOrganisation[]; next: string | null; total: { count: number; more: boolean } | null }> {
  const list = await listOrganisations(ctx, filter);
  return { ...list, items: await withAll(ctx, list.items) };
}

async function withAll(ctx: Ctx, lines: readonly OrganisationLine[]): Promise<ExportedOrganisation[]> {
  if (lines.length === 0) return [];
  const rows = await ctx.db.selectFrom('organisations').select(['id', 'number', 'about', 'staff', 'volunteers', 'answerDays', 'licenceNumber', 'licenceBy', 'licenceUntil', 'verifiedUntil'])
    .where('number', 'in', lines.map((it) => it.number)).execute();
  const contacts = await ctx.db.selectFrom('organisationContacts').select(['organisationId', 'kind', 'value']).where('public', '=', true)
    .where('organisationId', 'in', rows.map((row) => row.id)).orderBy('organisationId').orderBy('position').execute();
  return lines.map((line) => {
    const { id, licenceNumber, licenceBy, licenceUntil, ...row } = rows.find((it) => it.number === line.number)!;
    return { ...line, ...row, licence: { number: licenceNumber, by: licenceBy, until: licenceUntil }, contacts: contacts.filter((it) => it.organisationId === id).map(({ kind, value }) => ({ kind, value })) };
  });
}
