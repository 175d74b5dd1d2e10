import { allow } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible } from '../access.ts';
import { close } from '../rules.ts';
import { answeredBefore } from './jobs-store.ts';
import { lockEntry, saveEntry } from './store.ts';

/** Run by the worker: an answer without a promise has been there for as long as a delivery waits for a word. Returns how many. */
export async function closeAnswered(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'close entries');
  const ids = await answeredBefore(ctx, new Date(ctx.now.getTime() - ctx.profile.confirmation.days * 86_400_000));
  for (const id of ids) {
    const entry = await lockEntry(ctx, id);
    await saveEntry(ctx, close(entry));
    await record(ctx, 'entry.closed', { kind: 'entry', id }, { public: isVisible(entry), detail: { number: entry.number }, as: { role: 'system' } });
  }
  return ids.length;
}
