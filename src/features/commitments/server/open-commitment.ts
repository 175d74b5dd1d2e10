import { newId, type BodyId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { nextReference, record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayOpen } from '../access.ts';
import type { Commitment, SourceKind } from '../model.ts';
import { bodyCode, insertCommitment } from './store.ts';

export type NewPromise = { source: { kind: SourceKind; id: string }; subjectId: string; bodyId: BodyId; what: string; who: string; due: PlainDate; public: boolean };

/** A promise becomes public with what it comes from; the room that makes it has checked its words and date. */
export async function openCommitment(ctx: Ctx, input: NewPromise): Promise<{ id: string; number: string }> {
  allow(mayOpen(ctx.actor), 'open a commitment');
  const it: Commitment = {
    id: newId<'commitment'>(ctx.now.getTime()), number: await nextReference(ctx), source: input.source, subjectId: input.subjectId, body: input.bodyId, public: input.public,
    what: input.what, who: input.who, firstDue: input.due, due: input.due, openedAt: ctx.now, escalated: 0, round: 1, version: 1, state: 'open',
  };
  await insertCommitment(ctx, it);
  await record(ctx, 'commitment.opened', { kind: 'commitment', id: it.id }, {
    public: it.public, detail: { number: it.number, due: it.due, source: it.source.kind, subject: it.subjectId }, content: { what: it.what }, as: { role: 'system', body: await bodyCode(ctx, it.body) },
  });
  return { id: it.id, number: it.number };
}
