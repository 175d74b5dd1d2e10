/**
 * Drafts on the server carry a form over its pages without script, an account or a cookie: whoever holds the address
 * continues. A complaint's draft lives for two hours, others for a week.
 */
import { createHash, randomBytes } from 'node:crypto';
import { KEPT_DAYS } from '#kernel/kept-days.ts';
import { newId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import type { EntryKind } from '../model.ts';
import { DOOR_LIMITS } from '../rules.ts';
import { limit } from '../../people/server/index.ts';
import { removeAttachmentsOf } from '../../attachments/server/index.ts';
import { deleteDraft, deleteExpiredDrafts, findDraft, forgetSealedKey, forgetSealedKeys, insertDraft, lockDraft, updateDraft, type Draft, type DraftData } from './draft-store.ts';

const HOUR = 3_600_000;
const hashOf = (token: string) => createHash('sha256').update(token).digest();
const until = (ctx: Ctx, kind: EntryKind) => new Date(ctx.now.getTime() + (kind === 'complaint' ? 2 : 24 * KEPT_DAYS.draft) * HOUR);

/** Opens a draft and returns the token of its address. */
export async function openDraft(ctx: Ctx, input: { kind: EntryKind }): Promise<string> {
  await limit(ctx, { ...DOOR_LIMITS.drafts, key: ctx.caller ?? 'none' });
  const token = randomBytes(18).toString('base64url');
  await insertDraft(ctx, { id: newId<'draft'>(ctx.now.getTime()), tokenHash: hashOf(token), kind: input.kind, expiresAt: until(ctx, input.kind) });
  return token;
}

/** The draft behind a token, or null when it is unknown, sent or over. */
export async function readDraft(ctx: Ctx, token: string): Promise<Draft | null> {
  return token.length === 24 ? findDraft(ctx, hashOf(token)) : null;
}

/** Adds what one page of the form holds; returns the whole. */
export async function keepDraft(ctx: Ctx, input: { token: string; data: DraftData }): Promise<Draft> {
  const draft = (await lockDraft(ctx, hashOf(input.token))) ?? refuse({ because: 'gone', what: 'draft' });
  const data = { ...draft.data, ...input.data };
  await updateDraft(ctx, draft.id, data, until(ctx, draft.kind));
  return { ...draft, data };
}

/** The writer leaves: the draft and its files are gone at once, whoever opens its address afterwards. */
export async function leaveDraft(ctx: Ctx, token: string): Promise<void> {
  const draft = await lockDraft(ctx, hashOf(token));
  if (!draft) return;
  await removeAttachmentsOf(ctx, draft.id);
  await deleteDraft(ctx, draft.id);
}

/** The sender leaves the page of a complaint that was sent: its private key is not shown there again. */
export async function forgetReceipt(ctx: Ctx, once: string): Promise<void> {
  await forgetSealedKey(ctx, once);
}

/** Run by the worker: what nobody came back to is forgotten. */
export async function forgetDrafts(ctx: Ctx): Promise<void> {
  const ended = await deleteExpiredDrafts(ctx);
  for (const id of ended) await removeAttachmentsOf(ctx, id);
  await forgetSealedKeys(ctx);
}
