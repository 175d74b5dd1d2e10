import { newId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isLive, resume } from '../rules.ts';
import { insertMessage, lockEntry, saveEntry, today } from './store.ts';

/**
 * What the sender said in the program that handed the entry in: an answer to the question that was put back, or something added.
 * The calling feature has checked that it is this program.
 */
export async function replyByProgram(ctx: Ctx, input: { id: string; text: string }): Promise<{ kind: 'reply' | 'addition'; id: string }> {
  const entry = await lockEntry(ctx, input.id);
  if (!isLive(entry)) refuse({ because: 'wrong-state', is: entry.state, wanted: 'live' });
  const kind = entry.state === 'returned' ? ('reply' as const) : ('addition' as const);
  const id = newId<'message'>(ctx.now.getTime());
  await insertMessage(ctx, { id, entryId: entry.id, kind, text: input.text });
  if (kind === 'reply') await saveEntry(ctx, resume(entry, today(ctx)));
  await record(ctx, kind === 'reply' ? 'entry.replied' : 'entry.added-to', { kind: 'entry', id: entry.id }, { public: kind === 'reply' && entry.publishedAt !== null, as: { role: 'resident' } });
  return { kind, id };
}
