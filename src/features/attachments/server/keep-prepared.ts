import type { Ctx } from '../../context.ts';
import { lockAttachment, saveReady, saveRefused, type NewFile } from './store.ts';

export type Prepared =
  | { files: NewFile[]; bytes: number; width: number | null; height: number | null }
  | { problem: 'broken-file' | 'not-supported' | 'too-big' };

/** Puts what the job made in the place of the original, which is deleted. A second run changes nothing. */
export async function keepPrepared(ctx: Ctx, input: { id: string; prepared: Prepared }): Promise<void> {
  const it = await lockAttachment(ctx, input.id);
  if (it?.state !== 'staged') return;
  if ('problem' in input.prepared) return saveRefused(ctx, input.id, input.prepared.problem);
  const { files, ...shown } = input.prepared;
  await saveReady(ctx, input.id, files, shown);
}
