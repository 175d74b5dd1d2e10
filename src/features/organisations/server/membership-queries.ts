import type { Ctx } from '../../context.ts';
import { maySeeInside } from '../access.ts';
import type { MemberRole, OrganisationId } from '../model.ts';

/** What the actor is in this organisation now; nothing for everybody else. */
export async function membershipOf(ctx: Ctx, id: string): Promise<MemberRole[]> {
  if (ctx.actor.kind !== 'person') return [];
  const row = await ctx.db.selectFrom('organisationMembers').select('roles').where('organisationId', '=', id).where('personId', '=', ctx.actor.id).where('endedAt', 'is', null).executeTakeFirst();
  return row?.roles ?? [];
}

/** Whether the actor was ever a member: nobody judges an organisation that is or was their own. */
export async function wasEverMember(ctx: Ctx, id: string): Promise<boolean> {
  if (ctx.actor.kind !== 'person') return false;
  return (await ctx.db.selectFrom('organisationMembers').select('organisationId').where('organisationId', '=', id).where('personId', '=', ctx.actor.id).executeTakeFirst()) !== undefined;
}

/** Papers are read by members, the registry and the governor's office; those that are public by everybody, which is not asked here. */
export async function mayReadDocument(ctx: Ctx, documentId: string): Promise<boolean> {
  const row = await ctx.db.selectFrom('organisationDocuments').select('organisationId').where('id', '=', documentId).executeTakeFirst();
  return row !== undefined && maySeeInside(ctx.actor, await membershipOf(ctx, row.organisationId as OrganisationId));
}
