import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayForget } from '../access.ts';
import { OBJECT_DAYS } from '../rules.ts';
import { eraseRemovedBefore, eraseReportsBefore } from './store.ts';

const PIECE = 200;
const REPORT_DAYS = 90;

/** Deletes the words of removed comments when their author can object no more, and reports that were decided on long ago; returns how many words. Run by the worker. */
export async function forgetRemoved(ctx: Ctx): Promise<number> {
  allow(mayForget(ctx.actor), 'forget removed comments');
  await eraseReportsBefore(ctx, new Date(ctx.now.getTime() - REPORT_DAYS * 86_400_000));
  return eraseRemovedBefore(ctx, new Date(ctx.now.getTime() - OBJECT_DAYS * 86_400_000), PIECE);
}
