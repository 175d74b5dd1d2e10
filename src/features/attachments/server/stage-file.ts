import { randomId, type AttachmentId } from '#kernel/ids.ts';
import { measurePhoto, MOST_PIXELS } from '#platform/photo-size.ts';
import type { Ctx } from '../../context.ts';
import type { OwnerKind } from '../model.ts';
import { freePosition, refuseFile, takeFile } from '../rules.ts';
import { insertStaged, lockOwner, positionsOf } from './store.ts';

export type FileToStage = { ownerKind: OwnerKind; ownerId: string; bytes: Buffer };

/**
 * Takes a file as it came; nobody can read it before the job has prepared it. The calling feature has checked that the
 * actor may add to the owner. Refuses beside the field `files`: too-big, not-supported, broken-file, too-many-files.
 */
export async function stageFile(ctx: Ctx, input: FileToStage): Promise<{ id: AttachmentId }> {
  const { media } = takeFile(input.bytes);
  if (media === 'photo') await refusePhoto(input.bytes);
  await lockOwner(ctx, input.ownerId);
  const position = freePosition(await positionsOf(ctx, input.ownerId));
  const id = randomId<'attachment'>();
  const staged = { variant: 'staged', mediaType: 'application/octet-stream', data: input.bytes } as const;
  await insertStaged(ctx, { id, owner: { kind: input.ownerKind, id: input.ownerId }, position, media, staged });
  await ctx.enqueue('attachments.prepare', { id }, { key: `prepare ${id}` });
  return { id };
}

/** A small file may unfold into a picture that fills all memory: its size is read from its header. */
async function refusePhoto(bytes: Buffer): Promise<void> {
  const size = await measurePhoto(bytes);
  if (!size) return refuseFile('broken-file');
  if (size.width * size.height > MOST_PIXELS) refuseFile('too-big');
}
