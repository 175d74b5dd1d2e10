import { createHash } from 'node:crypto';
import type { Ctx } from '../../context.ts';
import type { MemberRole, OrganisationId } from '../model.ts';

/** Only the hash of a link is kept. */
export const hashOf = (token: string): Buffer => createHash('sha256').update(token.slice(0, 100)).digest();

export type NewInvitation = { id: string; organisationId: OrganisationId; roles: MemberRole[]; name: string; tokenHash: Buffer; createdBy: string; expiresAt: Date };

export async function insertInvitation(ctx: Ctx, it: NewInvitation): Promise<void> {
  await ctx.db.insertInto('organisationInvitations').values({ ...it, createdAt: ctx.now, endedAt: null }).execute();
}

export async function openInvitations(ctx: Ctx, id: OrganisationId): Promise<number> {
  const row = await ctx.db.selectFrom('organisationInvitations').select((eb) => eb.fn.countAll<bigint>().as('count')).where('organisationId', '=', id).where('endedAt', 'is', null).where('expiresAt', '>', ctx.now).executeTakeFirstOrThrow();
  return Number(row.count);
}

/** Of two who use one link, the second waits here and finds it used. */
export async function lockInvitation(ctx: Ctx, tokenHash: Buffer) {
  const row = await ctx.db.selectFrom('organisationInvitations').select(['id', 'organisationId', 'roles', 'name', 'expiresAt', 'endedAt']).where('tokenHash', '=', tokenHash).forUpdate().executeTakeFirst();
  if (!row) return null;
  const { number } = await ctx.db.selectFrom('organisations').select('number').where('id', '=', row.organisationId).forUpdate().executeTakeFirstOrThrow();
  return { ...row, number };
}

export async function endInvitation(ctx: Ctx, id: string, organisation: OrganisationId): Promise<boolean> {
  const row = await ctx.db.updateTable('organisationInvitations').set({ endedAt: ctx.now }).where('id', '=', id).where('organisationId', '=', organisation).where('endedAt', 'is', null).returning('id').executeTakeFirst();
  return row !== undefined;
}

/** Members of now; the organisation's row is held by whoever asks. */
export async function lockMembers(ctx: Ctx, id: OrganisationId): Promise<{ person: string; roles: MemberRole[] }[]> {
  const rows = await ctx.db.selectFrom('organisationMembers').select(['personId', 'roles']).where('organisationId', '=', id).where('endedAt', 'is', null).forUpdate().execute();
  return rows.map((row) => ({ person: row.personId, roles: row.roles }));
}

/** No roles: no member any more. The row stays, so that nobody ever judges what was once their own. */
export async function saveMember(ctx: Ctx, id: OrganisationId, person: string, roles: readonly MemberRole[]): Promise<void> {
  await ctx.db.updateTable('organisationMembers').set(roles.length > 0 ? { roles: [...roles] } : { endedAt: ctx.now }).where('organisationId', '=', id).where('personId', '=', person).execute();
}
