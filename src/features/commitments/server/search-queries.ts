import { sql, type Expression, type SqlBool } from 'kysely';
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

const MOST_RANKED = 200;

/** Public commitments that say any of the words, the best first; when few do, those that look like them stand behind. */
export async function searchCommitments(ctx: Ctx, input: { q: string; limit: number }): Promise<FoundPromise[]> {
  const lexicon = await lexiconOf(ctx);
  const query = tsQuery(queryTerms(input.q, lexicon));
  if (query === '') return [];
  // A word that stands in half of all promises is not weighed twenty thousand times.
  const newest = (where: Expression<SqlBool>, most: number) => ctx.db.selectFrom('commitments').select(['id', 'searchNorm', 'searchVector']).where('public', '=', true).where(where)
    .orderBy('openedAt', 'desc').orderBy('id', 'desc').limit(sql.lit(most));
  const lines = ctx.db.selectFrom('commitments as c').innerJoin('bodies as b', 'b.id', 'c.bodyId')
    .select(['c.id', 'c.number', 'c.what', 'c.due', 'c.state', 'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu']).limit(input.limit);
  const best = ctx.db.selectFrom(newest(sql<SqlBool>`search_vector @@ ${query}::tsquery`, MOST_RANKED).as('m'))
    .select(['m.id', sql<number>`ts_rank('{0.1,0.2,0.4,1.0}', m.search_vector, ${query}::tsquery)`.as('rank')]).orderBy('rank', 'desc').orderBy('m.id', 'desc').limit(sql.lit(input.limit));
  const found = await lines.innerJoin(best.as('best'), 'best.id', 'c.id').orderBy('best.rank', 'desc').orderBy('c.id', 'desc').execute();
  const rows = found.length >= FEW ? found : [...found, ...(await lines.innerJoin(lookAlike(input.q, lexicon, newest), 'alike.id', 'c.id').orderBy('alike.likeness', 'desc').orderBy('c.id', 'desc').execute())];
  return [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, input.limit).map((row) => ({
    number: row.number, what: row.what, due: row.due, late: isLate({ state: row.state, due: row.due as PlainDate }, today(ctx)),
    body: { code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } },
  }));
}
