import { sql, type SqlBool } from 'kysely';
import { queryTerms, tsQuery } from '#engines/text/index.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { FEW, lexiconOf, lookAlike } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isLate } from '../rules.ts';
import { today } from './store.ts';

/** What public commitments say and their numbers, by id; for lists of what changed. */
export async function commitmentTitles(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { number: string; title: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('commitments').select(['id', 'number', 'what']).where('id', 'in', [...ids]).where('public', '=', true).execute();
  return new Map(rows.map((row) => [row.id, { number: row.number, title: row.what }]));
}

/** Whether the number belongs to a commitment that anybody may see. */
export async function isPublicCommitment(ctx: Ctx, number: string): Promise<boolean> {
  return (await ctx.db.selectFrom('commitments').select('id').where('number', '=', number).where('public', '=', true).executeTakeFirst()) !== undefined;
}

export type FoundPromise = { number: string; what: string; due: string; late: boolean; body: { code: string; names: { ar: string; en: string; ku: string } } };

/** Public commitments that say any of the words, the best first; when few do, those that look like them stand behind. */
export async function searchCommitments(ctx: Ctx, input: { q: string; limit: number }): Promise<FoundPromise[]> {
  const lexicon = await lexiconOf(ctx);
  const query = tsQuery(queryTerms(input.q, lexicon));
  if (query === '') return [];
  const lines = ctx.db.selectFrom('commitments as c').innerJoin('bodies as b', 'b.id', 'c.bodyId')
    .select(['c.id', 'c.number', 'c.what', 'c.due', 'c.state', 'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu']).where('c.public', '=', true).limit(input.limit);
  const found = await lines.where(sql<SqlBool>`c.search_vector @@ ${query}::tsquery`)
    .orderBy(sql`ts_rank('{0.1,0.2,0.4,1.0}', c.search_vector, ${query}::tsquery) desc`).orderBy('c.id', 'desc').execute();
  const alike = found.length < FEW ? lookAlike(input.q, 'c', lexicon) : null;
  const rows = alike ? [...found, ...(await lines.where(alike.is).orderBy(alike.order, 'desc').orderBy('c.id', 'desc').execute())] : found;
  return [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, input.limit).map((row) => ({
    number: row.number, what: row.what, due: row.due, late: isLate({ state: row.state, due: row.due as PlainDate }, today(ctx)),
    body: { code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } },
  }));
}
