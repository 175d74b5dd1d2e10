import { allow } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isLive, withdraw } from '../rules.ts';
import { eraseAllSaid } from './erase-entry.ts';
import { withdrawnSince } from './forget-store.ts';
import { lockEntry, saveEntry, today } from './store.ts';

/**
 * After a restore: entries that their senders withdrew, or whose words were erased, since the backup. The record remembers it, and they
 * are so again. Returns how many.
 */
export async function withdrawEntriesAgain(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'repeat withdrawals');
  const found = await withdrawnSince(ctx);
  for (const { id, withdrawn } of found) {
    const entry = await lockEntry(ctx, id);
    if (withdrawn && isLive(entry)) await saveEntry(ctx, withdraw(entry, today(ctx)));
    await eraseAllSaid(ctx, id);
    await record(ctx, 'entry.erased', { kind: 'entry', id }, { public: entry.publishedAt !== null, as: { role: 'system' } });
  }
  return found.length;
}
