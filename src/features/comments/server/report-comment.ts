import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import { limit } from '../../people/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayReport } from '../access.ts';
import type { Rule } from '../model.ts';
import { COMMENT_LIMITS, report } from '../rules.ts';
import { insertReport, lockComment, saveComment } from './store.ts';
import { numberOf, subjectOfComment } from './subject-queries.ts';

/** A reader says that a comment breaks a rule; a moderator looks, and until then it stays. One report a reader. */
export async function reportComment(ctx: Ctx, input: { id: string; rule: Rule; words: string }): Promise<void> {
  allow(mayReport(ctx.actor), 'report a comment');
  const reader = ctx.actor.kind === 'person' ? ctx.actor.id : ctx.caller ?? refuse({ because: 'not-allowed', to: 'report a comment' });
  await limit(ctx, { ...COMMENT_LIMITS.reports, key: ctx.caller ?? reader });
  const it = await lockComment(ctx, input.id);
  await subjectOfComment(ctx, it.subject);
  const next = report(it, ctx.now);
  const fresh = await insertReport(ctx, { commentId: it.id, reporterHash: ctx.secrets.keyedHash('comment report', `${it.id} ${reader}`), rule: input.rule, words: input.words });
  if (!fresh) return;
  await saveComment(ctx, next);
  await record(ctx, 'comment.reported', { kind: 'comment', id: it.id }, { public: false, detail: { on: await numberOf(ctx, it.subject), rule: input.rule } });
}
