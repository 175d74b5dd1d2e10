import { sql, type Expression, type SqlBool } from 'kysely';
import { queryTerms, tsQueryOfAll, type Lexicon } from '#engines/text/index.ts';
import { decodeCursor, toPage, totalOf } from '#kernel/page.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { stampOfLexicon, withLexicon } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import { COMMITMENT_FILTERS, type CommitmentFilterState, type CommitmentListFilter } from '../input.ts';
import type { CommitmentFigures, CommitmentList } from '../views.ts';
import { selectLines, toLine } from './queries.ts';
import { today } from './store.ts';

const PAGE_SIZE = 20;
/** `lexicon` is read once for all statements of a list; nobody needs it without a search. */
type Where = Pick<CommitmentListFilter, 'q' | 'body'> & { lexicon: Lexicon };

/** Public commitments, latest first; late and open ones by their date. Three statements: the page, the figures, the bodies. */
export async function listCommitments(ctx: Ctx, filter: CommitmentListFilter & { limit?: number }): Promise<CommitmentList> {
  const size = Math.min(filter.limit ?? PAGE_SIZE, 100);
  const cursor = filter.after ? decodeCursor(filter.after, byDue(filter) ? ['day', 'id'] : ['instant', 'id']) : null;
  const { result: figures, lexicon } = await withLexicon(ctx, (words) => counted(ctx, { ...filter, lexicon: words }));
  const where: Where = { ...filter, lexicon };
  let query = selectLines(ctx).where((eb) => eb.and([...conditions(ctx, where), ...(filter.state ? [standsAs(ctx, filter.state)] : [])]));
  if (cursor) query = query.where(byDue(filter) ? sql<SqlBool>`(c.due, c.id) > (${cursor[0]}::date, ${cursor[1]}::uuid)` : sql<SqlBool>`(c.opened_at, c.id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)`);
  const ordered = byDue(filter) ? query.orderBy('c.due').orderBy('c.id') : query.orderBy('c.openedAt', 'desc').orderBy('c.id', 'desc');
  const page = toPage(await ordered.limit(size + 1).execute(), size, (row) => [byDue(filter) ? row.due : row.openedAt.toISOString(), row.id]);
  return { items: page.items.map((row) => toLine(ctx, row)), next: page.next, total: totalOf(figures[filter.state ?? 'total']), figures: withoutStamp(figures), bodies: await promising(ctx) };
}

const byDue = (filter: CommitmentListFilter): boolean => filter.state === 'late' || filter.state === 'open';

/** How many public commitments stand where now. */
export const countCommitments = async (ctx: Ctx, input: { body?: string } = {}): Promise<CommitmentFigures> => withoutStamp(await counted(ctx, { q: '', body: input.body ?? '', lexicon: [] }));

/** A search is counted anew. */
function counted(ctx: Ctx, filter: Where): Promise<Counted> {
  return filter.q ? count(ctx, filter) : ctx.remember(JSON.stringify(['commitments', filter.body, today(ctx)]), () => count(ctx, filter));
}

type Counted = CommitmentFigures & { stamp: string | null };
const withoutStamp = ({ stamp: _, ...figures }: Counted): CommitmentFigures => figures;

async function count(ctx: Ctx, filter: Where): Promise<Counted> {
  const row = await ctx.db.selectFrom('commitments as c').innerJoin('bodies as b', 'b.id', 'c.bodyId')
    .select([sql<number>`count(*)::int`.as('total'), stampOfLexicon.as('stamp')])
    .select(COMMITMENT_FILTERS.map((state) => sql<number>`count(*) filter (where ${standsAs(ctx, state)})::int`.as(state)))
    .where((eb) => eb.and(conditions(ctx, filter))).executeTakeFirstOrThrow();
  return { ...(row as unknown as Counted), at: ctx.now };
}

function promising(ctx: Ctx) {
  return ctx.remember('promising bodies', () => ctx.db.selectFrom('bodies as b').select(['b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu'])
    .where((eb) => eb.exists(eb.selectFrom('commitments as c').select('c.id').whereRef('c.bodyId', '=', 'b.id').where('c.public', '=', true)))
    .orderBy('b.nameAr').limit(200).execute()
    .then((rows) => rows.map((row) => ({ code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } }))));
}

function standsAs(ctx: Ctx, state: CommitmentFilterState): Expression<SqlBool> {
  if (state === 'late') return sql`c.state in ('open', 'disputed') and c.due < ${today(ctx)}::date`;
  if (state === 'open') return sql`c.state = 'open' and c.due >= ${today(ctx)}::date`;
  return sql`c.state = ${sql.lit(state)}`;
}

function conditions(ctx: Ctx, filter: Where): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [sql<SqlBool>`c.public`];
  if (filter.body) all.push(sql<SqlBool>`b.code = ${filter.body}`);
  if (filter.q) all.push(saysAll(ctx, filter.q, filter.lexicon));
  return all;
}

/** Every word of the search, in whichever spelling or form; or the number itself. */
function saysAll(ctx: Ctx, q: string, lexicon: Lexicon): Expression<SqlBool> {
  const number = parseReference(q, ctx.profile.prefix);
  if (number) return sql`c.number = ${number}`;
  const query = tsQueryOfAll(queryTerms(q, lexicon));
  return query === '' ? sql`false` : sql`c.search_vector @@ ${query}::tsquery`;
}
