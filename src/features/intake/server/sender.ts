/** What the sender of an entry may still do, by account or by number and key. */
import { newId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayReply, mayWithdraw } from '../access.ts';
import { isLive, resume, withdraw } from '../rules.ts';
import { found, type Asked } from './queries/show.ts';
import { eraseAllSaid } from './erase-entry.ts';
import { insertMessage, lockEntry, saveEntry, today } from './store.ts';

/** Answers the question that was put back, or adds something. The clock runs again after an answer. */
export async function replyToQuestion(ctx: Ctx, input: Asked & { text: string }): Promise<void> {
  const { entry: seen, relation } = await found(ctx, input);
  allow(mayReply(relation), 'reply for this entry');
  const entry = await lockEntry(ctx, seen.id);
  if (!isLive(entry)) refuse({ because: 'wrong-state', is: entry.state, wanted: 'live' });
  const asked = entry.state === 'returned';
  await insertMessage(ctx, { id: newId<'message'>(ctx.now.getTime()), entryId: entry.id, kind: asked ? 'reply' : 'addition', text: input.text });
  if (asked) await saveEntry(ctx, resume(entry, today(ctx)));
  await record(ctx, asked ? 'entry.replied' : 'entry.added-to', { kind: 'entry', id: entry.id }, { public: asked && entry.publishedAt !== null, as: { role: 'resident' } });
}

/** Takes the entry back: its texts are erased here and now, its state stays. */
export async function withdrawEntry(ctx: Ctx, input: Asked): Promise<void> {
  const { entry: seen, relation } = await found(ctx, input);
  allow(mayWithdraw(relation), 'withdraw this entry');
  const entry = await lockEntry(ctx, seen.id);
  await saveEntry(ctx, withdraw(entry, today(ctx)));
  await eraseAllSaid(ctx, entry.id);
  await record(ctx, 'entry.withdrawn', { kind: 'entry', id: entry.id }, { public: entry.publishedAt !== null, as: { role: 'resident' } });
}
