import { sql } from 'kysely';
import { newId, type PersonId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import type { Ctx } from '../../../context.ts';
import type { Contact, Verified } from '../../model.ts';

export type NewPerson = { displayName: string | null; language: Lang; verified: Verified; demonstration: boolean };

export async function insertPerson(ctx: Ctx, it: NewPerson): Promise<PersonId> {
  const id = newId<'person'>(ctx.now.getTime());
  await ctx.db.insertInto('persons').values({ id, createdAt: ctx.now, twoFactorsAt: null, endedAt: null, ...it }).execute();
  return id;
}

/** Many without a name, in one statement. */
export async function insertPersons(ctx: Ctx, count: number, it: NewPerson): Promise<PersonId[]> {
  const rows = Array.from({ length: count }, () => ({ id: newId<'person'>(ctx.now.getTime()), createdAt: ctx.now, twoFactorsAt: null, endedAt: null, ...it }));
  if (count > 0) await ctx.db.insertInto('persons').values(rows).execute();
  return rows.map((row) => row.id);
}

/** Whether there is an invented person, or a real one who has signed in. */
export async function anyPerson(ctx: Ctx, which: 'demonstration' | 'signed-in'): Promise<boolean> {
  const query = ctx.db.selectFrom('persons').select('persons.id').where('demonstration', '=', which === 'demonstration').limit(1);
  const signedIn = query.where((eb) => eb.exists(eb.selectFrom('sessions').select('sessions.id').whereRef('sessions.personId', '=', 'persons.id')));
  return (await (which === 'demonstration' ? query : signedIn).executeTakeFirst()) !== undefined;
}

export type PersonRow = { id: PersonId; displayName: string | null; verified: Verified; demonstration: boolean; twoFactorsAt: Date | null };

/** A living account, held until the transaction ends; others are refused as not found. */
export async function lockPerson(ctx: Ctx, id: PersonId): Promise<PersonRow> {
  const row = await ctx.db.selectFrom('persons').select(['id', 'displayName', 'verified', 'demonstration', 'twoFactorsAt'])
    .where('id', '=', id).where('endedAt', 'is', null).forUpdate().executeTakeFirst();
  return row ? { ...row, id: row.id as PersonId } : refuse({ because: 'not-found', what: 'person' });
}

export async function displayName(ctx: Ctx, id: PersonId): Promise<string | null> {
  return (await ctx.db.selectFrom('persons').select('displayName').where('id', '=', id).executeTakeFirst())?.displayName ?? null;
}

/** Two first sign-ins of one contact at once make one account: the second waits here for the first. */
export async function holdContact(ctx: Ctx, hash: Buffer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${hash.readInt32BE(0)}, ${hash.readInt32BE(4)})`.execute(ctx.db);
}

export async function personOfContact(ctx: Ctx, hash: Buffer): Promise<PersonId | null> {
  const row = await ctx.db.selectFrom('personContacts').select('personId').where('valueHash', '=', hash).executeTakeFirst();
  return (row?.personId ?? null) as PersonId | null;
}

export async function insertContact(ctx: Ctx, person: PersonId, contact: Contact, valueHash: Buffer): Promise<void> {
  await ctx.db.insertInto('personContacts').values({ id: newId<'contact'>(ctx.now.getTime()), personId: person, ...contact, valueHash, verifiedAt: ctx.now }).execute();
}

export async function saveVerified(ctx: Ctx, id: PersonId, verified: Verified): Promise<void> {
  await ctx.db.updateTable('persons').set({ verified }).where('id', '=', id).execute();
}

export async function saveLanguage(ctx: Ctx, id: PersonId, language: Lang): Promise<void> {
  await ctx.db.updateTable('persons').set({ language }).where('id', '=', id).execute();
}

export async function saveTwoFactors(ctx: Ctx, id: PersonId): Promise<void> {
  await ctx.db.updateTable('persons').set({ twoFactorsAt: ctx.now }).where('id', '=', id).where('twoFactorsAt', 'is', null).execute();
}

/** The account closes; contacts are erased, so that the number may come back as somebody new. */
export async function saveEnded(ctx: Ctx, id: PersonId): Promise<void> {
  await ctx.db.updateTable('persons').set({ endedAt: ctx.now }).where('id', '=', id).execute();
  await ctx.db.deleteFrom('personContacts').where('personId', '=', id).execute();
}

export async function contactHashes(ctx: Ctx, id: PersonId): Promise<Buffer[]> {
  return (await ctx.db.selectFrom('personContacts').select('valueHash').where('personId', '=', id).execute()).map((row) => row.valueHash);
}

/** An account that is over and was nobody's of staff has no name. */
export async function forgetName(ctx: Ctx, id: PersonId): Promise<void> {
  await ctx.db.updateTable('persons').set({ displayName: null, verified: 'none' }).where('id', '=', id).execute();
}
