import { sql, type Insertable, type Selectable } from 'kysely';
import type { Ctx } from '../../../context.ts';
import type { PeopleTables } from '../tables.ts';

export type CodeRow = Selectable<PeopleTables['signInCodes']>;

export async function insertCode(ctx: Ctx, row: Insertable<PeopleTables['signInCodes']>): Promise<void> {
  await ctx.db.insertInto('signInCodes').values(row).execute();
}

export async function findCode(ctx: Ctx, id: string): Promise<CodeRow | null> {
  return (await ctx.db.selectFrom('signInCodes').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Held until the transaction ends: of two tries with one code, the second sees what the first did. */
export async function lockCode(ctx: Ctx, id: string): Promise<CodeRow | null> {
  return (await ctx.db.selectFrom('signInCodes').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;
}

/** Codes that a desk handed out for the same contact; they have no request of their own in the resident's browser. */
export async function lockDeskCodes(ctx: Ctx, contactHash: Buffer): Promise<CodeRow[]> {
  return ctx.db.selectFrom('signInCodes').selectAll().where('contactHash', '=', contactHash).where('issuedBy', 'is not', null)
    .where('usedAt', 'is', null).where('expiresAt', '>', ctx.now).orderBy('createdAt', 'desc').limit(5).forUpdate().execute();
}

export async function countTry(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.updateTable('signInCodes').set({ attempts: sql<number>`attempts + 1` }).where('id', '=', id).execute();
}

/** Whoever got in needs none of the other codes. */
export async function useCodesOf(ctx: Ctx, contactHash: Buffer): Promise<void> {
  await ctx.db.updateTable('signInCodes').set({ usedAt: ctx.now, codeSealed: null }).where('contactHash', '=', contactHash).where('usedAt', 'is', null).execute();
}

export async function clearSealedCode(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.updateTable('signInCodes').set({ codeSealed: null, sentAt: ctx.now }).where('id', '=', id).execute();
}

export async function forgetCodes(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('signInCodes').where('expiresAt', '<', before).execute();
}

/** Codes on their way to these contacts. */
export async function deleteCodesOf(ctx: Ctx, contactHashes: readonly Buffer[]): Promise<void> {
  if (contactHashes.length > 0) await ctx.db.deleteFrom('signInCodes').where('contactHash', 'in', [...contactHashes]).execute();
}
