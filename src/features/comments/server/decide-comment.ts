import { findPrivateNumbers } from '#engines/screening/index.ts';
import { hasRole } from '#kernel/actor.ts';
import type { PersonId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { eraseContents, record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayDecide, mayModerate } from '../access.ts';
import type { Comment, Outcome, Rule } from '../model.ts';
import { decideObjection, keep, remove } from '../rules.ts';
import { lockComment, saveComment, saveObjection, settleReports } from './store.ts';
import { concernedBody, numberOf } from './subject-queries.ts';

export type Decision = { id: string; decision: 'keep' | 'remove'; rule: Rule | null; reason: string };

/** A moderator lets a comment stand, or removes it with a rule and a reason that everybody reads. */
export async function decideComment(ctx: Ctx, input: Decision): Promise<void> {
  const { it, by } = await held(ctx, input.id);
  const detail = { on: await numberOf(ctx, it.subject) };
  const about = { kind: 'comment', id: it.id } as const;
  if (input.decision === 'keep') {
    const next = keep(it, by, ctx.now);
    await saveComment(ctx, next);
    await settleReports(ctx, it.id);
    const shown = it.state === 'held';
    return record(ctx, shown ? 'comment.published' : 'comment.kept', about, { public: shown, detail: { ...detail, reply: it.parent !== null }, ...(shown ? { content: { text: it.text } } : {}), as: roleOf(ctx) });
  }
  const rule = input.rule ?? refuse({ because: 'invalid', fields: { rule: 'required' } });
  needClean(input.reason);
  const next = remove(it, { rule, reason: input.reason, by }, ctx.now);
  await saveComment(ctx, next);
  await settleReports(ctx, it.id);
  // What was published is taken back whole: nobody reads it in the record any more, and its leaf still verifies.
  await eraseContents(ctx, about);
  await record(ctx, it.state === 'held' ? 'comment.refused' : 'comment.removed', about, { public: it.state === 'published', detail: { ...detail, rule }, content: { reason: input.reason }, as: roleOf(ctx) });
}

/** Somebody else looks at a removal again. */
export async function decideOnObjection(ctx: Ctx, input: { id: string; outcome: Outcome; reason: string }): Promise<void> {
  const { it, by } = await held(ctx, input.id);
  needClean(input.reason);
  const next = decideObjection(it, { outcome: input.outcome, by }, ctx.now);
  await saveComment(ctx, next);
  await saveObjection(ctx, { commentId: it.id, outcome: input.outcome, reason: input.reason, by });
  const shown = next.state === 'published';
  await record(ctx, shown ? 'comment.restored' : 'comment.upheld', { kind: 'comment', id: it.id }, {
    public: shown, detail: { on: await numberOf(ctx, it.subject) }, content: shown ? { reason: input.reason, text: it.text } : { reason: input.reason }, as: roleOf(ctx),
  });
}

async function held(ctx: Ctx, id: string): Promise<{ it: Comment; by: PersonId }> {
  allow(mayModerate(ctx.actor) && ctx.actor.kind === 'person', 'moderate');
  const it = await lockComment(ctx, id);
  allow(mayDecide(ctx.actor, { body: await concernedBody(ctx, it.subject), author: it.author }), 'decide on this comment');
  return { it, by: ctx.actor.id };
}

/** A reason is public: it must not repeat what was removed. */
function needClean(reason: string): void {
  if (findPrivateNumbers(reason).length > 0) refuse({ because: 'invalid', fields: { reason: 'private-number' } });
}

const roleOf = (ctx: Ctx) => ({ role: hasRole(ctx.actor, 'moderator') ? ('moderator' as const) : ('coordinator' as const) });
