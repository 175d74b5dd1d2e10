import { keptSince } from '#kernel/kept-days.ts';
import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayForget } from '../access.ts';
import { eraseRemovedBefore, eraseReportsBefore } from './store.ts';

const PIECE = 200;

/** Deletes the words of removed comments when their author can object no more, and reports that were decided on long ago; returns how many words. Run by the worker. */
export async function forgetRemoved(ctx: Ctx): Promise<number> {
  allow(mayForget(ctx.actor), 'forget removed comments');
  await eraseReportsBefore(ctx, keptSince(ctx.now, 'report'));
  return eraseRemovedBefore(ctx, keptSince(ctx.now, 'removed'), PIECE);
}
