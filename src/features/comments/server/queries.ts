import { sql, type SqlBool } from 'kysely';
import { decodeCursor, toPage } from '#kernel/page.ts';
import { refuse } from '#kernel/refusal.ts';
import { localDate } from '#kernel/working-days.ts';
import { prepared } from '#platform/db/prepared.ts';
import type { Asks, Ctx } from '../../context.ts';
import { isAuthor, isKnown, officialRole } from '../access.ts';
import type { CommentId, SubjectKind } from '../model.ts';
import { ATTACK, mayStillChange, mayStillObject } from '../rules.ts';
import type { CommentList, CommentPage, CommentSubject, CommentView, Conversation, FormKey, MyComment } from '../views.ts';
import { isOwnKey, makeFormKey } from './form-key.ts';
import { loadComment } from './store.ts';
import { familyOf, subjectOf, subjectOfComment } from './subject-queries.ts';

const PAGE = 20;
const REPLIES_SHOWN = 5;
const REPLIES_A_PAGE = 50;
const MOST_MINE = 100;

export const pathOf = (it: { kind: SubjectKind; number: string }): string => (it.kind === 'entry' ? `/n/${it.number}` : `/commitments/${it.number}`);

function selectComments(ctx: Asks) {
  return ctx.db.selectFrom('comments as c').leftJoin('bodies as b', 'b.id', 'c.bodyId').select([
    'c.id', 'c.seq', 'c.parentId', 'c.personId', 'c.state', 'c.text', 'c.language', 'c.sentAt', 'c.publishedAt', 'c.changedAt', 'c.officialRole', 'c.rule', 'c.reason', 'c.source',
    'b.code', 'b.nameAr', 'b.nameEn', 'b.nameKu',
  ]);
}
type Row = Awaited<ReturnType<ReturnType<typeof selectComments>['execute']>>[number];

/** What everybody may see: published, or removed after it was public. What was withdrawn stays as a gap where somebody has answered it. */
function selectShown(ctx: Asks) {
  return selectComments(ctx).where((eb) => eb.or([
    eb('c.state', '=', 'published'), eb.and([eb('c.state', '=', 'removed'), eb('c.publishedAt', 'is not', null)]),
    eb.and([eb('c.state', '=', 'withdrawn'), eb.exists(eb.selectFrom('comments as r').select('r.id').whereRef('r.parentId', '=', 'c.id').where('r.state', '=', 'published'))]),
  ]));
}

function toView(ctx: Ctx, row: Row): CommentView {
  const removed = row.state === 'removed';
  return {
    id: row.id, parent: row.parentId, state: row.state === 'held' ? 'withdrawn' : row.state, text: row.state === 'published' ? row.text : '', language: row.language,
    // A resident's moment is said to the day, as in the public record.
    at: new Date(`${localDate(row.sentAt, ctx.profile.zone)}T12:00:00Z`), changed: row.changedAt !== null && row.state === 'published',
    official: row.officialRole && { role: row.officialRole, body: row.code === null ? null : { code: row.code, names: { ar: row.nameAr!, en: row.nameEn!, ku: row.nameKu! } } },
    rule: removed ? row.rule : null, reason: removed ? row.reason : '', source: row.source, mine: ctx.actor.kind === 'person' && row.personId === ctx.actor.id,
  };
}

/** What is said about a public thing, newest conversation first; each with its first replies. */
export async function commentsOf(ctx: Ctx, asked: { kind: SubjectKind; number: string; after: string; limit?: number }): Promise<CommentList> {
  const subject = await subjectOf(ctx, asked);
  return conversations(ctx, subject.id, asked.after, asked.limit ?? PAGE);
}

/** The newest of a thing that its page has shown already. */
export async function latestComments(ctx: Ctx, asked: { subjectId: string; limit: number }): Promise<CommentList> {
  return conversations(ctx, asked.subjectId, '', asked.limit);
}

async function conversations(ctx: Ctx, subjectId: string, after: string, limit: number): Promise<CommentList> {
  const cursor = decodeCursor(after, ['count']);
  const rows = await newestOf(ctx, { subjectId, before: cursor && BigInt(cursor[0] as number), most: limit + 1 });
  const page = toPage(rows, limit, (row) => [Number(row.seq)]);
  const replies = await repliesOf(ctx, page.items.map((row) => row.id));
  const items = page.items.map((row): Conversation => ({ ...toView(ctx, row), replies: replies.get(row.id)?.shown ?? [], replyCount: replies.get(row.id)?.count ?? 0 }));
  // Where no conversation is shown there is none; a page after the last one still says how many there are.
  const total = rows[0] ? Number(rows[0].total ?? 0n) : cursor ? await countComments(ctx, subjectId) : 0;
  return { items, total, next: page.next };
}

