import { sql } from 'kysely';
import { newId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import type { UploadedRows } from '../read-row.ts';
import { MOST, type ActivityState, type ContactKind, type OrganisationId } from '../model.ts';

/** Which of these are numbers of organisations that this installation gave itself. */
export async function numbersThere(ctx: Ctx, externalIds: readonly string[]): Promise<Set<string>> {
  if (externalIds.length === 0) return new Set();
  return new Set((await ctx.db.selectFrom('organisations').select('number').where('number', 'in', [...externalIds]).execute()).map((row) => row.number));
}

/** Ids by external id; by the own number where the table was exported here. */
export async function idsOfImported(ctx: Ctx, source: string, externalIds: readonly string[]): Promise<Map<string, OrganisationId>> {
  if (externalIds.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('organisations').select(['id', 'number', 'source', 'externalId'])
    .where((eb) => eb.or([eb('number', 'in', [...externalIds]), eb.and([eb('source', '=', source), eb('externalId', 'in', [...externalIds])])])).execute();
  return new Map(rows.flatMap((row) => [...(row.source === source && row.externalId ? [[row.externalId, row.id as OrganisationId] as const] : []), [row.number, row.id as OrganisationId] as const]));
}

const AT_ONCE = 500;

export async function insertContacts(ctx: Ctx, all: readonly { id: OrganisationId; contacts: readonly { kind: ContactKind; value: string }[] }[]): Promise<void> {
  const rows = all.flatMap(({ id, contacts }) => contacts.slice(0, MOST.contacts).map((it, at) => ({ id: newId<'contact'>(ctx.now.getTime()), organisationId: id, kind: it.kind, value: it.value, public: true, position: at + 1 })));
  for (let at = 0; at < rows.length; at += AT_ONCE) await ctx.db.insertInto('organisationContacts').values(rows.slice(at, at + AT_ONCE)).execute();
}

/** Words of sectors and places that nobody here knows are kept for whoever completes the draft. */
export async function saveUnplaced(ctx: Ctx, all: readonly { id: OrganisationId; words: string }[]): Promise<void> {
  if (all.length === 0) return;
  const [ids, words] = [all.map((it) => it.id), all.map((it) => it.words)];
  await sql`update organisations o set reason = it.words from unnest(${ids}::uuid[], ${words}::text[]) as it(id, words) where o.id = it.id`.execute(ctx.db);
}

export type NewActivity = { organisationId: OrganisationId; sector: string; place: string; what: string; state: ActivityState; starts: string | null; ends: string | null; targeted: number | null; reached: number | null; onceKey: string };

export async function insertActivities(ctx: Ctx, all: readonly NewActivity[]): Promise<void> {
  for (let at = 0; at < all.length; at += AT_ONCE) {
    await ctx.db.insertInto('organisationActivities').values(all.slice(at, at + AT_ONCE).map((it) => ({ ...it, id: newId<'activity'>(ctx.now.getTime()), coarse: false, confirmedAt: ctx.now })))
      .onConflict((on) => on.columns(['organisationId', 'onceKey']).doNothing()).execute();
  }
}

/** False when it lies there already. */
export async function insertUpload(ctx: Ctx, it: { id: string; uploadedBy: string; rows: string }): Promise<boolean> {
  return (await ctx.db.insertInto('organisationUploads').values({ ...it, madeAt: ctx.now }).onConflict((on) => on.column('id').doNothing()).returning('id').executeTakeFirst()) !== undefined;
}

export async function findUpload(ctx: Ctx, id: string): Promise<{ madeAt: Date; rows: UploadedRows } | null> {
  return (await ctx.db.selectFrom('organisationUploads').select(['madeAt', 'rows']).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Its rows, for the one who takes them first. */
export async function takeUpload(ctx: Ctx, id: string): Promise<UploadedRows | null> {
  return (await ctx.db.deleteFrom('organisationUploads').where('id', '=', id).returning('rows').executeTakeFirst())?.rows ?? null;
}

export async function deleteUpload(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.deleteFrom('organisationUploads').where('id', '=', id).execute();
}
