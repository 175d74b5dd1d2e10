import type { BodyId } from '#kernel/ids.ts';
import type { Ctx } from '../../../context.ts';

/** Who holds the roles without which nothing is answered: numbers and bodies, no names. Only roles that count. */
export type Staffing = { coordinators: number; administrators: number; officers: ReadonlySet<BodyId>; heads: ReadonlySet<BodyId> };

export async function staffing(ctx: Ctx): Promise<Staffing> {
  const rows = await ctx.db.selectFrom('personRoles').innerJoin('persons', 'persons.id', 'personRoles.personId').select(['role', 'bodyId', 'personId'])
    .where('role', 'in', ['coordinator', 'administrator', 'officer', 'head']).where('confirmedAt', 'is not', null).where('personRoles.endedAt', 'is', null)
    .where('persons.endedAt', 'is', null).execute();
  const people = (role: string) => new Set(rows.filter((row) => row.role === role).map((row) => row.personId)).size;
  const bodies = (role: string) => new Set(rows.filter((row) => row.role === role && row.bodyId).map((row) => row.bodyId as BodyId));
  return { coordinators: people('coordinator'), administrators: people('administrator'), officers: bodies('officer'), heads: bodies('head') };
}
