import { newId, randomId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import { MOST, type Contact, type ContactKind, type DocumentKind, type MemberRole, type OrganisationId } from '../model.ts';

/** Drafts that this person has begun and not handed in. */
export async function ownDrafts(ctx: Ctx, person: string): Promise<number> {
  const row = await ctx.db.selectFrom('organisationMembers as m').innerJoin('organisations as o', 'o.id', 'm.organisationId').select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('m.personId', '=', person).where('m.endedAt', 'is', null).where('o.state', '=', 'draft').executeTakeFirstOrThrow();
  return Number(row.count);
}

export type NewMember = { organisation: OrganisationId; person: string; roles: MemberRole[]; name: string };

/** Whoever left and comes again is the same member with new roles. */
export async function insertMember(ctx: Ctx, it: NewMember): Promise<void> {
  await ctx.db.insertInto('organisationMembers').values({ organisationId: it.organisation, personId: it.person, roles: it.roles, name: it.name, since: ctx.now, endedAt: null })
    .onConflict((on) => on.columns(['organisationId', 'personId']).doUpdateSet({ roles: it.roles, name: it.name, since: ctx.now, endedAt: null })).execute();
}

export async function hasOwner(ctx: Ctx, id: OrganisationId): Promise<boolean> {
  return (await ctx.db.selectFrom('organisationMembers').select('personId').where('organisationId', '=', id).where('endedAt', 'is', null).limit(1).executeTakeFirst()) !== undefined;
}

/** Codes among these of which there is no active place. */
export async function unknownPlaces(ctx: Ctx, codes: readonly string[]): Promise<string[]> {
  if (codes.length === 0) return [];
  const known = new Set((await ctx.db.selectFrom('places').select('pcode').where('pcode', 'in', [...codes]).where('active', '=', true).execute()).map((row) => row.pcode));
  return codes.filter((code) => !known.has(code));
}

const free = (taken: readonly number[], most: number): number | null => Array.from({ length: most }, (_, at) => at + 1).find((position) => !taken.includes(position)) ?? null;

export async function freeContact(ctx: Ctx, id: OrganisationId): Promise<number | null> {
  return free((await ctx.db.selectFrom('organisationContacts').select('position').where('organisationId', '=', id).execute()).map((row) => row.position), MOST.contacts);
}

export async function insertContact(ctx: Ctx, it: { organisationId: OrganisationId; kind: ContactKind; value: string; public: boolean; position: number }): Promise<void> {
  await ctx.db.insertInto('organisationContacts').values({ id: newId<'contact'>(ctx.now.getTime()), ...it }).execute();
}

export async function removeContactRow(ctx: Ctx, organisation: OrganisationId, id: string): Promise<boolean> {
  return (await ctx.db.deleteFrom('organisationContacts').where('organisationId', '=', organisation).where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;
}

export async function freeDocument(ctx: Ctx, id: OrganisationId): Promise<number | null> {
  return free((await ctx.db.selectFrom('organisationDocuments').select('position').where('organisationId', '=', id).execute()).map((row) => row.position), MOST.documents);
}

export async function insertDocument(ctx: Ctx, it: { organisationId: OrganisationId; kind: DocumentKind; public: boolean; position: number }): Promise<string> {
  const id = randomId<'document'>();
  await ctx.db.insertInto('organisationDocuments').values({ id, ...it, addedAt: ctx.now }).execute();
  return id;
}

export async function removeDocumentRow(ctx: Ctx, organisation: OrganisationId, id: string): Promise<boolean> {
  return (await ctx.db.deleteFrom('organisationDocuments').where('organisationId', '=', organisation).where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;
}

export async function saveDocumentPublic(ctx: Ctx, organisation: OrganisationId, id: string, value: boolean): Promise<boolean> {
  return (await ctx.db.updateTable('organisationDocuments').set({ public: value }).where('organisationId', '=', organisation).where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;
}

export async function contactsOf(ctx: Ctx, id: string): Promise<Contact[]> {
  return ctx.db.selectFrom('organisationContacts').select(['id', 'kind', 'value', 'public']).where('organisationId', '=', id).orderBy('position').execute();
}

export async function documentKinds(ctx: Ctx, id: string): Promise<{ kind: DocumentKind }[]> {
  return ctx.db.selectFrom('organisationDocuments').select('kind').where('organisationId', '=', id).execute();
}
