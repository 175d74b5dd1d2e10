import { sql, type Selectable } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import { localDate, type PlainDate } from '#kernel/working-days.ts';
import { indexer, type SearchColumns } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Organisation, OrganisationId, OrganisationState, Profile } from '../model.ts';
import type { OrganisationsTables } from './tables.ts';

export type Row = Omit<Selectable<OrganisationsTables['organisations']>, 'searchNorm' | 'searchVector' | 'lexiconVersion'>;
export const COLUMNS = [
  'id', 'number', 'state', 'kind', 'nameAr', 'nameEn', 'nameKu', 'about', 'sectors', 'places', 'services', 'expertise', 'staff', 'volunteers', 'answerDays', 'licenceNumber', 'licenceBy', 'licenceUntil',
  'consentedAt', 'verifiedUntil', 'reason', 'objection', 'renewalAt', 'source', 'externalId', 'createdAt', 'changedAt', 'submittedAt', 'version',
] as const;

export const today = (ctx: Ctx): PlainDate => localDate(ctx.now, ctx.profile.zone);

export function toOrganisation(row: Row): Organisation {
  return {
    id: row.id as OrganisationId, number: row.number, state: row.state, kind: row.kind, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu }, about: row.about, sectors: row.sectors, places: row.places,
    services: row.services, expertise: row.expertise, staff: row.staff, volunteers: row.volunteers, answerDays: row.answerDays,
    licence: { number: row.licenceNumber, by: row.licenceBy, until: row.licenceUntil as PlainDate | null }, consented: row.consentedAt !== null, verifiedUntil: row.verifiedUntil as PlainDate | null,
    reason: row.reason, objection: row.objection, renewal: row.renewalAt !== null, version: row.version,
  };
}

/** The row is held until the transaction ends: whoever changes it waits. */
export async function lockOrganisation(ctx: Ctx, number: string): Promise<Organisation> {
  const row = await ctx.db.selectFrom('organisations').select(COLUMNS).where('number', '=', number).forUpdate().executeTakeFirst();
  return row ? toOrganisation(row) : refuse({ because: 'not-found', what: 'organisation' });
}

export async function findOrganisation(ctx: Ctx, number: string): Promise<Row> {
  const row = await ctx.db.selectFrom('organisations').select(COLUMNS).where('number', '=', number).executeTakeFirst();
  return row ?? refuse({ because: 'not-found', what: 'organisation' });
}

type Index = (text: string) => SearchColumns;

const textOf = (it: Pick<Profile, 'names' | 'about' | 'services' | 'expertise'>): string => [it.names.ar, it.names.en, it.names.ku, it.about, ...it.services, ...it.expertise].join(' ');

export function profileColumns(it: Profile, index: Index) {
  return {
    kind: it.kind, nameAr: it.names.ar, nameEn: it.names.en, nameKu: it.names.ku, about: it.about, sectors: [...it.sectors], places: [...it.places], services: [...it.services], expertise: [...it.expertise],
    staff: it.staff, volunteers: it.volunteers, answerDays: it.answerDays, licenceNumber: it.licence.number, licenceBy: it.licence.by, licenceUntil: it.licence.until,
    ...index(textOf(it)),
  };
}

export type NewOrganisation = { id: OrganisationId; number: string; state: OrganisationState; profile: Profile; source?: string; externalId?: string };

/** Those that were there already, by source and id, are left as they are; returns the ids of the new ones. */
export async function insertOrganisations(ctx: Ctx, all: readonly NewOrganisation[]): Promise<Set<string>> {
  if (all.length === 0) return new Set();
  const index = await indexer(ctx);
  const rows = await ctx.db.insertInto('organisations').values(all.map((it) => ({
    id: it.id, number: it.number, state: it.state, ...profileColumns(it.profile, index), consentedAt: it.profile.consented ? ctx.now : null, verifiedUntil: null, reason: '', objection: '', renewalAt: null,
    source: it.source ?? null, externalId: it.externalId ?? null, createdAt: ctx.now, changedAt: ctx.now, submittedAt: null, version: 1,
  }))).onConflict((on) => on.columns(['source', 'externalId']).where('source', 'is not', null).doNothing()).returning('id').execute();
  return new Set(rows.map((row) => row.id));
}

export async function saveProfile(ctx: Ctx, id: OrganisationId, it: Profile): Promise<void> {
  const index = await indexer(ctx);
  await ctx.db.updateTable('organisations').set({
    ...profileColumns(it, index), consentedAt: it.consented ? sql<Date>`coalesce(consented_at, ${ctx.now})` : null, changedAt: ctx.now, version: sql<number>`version + 1`,
  }).where('id', '=', id).execute();
}

export type Standing = Partial<{ state: OrganisationState; reason: string; objection: string; verifiedUntil: PlainDate; renewalAt: Date | null; submittedAt: Date }>;

export async function saveStanding(ctx: Ctx, id: OrganisationId, it: Standing): Promise<void> {
  await ctx.db.updateTable('organisations').set({ ...it, changedAt: ctx.now, version: sql<number>`version + 1` }).where('id', '=', id).execute();
}

const PIECE = 200;

/** Brings a piece of those that were indexed with an older lexicon up to date; returns how many it was. */
export async function indexPieceAnew(ctx: Ctx, version: number): Promise<number> {
  const index = await indexer(ctx);
  const rows = await ctx.db.selectFrom('organisations').select(COLUMNS).where('lexiconVersion', '<', version).limit(PIECE).forUpdate().skipLocked().execute();
  for (const row of rows) await ctx.db.updateTable('organisations').set(index(textOf(toOrganisation(row)))).where('id', '=', row.id).execute();
  return rows.length;
}
