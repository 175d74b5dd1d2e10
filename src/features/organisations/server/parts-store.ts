import type { Ctx } from '../../context.ts';
import type { OrganisationId } from '../model.ts';

export async function findCommitment(ctx: Ctx, number: string): Promise<{ id: string; number: string; bodyId: string; public: boolean } | null> {
  return (await ctx.db.selectFrom('commitments').select(['id', 'number', 'bodyId', 'public']).where('number', '=', number).executeTakeFirst()) ?? null;
}

export async function insertPart(ctx: Ctx, organisation: OrganisationId, commitment: string): Promise<boolean> {
  const row = await ctx.db.insertInto('organisationParts').values({ organisationId: organisation, commitmentId: commitment, namedAt: ctx.now, agreedAt: null }).onConflict((on) => on.doNothing()).returning('commitmentId').executeTakeFirst();
  return row !== undefined;
}

export async function agreePart(ctx: Ctx, organisation: OrganisationId, commitment: string): Promise<boolean> {
  const row = await ctx.db.updateTable('organisationParts').set({ agreedAt: ctx.now }).where('organisationId', '=', organisation).where('commitmentId', '=', commitment).where('agreedAt', 'is', null).returning('commitmentId').executeTakeFirst();
  return row !== undefined;
}

export async function removePart(ctx: Ctx, organisation: OrganisationId, commitment: string): Promise<boolean> {
  return (await ctx.db.deleteFrom('organisationParts').where('organisationId', '=', organisation).where('commitmentId', '=', commitment).where('agreedAt', 'is', null).returning('commitmentId').executeTakeFirst()) !== undefined;
}
