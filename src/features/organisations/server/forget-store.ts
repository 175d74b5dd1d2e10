/** What the keeping of terms deletes of organisations. */
import { sql } from 'kysely';
import type { Ctx } from '../../context.ts';

/** Invitations that were used, taken back or over before a moment. */
export async function deleteInvitationsBefore(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('organisationInvitations').where((eb) => eb.or([eb('endedAt', '<', before), eb('expiresAt', '<', before)])).execute();
}

/** Tables that were sent and not taken in. */
export async function deleteUploadsBefore(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('organisationUploads').where('madeAt', '<', before).execute();
}

/** Those who left, unless a decision still has to know whom it bars. */
export async function deleteMembersBefore(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('organisationMembers').where('endedAt', '<', before).execute();
}

/** Applications that nobody has touched since and that the public never saw, held: their ids, with those of their papers. */
export async function lockStaleApplications(ctx: Ctx, before: Date, most: number): Promise<{ id: string; papers: string[] }[]> {
  const { rows } = await sql<{ id: string }>`select o.id from organisations o where o.state in ('draft', 'returned', 'refused') and o.changed_at < ${before}
    and not exists (select 1 from organisation_parts p where p.organisation_id = o.id) order by o.changed_at limit ${most} for update skip locked`.execute(ctx.db);
  if (rows.length === 0) return [];
  const papers = await ctx.db.selectFrom('organisationDocuments').select(['id', 'organisationId']).where('organisationId', 'in', rows.map((row) => row.id)).execute();
  return rows.map((row) => ({ id: row.id, papers: papers.filter((it) => it.organisationId === row.id).map((it) => it.id) }));
}

/** With everything that belongs to it; what it was handed in with is removed by whoever calls. */
export async function deleteApplication(ctx: Ctx, id: string): Promise<void> {
  for (const table of ['organisationContacts', 'organisationDocuments', 'organisationInvitations', 'organisationMembers', 'organisationDecisions', 'organisationActivities'] as const) {
    await ctx.db.deleteFrom(table).where('organisationId', '=', id).execute();
  }
  await ctx.db.deleteFrom('organisations').where('id', '=', id).execute();
}

/** Nothing is left of this member but that somebody was there. */
export async function endMemberships(ctx: Ctx, person: string): Promise<void> {
  await ctx.db.updateTable('organisationMembers').set({ name: '' }).where('personId', '=', person).execute();
  await ctx.db.updateTable('organisationMembers').set({ endedAt: ctx.now }).where('personId', '=', person).where('endedAt', 'is', null).execute();
}