type Newest = { subjectId: string; before: bigint | null; most: number };

const newestOf = prepared((ctx: Asks, open: Newest, { before, most }: Newest) => {
  const query = selectShown(ctx).select(selectPublished(ctx, open.subjectId).as('total')).where('c.subjectId', 'in', familyOf(open.subjectId)).where('c.parentId', 'is', null);
  return (before === null ? query : query.where(sql<SqlBool>`c.seq < ${open.before}::bigint`)).orderBy('c.seq', 'desc').limit(sql.lit(most));
}, ({ before, most }) => `${before === null} ${most}`);

const selectPublished = (ctx: Asks, subjectId: string) => ctx.db.selectFrom('comments').select((eb) => eb.fn.countAll<bigint>().as('n')).where('subjectId', 'in', familyOf(subjectId)).where('state', '=', 'published');

/** How many are public, of a thing that the caller has already been shown. */
export async function countComments(ctx: Ctx, subjectId: string): Promise<number> {
  return Number((await publishedOf(ctx, { subjectId }))[0]!.n);
}

const publishedOf = prepared((ctx: Asks, open: { subjectId: string }) => selectPublished(ctx, open.subjectId));

/** All of them one after the other, for programs. */
export async function commentLines(ctx: Ctx, asked: { kind: SubjectKind; number: string; after: string; limit: number }): Promise<{ items: CommentView[]; next: string | null }> {
  const subject = await subjectOf(ctx, asked);
  const cursor = decodeCursor(asked.after, ['count']);
  let query = selectShown(ctx).where('c.subjectId', 'in', familyOf(subject.id));
  if (cursor) query = query.where('c.seq', '>', BigInt(cursor[0] as number));
  const page = toPage(await query.orderBy('c.seq').limit(asked.limit + 1).execute(), asked.limit, (row) => [Number(row.seq)]);
  return { items: page.items.map((row) => toView(ctx, row)), next: page.next };
}

async function repliesOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { shown: CommentView[]; count: number }>> {
  const found = new Map<string, { shown: CommentView[]; count: number }>();
  if (ids.length === 0) return found;
  const numbered = selectShown(ctx).where('c.parentId', 'in', [...ids])
    .select([sql<bigint>`row_number() over (partition by c.parent_id order by c.seq)`.as('nth'), sql<bigint>`count(*) over (partition by c.parent_id)`.as('ofAll')]).as('numbered');
  const rows = await ctx.db.selectFrom(numbered).selectAll().where('nth', '<=', BigInt(REPLIES_SHOWN)).orderBy('parentId').orderBy('seq').execute();
  for (const row of rows) {
    const it = found.get(row.parentId!) ?? { shown: [], count: Number(row.ofAll) };
    it.shown.push(toView(ctx, row));
    found.set(row.parentId!, it);
  }
  return found;
}

/** What the form and the head of a page of comments need. */
export async function commentSubject(ctx: Ctx, asked: { kind: SubjectKind; number: string }): Promise<CommentSubject> {
  const it = await subjectOf(ctx, asked);
  return { kind: it.kind, number: it.number, title: it.title, path: pathOf(it), speaksAs: officialRole(ctx.actor, it), known: isKnown(ctx.actor) };
}

export async function commentFormKey(ctx: Ctx): Promise<FormKey> {
  return { token: makeFormKey(ctx.secrets, ctx.now), attack: await isAttacked(ctx), proofBits: ATTACK.proofBits, waitSeconds: ATTACK.waitSeconds };
}

/** More comments came in a few minutes than people write. */
export async function isAttacked(ctx: Ctx): Promise<boolean> {
  const rows = await ctx.db.selectFrom('comments').select('id').where('sentAt', '>', new Date(ctx.now.getTime() - ATTACK.minutes * 60_000)).where('source', 'is', null).limit(ATTACK.comments + 1).execute();
  return rows.length > ATTACK.comments;
}

export async function usedForm(ctx: Ctx, formId: string): Promise<boolean> {
  return (await ctx.db.selectFrom('comments').select('id').where('formId', '=', formId).limit(1).executeTakeFirst()) !== undefined;
}

export async function saidBefore(ctx: Ctx, onceHash: Buffer): Promise<{ id: string; state: 'held' | 'published' } | null> {
  const row = await ctx.db.selectFrom('comments').select(['id', 'state']).where('onceHash', '=', onceHash).executeTakeFirst();
  return row ? { id: row.id, state: row.state === 'held' ? 'held' : 'published' } : null;
}

