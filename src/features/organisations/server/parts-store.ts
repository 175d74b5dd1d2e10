import type { Ctx } from '../../context.ts';
import type { CommitmentStateName } from '../../commitments/model.ts';
import type { OrganisationId } from '../model.ts';

export async function findCommitment(ctx: Ctx, number: string): Promise<{ id: string; number: string; bodyId: string; public: boolean; state: CommitmentStateName; body: string } | null> {
  return (await ctx.db.selectFrom('commitments as c').innerJoin('bodies as b', 'b.id', 'c.bodyId').select(['c.id', 'c.number', 'c.bodyId', 'c.public', 'c.state', 'b.code as body']).where('c.number', '=', number).executeTakeFirst()) ?? null;
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
