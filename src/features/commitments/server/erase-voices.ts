import { removeAttachmentsOf } from '../../attachments/server/index.ts';
import type { Ctx } from '../../context.ts';
import { eraseVoiceWords } from './store.ts';

/** What these voters wrote and photographed goes; that somebody said yes or no still counts. */
export async function eraseVoices(ctx: Ctx, voters: readonly Buffer[]): Promise<void> {
  for (const id of await eraseVoiceWords(ctx, voters)) await removeAttachmentsOf(ctx, id);
}
