import { sql, type SqlBool } from 'kysely';
import { bodiesOf, hasRole } from '#kernel/actor.ts';
import type { AnswerId, PersonId } from '#kernel/ids.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import { among, manyOf, prepared } from '#platform/db/prepared.ts';
import type { Asks, Ctx } from '../../context.ts';
import { mayApprove, mayDraft, mayRead, mayTakeBack } from '../access.ts';
import type { Answer } from '../model.ts';
import type { AnswerView, AnswerWork, ApprovalCase, ApprovalLine } from '../views.ts';
import { headsOf, toAnswer } from './store.ts';

const MOST = 100;

export function selectAnswers(ctx: Asks) {
  return ctx.db.selectFrom('answers as a').innerJoin('bodies as b', 'b.id', 'a.bodyId').leftJoin('bodies as r', 'r.id', 'a.referredTo')
    .select(['a.id', 'a.entryId', 'a.state', 'a.outcome', 'a.summary', 'a.reason', 'a.publishedAt', 'a.corrects', 'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu',
      'r.code as toCode', 'r.nameAr as toAr', 'r.nameEn as toEn', 'r.nameKu as toKu']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectAnswers>['execute']>>[number];

export function toView(row: Row): AnswerView {
  return {
    id: row.id, entryId: row.entryId, state: row.state, outcome: row.outcome, summary: row.summary, reason: row.reason, publishedAt: row.publishedAt, corrects: row.corrects,
    body: { code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } },
    referredTo: row.toCode === null ? null : { code: row.toCode, names: { ar: row.toAr ?? '', en: row.toEn ?? '', ku: row.toKu ?? '' } },
  };
}

/** Published answers of these entries, the latest first; corrected ones stay among them. */
export async function answersOf(ctx: Ctx, input: { entryIds: readonly string[]; publicOnly: boolean }): Promise<AnswerView[]> {
  if (input.entryIds.length === 0) return [];
  return (await publishedAnswers(ctx, { ids: input.entryIds, publicOnly: input.publicOnly, most: Math.max(MOST, 5 * input.entryIds.length) })).map(toView);
}

type Wanted = { ids: readonly string[]; publicOnly: boolean; most: number };

const publishedAnswers = prepared((ctx: Asks, open: Wanted, { ids, publicOnly, most }: Wanted) => {
  const query = selectAnswers(ctx).where(sql<SqlBool>`a.entry_id ${among(open.ids, ids)} and a.state in ('published', 'corrected')`);
  const gated = publicOnly ? query.innerJoin('entries as e', 'e.id', 'a.entryId').where('e.publishedAt', 'is not', null).where(sql<SqlBool>`not e.confidential`) : query;
  return gated.orderBy('a.publishedAt', 'desc').orderBy('a.id', 'desc').limit(sql.lit(most));
}, ({ ids, publicOnly, most }) => `${manyOf(ids)} ${publicOnly} ${most}`);

/** To which entry each of these answers belongs, as far as both are public; for lists of what happened. */
export async function answeredEntries(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('answers as a').innerJoin('entries as e', 'e.id', 'a.entryId').select(['a.id', 'a.entryId']).where('a.id', 'in', [...ids])
    .where('a.state', 'in', ['published', 'corrected']).where('e.publishedAt', 'is not', null).where('e.confidential', '=', false).execute();
  return new Map(rows.map((row) => [row.id, row.entryId]));
}

/** The answer of the entry's body that is not published yet, for those who write and approve it; null before there is one. */
export async function draftOf(ctx: Ctx, input: { number: string }): Promise<AnswerWork | null> {
  const number = parseReference(input.number, ctx.profile.prefix) ?? refuse({ because: 'not-found', what: 'entry' });
  const rows = await ctx.db.selectFrom('answers as a').innerJoin('entries as e', 'e.id', 'a.entryId').select(['a.id', 'a.bodyId'])
    .where('e.number', '=', number).where('a.state', 'in', ['draft', 'sent', 'approved']).execute();
  const row = rows.find((it) => mayDraft(ctx.actor, it.bodyId as Answer['body'])) ?? rows.find((it) => mayRead(ctx.actor, { body: it.bodyId as Answer['body'] }));
  return row ? work(ctx, row.id) : null;
}

async function work(ctx: Ctx, id: string): Promise<AnswerWork> {
  const row = await ctx.db.selectFrom('answers').leftJoin('persons', 'persons.id', 'answers.draftedBy').selectAll('answers').select('persons.displayName').where('answers.id', '=', id).executeTakeFirst();
  if (!row) return refuse({ because: 'not-found', what: 'answer' });
  const it = await toAnswer(ctx, row);
  const view = toView(await selectAnswers(ctx).where('a.id', '=', id).executeTakeFirstOrThrow());
  return {
    ...view, promises: [...it.text.promises], version: it.version, note: it.note, drafter: row.displayName ?? '', draftedAt: it.draftedAt, publishAt: row.publishAt,
    mine: ctx.actor.kind === 'person' && it.drafters.includes(ctx.actor.id), mayApprove: mayApprove(ctx.actor, it, await headsOf(ctx, it.body)), mayTakeBack: mayTakeBack(ctx.actor, it) && row.publishAt! > ctx.now,
  };
}

/** One answer with its entry, for those who write and approve it; to everybody else it does not exist. */
export async function approvalCase(ctx: Ctx, input: { id: AnswerId }): Promise<ApprovalCase> {
  const entry = await ctx.db.selectFrom('answers as a').innerJoin('entries as e', 'e.id', 'a.entryId')
    .select(['e.id', 'e.number', 'e.title', 'e.text', 'e.language', 'e.kind', 'e.state', 'e.confidential', 'a.bodyId']).where('a.id', '=', input.id).executeTakeFirst();
  if (!entry || !mayRead(ctx.actor, { body: entry.bodyId as Answer['body'] })) return refuse({ because: 'not-found', what: 'answer' });
  const { bodyId: _, ...rest } = entry;
  return { entry: rest, answer: await work(ctx, input.id) };
}

/**
 * What the actor may approve, first due first, and what they approved that is not public yet. One statement; it says in
 * SQL what `mayApprove` says of one answer.
 */
export async function waitingForApproval(ctx: Ctx): Promise<ApprovalLine[]> {
  if (ctx.actor.kind !== 'person') return [];
  const me: PersonId = ctx.actor.id;
  const [heading, coordinates] = [bodiesOf(ctx.actor, 'head'), hasRole(ctx.actor, 'coordinator')];
  if (heading.length === 0 && !coordinates) return [];
  const heads = sql`select h.person_id from person_roles h join persons p on p.id = h.person_id where h.role = 'head' and h.body_id = a.body_id and h.confirmed_at is not null and h.ended_at is null and p.ended_at is null`;
  const asHead = heading.length > 0 ? sql<SqlBool>`a.body_id in (${sql.join(heading)})` : sql<SqlBool>`false`;
  const asOffice = coordinates ? sql<SqlBool>`(not exists (${heads}) or exists (${heads} and h.person_id = any (a.drafters)))` : sql<SqlBool>`false`;
  const rows = await ctx.db.selectFrom('answers as a').innerJoin('entries as e', 'e.id', 'a.entryId').innerJoin('bodies as b', 'b.id', 'a.bodyId')
    .select(['a.id', 'a.state', 'a.outcome', 'a.summary', 'a.draftedAt', 'a.publishAt', 'a.corrects', 'e.number', 'e.title', 'e.kind', 'e.answerDue', 'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu'])
    .where(sql<SqlBool>`((a.state = 'sent' and not ${me} = any (a.drafters) and (${asHead} or ${asOffice})) or (a.state = 'approved' and a.approved_by = ${me}))`)
    .where('a.state', 'in', ['sent', 'approved']).orderBy('e.answerDue').orderBy('a.id').limit(MOST).execute();
  return rows.map((row) => ({
    id: row.id, state: row.state as 'sent' | 'approved', number: row.number, title: row.title, kind: row.kind, outcome: row.outcome, summary: row.summary, draftedAt: row.draftedAt, answerDue: row.answerDue,
    publishAt: row.publishAt, correction: row.corrects !== null, body: { code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } },
  }));
}
