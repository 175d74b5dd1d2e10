import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import type { Owner } from '../model.ts';
import { freePosition } from '../rules.ts';
import { deleteAttachments, deleteDraftsBefore, lockAttachment, lockOwner, positionsOf, saveOwner, savePublic } from './store.ts';

const DRAFTS_LAST_MS = 14 * 86_400_000;

/** Hands the files of a draft to what the draft became. The calling feature has checked both. */
export async function attachTo(ctx: Ctx, input: { draftId: string; owner: Owner }): Promise<void> {
  const files = await lockOwner(ctx, input.draftId);
  await lockOwner(ctx, input.owner.id);
  const taken = await positionsOf(ctx, input.owner.id);
  for (const file of files) {
    const position = freePosition(taken);
    taken.push(position);
    await saveOwner(ctx, file.id, input.owner, position);
  }
}

/** Shows the files of an owner to everybody, or hides them; voice notes stay private. Part of the owner's own act. */
export async function publishAttachments(ctx: Ctx, ownerId: string, value: boolean): Promise<void> {
  await lockOwner(ctx, ownerId);
  await savePublic(ctx, ownerId, value);
}

/** Removes one file of this owner with all its bytes. The calling feature has checked that the actor may. */
export async function removeAttachment(ctx: Ctx, input: { id: string; ownerId: string }): Promise<void> {
  const it = await lockAttachment(ctx, input.id);
  if (!it || it.owner.id !== input.ownerId) return refuse({ because: 'not-found', what: 'file' });
  await deleteAttachments(ctx, [it.id]);
}

/** Removes all files of an owner, as when its sender withdraws it. */
export async function removeAttachmentsOf(ctx: Ctx, ownerId: string): Promise<void> {
  const files = await lockOwner(ctx, ownerId);
  await deleteAttachments(ctx, files.map((file) => file.id));
}

/** Files of forms that nobody sent; returns how many. */
export async function sweepDraftFiles(ctx: Ctx): Promise<number> {
  return deleteDraftsBefore(ctx, new Date(ctx.now.getTime() - DRAFTS_LAST_MS));
}
