/** What an author does with the own comment: by account, or by the key in the address of its page. */
import { allow, refuse } from '#kernel/refusal.ts';
import { eraseContents, record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isAuthor } from '../access.ts';
import type { Comment } from '../model.ts';
import { change, object, withdraw } from '../rules.ts';
import { isOwnKey } from './form-key.ts';
import { screened } from './say-comment.ts';
import { eraseAround, insertObjection, lockComment, markChanged, saveComment } from './store.ts';
import { bodyCode, numberOf } from './subject-queries.ts';

/** Other words, for a quarter of an hour. The words before are deleted. */
export async function changeComment(ctx: Ctx, input: { id: string; key: string; text: string; sure: boolean | '' }): Promise<void> {
  const it = await own(ctx, input);
  if (it.text === input.text) return;
  const next = change(it, input.text, screened(input, it.official), ctx.now);
  await saveComment(ctx, next);
  await markChanged(ctx, it.id);
  await eraseContents(ctx, { kind: 'comment', id: it.id });
  const shown = it.state === 'published' && next.state === 'published';
  await record(ctx, 'comment.changed', { kind: 'comment', id: it.id }, { public: it.state === 'published', detail: await detailOf(ctx, it), ...(shown ? { content: { text: input.text } } : {}), ...(await roleOf(ctx, it)) });
}

/** Takes it back: its words are deleted here and in the record, which keeps the act. Done twice, it is done once. */
export async function withdrawComment(ctx: Ctx, input: { id: string; key: string }): Promise<void> {
  const it = await own(ctx, input);
  if (it.state === 'withdrawn') return;
  await saveComment(ctx, withdraw(it));
  await eraseAround(ctx, it.id);
  await eraseContents(ctx, { kind: 'comment', id: it.id });
  const shown = it.state === 'published' || (it.state === 'removed' && it.publishedAt !== null);
  await record(ctx, 'comment.withdrawn', { kind: 'comment', id: it.id }, { public: shown, detail: await detailOf(ctx, it), ...(await roleOf(ctx, it)) });
}

/** Says why a removal was wrong; somebody else than the one who removed it decides. */
export async function objectToRemoval(ctx: Ctx, input: { id: string; key: string; text: string }): Promise<void> {
  const it = await own(ctx, input);
  const next = object(it, ctx.now);
  await saveComment(ctx, next);
  await insertObjection(ctx, { commentId: it.id, text: input.text, against: next.objection?.against ?? null });
  await record(ctx, 'comment.objected', { kind: 'comment', id: it.id }, { public: false, detail: await detailOf(ctx, it) });
}

async function own(ctx: Ctx, input: { id: string; key: string }): Promise<Comment> {
  const it = await lockComment(ctx, input.id);
  // Whose it is not, to them it is as if it were not there: an id says nothing about who wrote it.
  if (!isAuthor(ctx.actor, it, isOwnKey(ctx.secrets, it.id, input.key))) refuse({ because: 'not-found', what: 'comment' });
  allow(ctx.actor.kind !== 'system', 'be an author');
  return it;
}

const detailOf = async (ctx: Ctx, it: Comment) => ({ on: await numberOf(ctx, it.subject) });

async function roleOf(ctx: Ctx, it: Comment) {
  if (!it.official) return {};
  const code = await bodyCode(ctx, it.official.body);
  return { as: { role: it.official.role, ...(code ? { body: code } : {}) } };
}
