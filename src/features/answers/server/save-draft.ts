import { newId, type AnswerId, type BodyId, type PersonId } from '#kernel/ids.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { lockEntry, lockEntryByNumber, startEntryStudy, today } from '../../intake/server/index.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayDraft } from '../access.ts';
import type { DraftInput } from '../input.ts';
import type { Answer, AnswerText } from '../model.ts';
import { checkCorrection, checkText, needAnswerable, needVersion, write } from '../rules.ts';
import { asStaff, writer } from './acting.ts';
import { entryOf, insertAnswer, lockAnswer, lockOpen, referredBody, saveText } from './store.ts';

export type Saved = { id: AnswerId; version: number };

/** Keeps what an officer has written. `version` is the save they began from: 0 before there is any. */
export async function saveDraft(ctx: Ctx, input: { number: string } & DraftInput): Promise<Saved> {
  const number = parseReference(input.number, ctx.profile.prefix) ?? refuse({ because: 'not-found', what: 'entry' });
  const entry = await lockEntryByNumber(ctx, number);
  const body = entry.body;
  allow(body !== null && mayDraft(ctx.actor, body), 'answer this entry');
  needAnswerable(entry, { body, corrects: null });
  const text: AnswerText = { outcome: input.outcome, summary: input.summary, reason: input.reason, promises: input.promises, referredTo: input.outcome === 'referred' ? await referredBody(ctx, input.referredTo) : null };
  checkText(text, body, await workingCalendar(ctx), today(ctx));
  if (entry.state === 'assigned') await startEntryStudy(ctx, { number });
  return keep(ctx, { entryId: entry.id, body, corrects: null }, text, input.version);
}

/** Writes a correction of a published answer: its words alone. The old ones stay visible when the new ones are published. */
export async function saveCorrection(ctx: Ctx, input: { corrects: AnswerId; summary: string; reason: string; version: number }): Promise<Saved> {
  const entry = await lockEntry(ctx, await entryOf(ctx, input.corrects));
  const old = await lockAnswer(ctx, input.corrects);
  allow(mayDraft(ctx.actor, old.body), 'correct this answer');
  const text: AnswerText = { outcome: old.text.outcome, referredTo: old.text.referredTo, promises: [], summary: input.summary, reason: input.reason };
  checkCorrection(text, old);
  return keep(ctx, { entryId: entry.id, body: old.body, corrects: old.id }, text, input.version);
}

async function keep(ctx: Ctx, about: Pick<Answer, 'entryId' | 'body' | 'corrects'>, text: AnswerText, version: number): Promise<Saved> {
  const by = writer(ctx);
  const it = await lockOpen(ctx, about.entryId, about.body);
  if (!it) return begin(ctx, about, text, by, version);
  if (it.corrects !== about.corrects) refuse({ because: 'wrong-state', is: it.state, wanted: 'none' });
  // The same words sent twice by one person are saved once.
  if (it.draftedBy === by && it.version === version + 1 && same(it.text, text)) return { id: it.id, version: it.version };
  needVersion(it, version);
  const next = write(it, text, by, ctx.now);
  await saveText(ctx, next);
  await recordDraft(ctx, next);
  return { id: next.id, version: next.version };
}

async function begin(ctx: Ctx, about: Pick<Answer, 'entryId' | 'body' | 'corrects'>, text: AnswerText, by: PersonId, version: number): Promise<Saved> {
  if (version !== 0) refuse({ because: 'conflict', what: 'answer' });
  const it: Answer = { id: newId<'answer'>(ctx.now.getTime()), ...about, text, draftedBy: by, drafters: [by], draftedAt: ctx.now, note: '', version: 1, state: 'draft' };
  if (!(await insertAnswer(ctx, it))) refuse({ because: 'conflict', what: 'answer' });
  await recordDraft(ctx, it);
  return { id: it.id, version: 1 };
}

async function recordDraft(ctx: Ctx, it: Answer): Promise<void> {
  await record(ctx, 'answer.drafted', { kind: 'answer', id: it.id }, { public: false, detail: { version: it.version }, as: await asStaff(ctx, it.body as BodyId) });
}

const same = (a: AnswerText, b: AnswerText): boolean => JSON.stringify(shape(a)) === JSON.stringify(shape(b));
const shape = (it: AnswerText) => [it.outcome, it.summary, it.reason, it.referredTo, it.promises.map((promise) => [promise.what, promise.who, promise.due])];
