import { newId, type PersonId } from '#kernel/ids.ts';
import type { Ctx } from '../../../context.ts';

export type LinkRow = { id: string; personId: PersonId; reusable: boolean; expiresAt: Date; usedAt: Date | null; demonstration: boolean; displayName: string | null; endedAt: Date | null };
export type NewLink = { person: PersonId; tokenHash: Buffer; tokenSealed: Buffer | null; expiresAt: Date; createdBy: PersonId | null };

export async function insertLink(ctx: Ctx, it: NewLink): Promise<void> {
  await ctx.db.insertInto('signInLinks').values({
    id: newId<'link'>(ctx.now.getTime()), tokenHash: it.tokenHash, tokenSealed: it.tokenSealed, personId: it.person, createdBy: it.createdBy,
    reusable: it.tokenSealed !== null, createdAt: ctx.now, expiresAt: it.expiresAt, usedAt: null,
  }).execute();
}

const byToken = (ctx: Ctx, tokenHash: Buffer) => ctx.db.selectFrom('signInLinks').innerJoin('persons', 'persons.id', 'signInLinks.personId')
  .select(['signInLinks.id', 'signInLinks.personId', 'reusable', 'expiresAt', 'usedAt', 'demonstration', 'displayName', 'endedAt'])
  .where('tokenHash', '=', tokenHash);

export async function findLink(ctx: Ctx, tokenHash: Buffer): Promise<LinkRow | null> {
  return ((await byToken(ctx, tokenHash).executeTakeFirst()) as LinkRow | undefined) ?? null;
}

export async function lockLink(ctx: Ctx, tokenHash: Buffer): Promise<LinkRow | null> {
  return ((await byToken(ctx, tokenHash).forUpdate('signInLinks').executeTakeFirst()) as LinkRow | undefined) ?? null;
}

export async function saveLinkUsed(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.updateTable('signInLinks').set({ usedAt: ctx.now }).where('id', '=', id).execute();
}

/** A new link makes the ones before it worthless. */
export async function dropLinks(ctx: Ctx, person: PersonId): Promise<void> {
  await ctx.db.updateTable('signInLinks').set({ usedAt: ctx.now }).where('personId', '=', person).where('usedAt', 'is', null).where('reusable', '=', false).execute();
}

/** Links that were over before a moment; those of a demonstration are used again and stay. */
export async function forgetOldLinks(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('signInLinks').where('reusable', '=', false).where('expiresAt', '<', before).execute();
}

export async function forgetLinks(ctx: Ctx, person: PersonId): Promise<void> {
  await ctx.db.deleteFrom('signInLinks').where('personId', '=', person).execute();
}
