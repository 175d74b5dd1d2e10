import { allow } from '#kernel/refusal.ts';
import { eraseContents } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { holdAgain, withdraw } from '../rules.ts';
import { eraseAround, lockComment, saveComment } from './store.ts';
import { goneSince } from './restore-queries.ts';

/**
 * After a restore: comments that their authors took back since the backup are taken back again; those that moderators removed since are
 * read by a moderator once more before anybody else sees them. The record remembers both. Returns how many.
 */
export async function withdrawCommentsAgain(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'repeat withdrawals');
  const found = await goneSince(ctx);
  for (const { id, kind } of found) {
    const it = await lockComment(ctx, id);
    await saveComment(ctx, kind === 'comment.withdrawn' ? withdraw(it) : holdAgain(it, ctx.now));
    if (kind !== 'comment.withdrawn') continue;
    await eraseAround(ctx, it.id);
    await eraseContents(ctx, { kind: 'comment', id: it.id });
  }
  return found.length;
}