/** The comment that a reply hangs on: a reply to a reply joins its conversation. Refused unless it is public and about the same thing. */
export async function conversationOf(ctx: Ctx, asked: { subject: string; comment: string }): Promise<CommentId> {
  const row = await ctx.db.selectFrom('comments as c').leftJoin('comments as p', 'p.id', 'c.parentId').select(['c.id', 'c.parentId', 'p.state as parentState'])
    .where('c.id', '=', asked.comment).where('c.state', '=', 'published').where('c.subjectId', 'in', familyOf(asked.subject)).executeTakeFirst();
  if (!row || (row.parentId !== null && row.parentState === 'held')) return refuse({ because: 'invalid', fields: { parent: 'gone' } });
  return (row.parentId ?? row.id) as CommentId;
}

/** One comment with its replies; its author sees it in every state. `key` is what somebody without an account was given. */
export async function commentPage(ctx: Ctx, asked: { id: string; key: string; after: string }): Promise<CommentPage> {
  const it = await loadComment(ctx, asked.id);
  const subject = await subjectOfComment(ctx, it.subject);
  const author = isAuthor(ctx.actor, it, isOwnKey(ctx.secrets, it.id, asked.key));
  const row = await selectShown(ctx).where('c.id', '=', it.id).executeTakeFirst();
  if (!row && !author) return refuse({ because: it.state === 'withdrawn' ? 'gone' : 'not-found', what: 'comment' });
  const cursor = decodeCursor(asked.after, ['count']);
  let query = selectShown(ctx).where('c.parentId', '=', it.id);
  if (cursor) query = query.where('c.seq', '>', BigInt(cursor[0] as number));
  const page = toPage(await query.orderBy('c.seq').limit(REPLIES_A_PAGE + 1).execute(), REPLIES_A_PAGE, (reply) => [Number(reply.seq)]);
  const said = author ? await ctx.db.selectFrom('commentObjections').select(['at', 'outcome', 'reason']).where('commentId', '=', it.id).executeTakeFirst() : undefined;
  return {
    subject: { kind: subject.kind, number: subject.number, title: subject.title, path: pathOf(subject) }, comment: row ? toView(ctx, row) : null, key: author && ctx.actor.kind !== 'person' ? asked.key : '',
    own: author ? {
      state: it.state, text: it.text, heldFor: it.state === 'held' ? it.heldFor : [], mayChange: mayStillChange(it, ctx.now), mayObject: mayStillObject(it, ctx.now), objection: said ?? null,
      removal: it.state === 'removed' ? { rule: it.rule, reason: it.reason } : null,
    } : null,
    replies: page.items.map((reply) => toView(ctx, reply)), next: page.next,
  };
}

/** What the signed-in person said, newest first, with what became of it. */
export async function myComments(ctx: Ctx): Promise<MyComment[]> {
  if (ctx.actor.kind !== 'person') return [];
  const rows = await ctx.db.selectFrom('comments as c').leftJoin('entries as e', 'e.id', 'c.subjectId').leftJoin('commitments as m', 'm.id', 'c.subjectId')
    .select(['c.id', 'c.state', 'c.text', 'c.sentAt', 'e.number as entry', 'm.number as commitment'])
    .where('c.personId', '=', ctx.actor.id).where('c.state', '<>', 'withdrawn').orderBy('c.seq', 'desc').limit(MOST_MINE).execute();
  return rows.map((row) => ({ id: row.id, state: row.state as MyComment['state'], text: row.text, at: row.sentAt, number: row.entry ?? row.commitment ?? '' }));
}

/** The public thing that each of these comments is about, with the page of the comments; what is not public any more is left out. */
export async function commentedThings(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { number: string; path: string }>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('comments as c').leftJoin('entries as e', 'e.id', 'c.subjectId').leftJoin('commitments as m', 'm.id', 'c.subjectId')
    .select(['c.id', 'e.number as entry', 'm.number as commitment']).where('c.id', 'in', [...ids])
    .where((eb) => eb.or([eb('m.public', '=', true), eb.and([eb('e.publishedAt', 'is not', null), eb('e.confidential', '=', false), eb('e.state', '<>', 'withdrawn')])])).execute();
  return new Map(rows.map((row) => [row.id, row.entry ? { number: row.entry, path: `/n/${row.entry}/comments` } : { number: row.commitment!, path: `/commitments/${row.commitment!}/comments` }]));
}
