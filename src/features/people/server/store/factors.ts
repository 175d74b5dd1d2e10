import type { Selectable } from 'kysely';
import { newId, type PersonId } from '#kernel/ids.ts';
import type { Ctx } from '../../../context.ts';
import type { PeopleTables } from '../tables.ts';

export type Totp = { secretSealed: Buffer; lastStep: bigint };

export async function lockTotp(ctx: Ctx, person: PersonId): Promise<Totp | null> {
  return (await ctx.db.selectFrom('secondFactors').select(['secretSealed', 'lastStep']).where('personId', '=', person).forUpdate().executeTakeFirst()) ?? null;
}

/** False when somebody else set one in the meantime. */
export async function insertTotp(ctx: Ctx, person: PersonId, it: Totp): Promise<boolean> {
  const row = await ctx.db.insertInto('secondFactors').values({ personId: person, ...it, confirmedAt: ctx.now }).onConflict((on) => on.column('personId').doNothing())
    .returning('personId').executeTakeFirst();
  return row !== undefined;
}

export async function saveStep(ctx: Ctx, person: PersonId, lastStep: bigint): Promise<void> {
  await ctx.db.updateTable('secondFactors').set({ lastStep }).where('personId', '=', person).execute();
}

export async function replaceRecoveryCodes(ctx: Ctx, person: PersonId, hashes: readonly Buffer[]): Promise<void> {
  await ctx.db.deleteFrom('recoveryCodes').where('personId', '=', person).execute();
  await ctx.db.insertInto('recoveryCodes').values(hashes.map((codeHash) => ({ personId: person, codeHash, createdAt: ctx.now, usedAt: null }))).execute();
}

/** One statement decides: of two at once, one finds it unused. */
export async function useRecoveryCode(ctx: Ctx, person: PersonId, codeHash: Buffer): Promise<boolean> {
  const row = await ctx.db.updateTable('recoveryCodes').set({ usedAt: ctx.now }).where('personId', '=', person).where('codeHash', '=', codeHash).where('usedAt', 'is', null)
    .returning('personId').executeTakeFirst();
  return row !== undefined;
}

export type PasskeyRow = Selectable<PeopleTables['passkeys']>;

export async function insertPasskey(ctx: Ctx, it: Pick<PasskeyRow, 'personId' | 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'name'>): Promise<boolean> {
  const row = await ctx.db.insertInto('passkeys').values({ id: newId<'passkey'>(ctx.now.getTime()), ...it, createdAt: ctx.now, usedAt: null })
    .onConflict((on) => on.column('credentialId').doNothing()).returning('id').executeTakeFirst();
  return row !== undefined;
}

export async function credentialIds(ctx: Ctx, person: PersonId): Promise<Buffer[]> {
  return (await ctx.db.selectFrom('passkeys').select('credentialId').where('personId', '=', person).execute()).map((row) => row.credentialId);
}

/** The passkey of a living account. */
export async function lockPasskey(ctx: Ctx, credentialId: Buffer): Promise<PasskeyRow | null> {
  const row = await ctx.db.selectFrom('passkeys').innerJoin('persons', 'persons.id', 'passkeys.personId').selectAll('passkeys')
    .where('credentialId', '=', credentialId).where('persons.endedAt', 'is', null).forUpdate('passkeys').executeTakeFirst();
  return row ?? null;
}

export async function savePasskeyUsed(ctx: Ctx, id: string, counter: bigint): Promise<void> {
  await ctx.db.updateTable('passkeys').set({ counter, usedAt: ctx.now }).where('id', '=', id).execute();
}

export async function deletePasskey(ctx: Ctx, person: PersonId, id: string): Promise<boolean> {
  return Number((await ctx.db.deleteFrom('passkeys').where('id', '=', id).where('personId', '=', person).executeTakeFirst()).numDeletedRows) > 0;
}

/** False when the challenge was used before. */
export async function spendChallenge(ctx: Ctx, challenge: string, expiresAt: Date): Promise<boolean> {
  const row = await ctx.db.insertInto('passkeyChallenges').values({ challenge, expiresAt }).onConflict((on) => on.column('challenge').doNothing()).returning('challenge').executeTakeFirst();
  return row !== undefined;
}

export async function forgetChallenges(ctx: Ctx): Promise<void> {
  await ctx.db.deleteFrom('passkeyChallenges').where('expiresAt', '<', ctx.now).execute();
}

export async function dropFactors(ctx: Ctx, person: PersonId): Promise<void> {
  await ctx.db.deleteFrom('secondFactors').where('personId', '=', person).execute();
  await ctx.db.deleteFrom('recoveryCodes').where('personId', '=', person).execute();
  await ctx.db.deleteFrom('passkeys').where('personId', '=', person).execute();
}

export type Factors = { totp: boolean; passkeys: { id: string; name: string; createdAt: Date; usedAt: Date | null }[]; recoveryLeft: number };

export async function factorsOf(ctx: Ctx, person: PersonId): Promise<Factors> {
  const totp = await ctx.db.selectFrom('secondFactors').select('personId').where('personId', '=', person).executeTakeFirst();
  const passkeys = await ctx.db.selectFrom('passkeys').select(['id', 'name', 'createdAt', 'usedAt']).where('personId', '=', person).orderBy('createdAt').execute();
  const left = await ctx.db.selectFrom('recoveryCodes').select((eb) => eb.fn.countAll<bigint>().as('count')).where('personId', '=', person).where('usedAt', 'is', null).executeTakeFirstOrThrow();
  return { totp: totp !== undefined, passkeys, recoveryLeft: Number(left.count) };
}

export const hasFactor = (it: Factors): boolean => it.totp || it.passkeys.length > 0;
