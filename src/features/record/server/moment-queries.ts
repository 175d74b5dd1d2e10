import { sql, type SqlBool } from 'kysely';
import type { ActId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import { publicMoment, type SubjectKind } from '../model.ts';

/** When the public last heard of each of these subjects, as exactly as it may be said. One statement. */
export async function publicMoments(ctx: Ctx, subjects: readonly string[]): Promise<Map<string, Date>> {
  if (subjects.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('acts').select(['subjectId', 'at', 'actorRole']).distinctOn('subjectId')
    .where('subjectId', 'in', [...subjects]).where('public', '=', true).orderBy('subjectId').orderBy('at', 'desc').orderBy('seq', 'desc').execute();
  return new Map(rows.map((row) => [row.subjectId, publicMoment(row.at, row.actorRole)]));
}

export type PublicAct = { id: ActId; subject: string; kind: string; at: Date; role: string };

/** Public acts on things of one kind, oldest first; on some of them only, when they are named. Both ends belong to the time. */
export async function publicActsBetween(ctx: Ctx, input: { kind: SubjectKind; subjects: readonly string[] | null; from: Date; to: Date; limit: number }): Promise<PublicAct[]> {
  let query = ctx.db.selectFrom('acts').select(['id', 'subjectId', 'kind', 'at', 'actorRole']).where('public', '=', true).where('subjectKind', '=', input.kind)
    .where(sql<SqlBool>`at between ${input.from} and ${input.to}`);
  if (input.subjects) query = query.where('subjectId', 'in', input.subjects.length > 0 ? [...input.subjects] : ['00000000-0000-0000-0000-000000000000']);
  const rows = await query.orderBy('at').orderBy('seq').limit(input.limit).execute();
  return rows.map((row) => ({ id: row.id as ActId, subject: row.subjectId, kind: row.kind, at: publicMoment(row.at, row.actorRole), role: row.actorRole }));
}

/** When the public last heard of anything of these kinds; null where it never did. */
export async function lastPublicMoment(ctx: Ctx, kinds: readonly SubjectKind[]): Promise<Date | null> {
  if (kinds.length === 0) return null;
  const row = await ctx.db.selectFrom('acts').select(['at', 'actorRole']).where('public', '=', true).where('subjectKind', 'in', [...kinds]).orderBy('at', 'desc').limit(1).executeTakeFirst();
  return row ? publicMoment(row.at, row.actorRole) : null;
}
