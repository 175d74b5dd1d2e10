import { createHash } from 'node:crypto';
import { findPrivateNumbers } from '#engines/screening/index.ts';
import { randomId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import { limit } from '../../people/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isKnown, mayComment, officialRole } from '../access.ts';
import type { SayInput } from '../input.ts';
import type { CommentId, Official, Subject, SubjectKind } from '../model.ts';
import { ATTACK, COMMENT_LIMITS, holdsOf } from '../rules.ts';
import type { Said } from '../views.ts';
import { isProof, ownKey, readFormKey } from './form-key.ts';
import { conversationOf, isAttacked, saidBefore, usedForm } from './queries.ts';
import { insertComment } from './store.ts';
import { bodyCode, subjectOf } from './subject-queries.ts';

export type Saying = Omit<SayInput, 'parent'> & { parent: string; kind: SubjectKind; number: string; language: string };

/** Says something under a public thing: at once with a confirmed contact, else when a moderator has read it. Sent twice, it is said once. */
export async function sayComment(ctx: Ctx, input: Saying): Promise<Said> {
  allow(mayComment(ctx.actor), 'comment');
  const subject = await subjectOf(ctx, input);
  const form = readFormKey(ctx.secrets, input.form, ctx.now) ?? refuse({ because: 'invalid', fields: { form: 'reload' } });
  const onceHash = createHash('sha256').update(JSON.stringify([form.id, subject.id, input.parent, input.as, input.text])).digest();
  const earlier = await saidBefore(ctx, onceHash);
  if (earlier) return said(ctx, earlier);
  await limitSender(ctx);
  const official = input.as === 'official' ? speaker(ctx, subject) : null;
  const number = screened(input, official);
  const attack = await isAttacked(ctx);
  const heldFor = holdsOf({
    account: isKnown(ctx.actor), official: official !== null, number, trap: input.website !== '', attack,
    // Work done once is good for one comment.
    proven: attack && isProof(form.id, input.proof, ATTACK.proofBits) && !(await usedForm(ctx, form.id)), waited: form.ageSeconds >= ATTACK.waitSeconds,
  });
  const parent = input.parent === '' ? null : await conversationOf(ctx, { subject: subject.id, comment: input.parent });
  const id = randomId<'comment'>() as CommentId;
  const state = heldFor.length > 0 ? ('held' as const) : ('published' as const);
  const author = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  const fresh = await insertComment(ctx, { id, subject, parent, author, official, language: input.language, text: input.text, state, heldFor, sentAt: ctx.now, formId: form.id, onceHash });
  if (!fresh) return said(ctx, (await saidBefore(ctx, onceHash)) ?? refuse({ because: 'conflict', what: 'comment' }));
  await recordSaid(ctx, { id, subject, parent, official, state, text: input.text });
  return said(ctx, { id, state });
}

function said(ctx: Ctx, it: { id: string; state: 'held' | 'published' }): Said {
  return { ...it, key: ctx.actor.kind === 'person' ? '' : ownKey(ctx.secrets, it.id) };
}

async function limitSender(ctx: Ctx): Promise<void> {
  if (ctx.actor.kind === 'person') {
    await limit(ctx, { ...COMMENT_LIMITS.ofPerson, key: ctx.actor.id });
    await limit(ctx, { ...COMMENT_LIMITS.ofPersonADay, key: ctx.actor.id });
  } else await limit(ctx, { ...COMMENT_LIMITS.ofNetwork, key: ctx.caller ?? 'none' });
}

function speaker(ctx: Ctx, subject: Subject): Official {
  const role = officialRole(ctx.actor, subject) ?? refuse({ because: 'not-allowed', to: 'speak for this body' });
  return { role, body: role === 'coordinator' ? null : subject.body };
}

/** Whether it holds what looks like a private number; refused until its sender says that it is none. A body may name its own phone. */
export function screened(input: { text: string; sure: boolean | '' }, official: Official | null): boolean {
  if (official || findPrivateNumbers(input.text).length === 0) return false;
  if (input.sure !== true) refuse({ because: 'invalid', fields: { text: 'private-number' } });
  return true;
}

type Sent = { id: CommentId; subject: Subject; parent: CommentId | null; official: Official | null; state: 'held' | 'published'; text: string };

async function recordSaid(ctx: Ctx, it: Sent): Promise<void> {
  const about = { kind: 'comment', id: it.id } as const;
  const detail = { on: it.subject.number, reply: it.parent !== null };
  const code = await bodyCode(ctx, it.official?.body ?? null);
  const as = it.official ? { as: { role: it.official.role, ...(code ? { body: code } : {}) } } : {};
  if (it.state === 'held') await record(ctx, 'comment.sent', about, { public: false, detail, ...as });
  else await record(ctx, it.official ? 'comment.replied' : 'comment.published', about, { public: true, detail, content: { text: it.text }, ...as });
}
