import { keptSince } from '#kernel/kept-days.ts';
import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { forgetAccountsBefore, forgetKeyContactsBefore } from './store.ts';

/** Run by the worker: what a program called its sender once the matter is over, and whom to write to about a key that ended long ago. */
export async function forgetPrograms(ctx: Ctx): Promise<void> {
  allow(ctx.actor.kind === 'system', 'forget programs');
  await forgetAccountsBefore(ctx, keptSince(ctx.now, 'sender'));
  await forgetKeyContactsBefore(ctx, keptSince(ctx.now, 'program'));
}
