import { keptSince } from '#kernel/kept-days.ts';
import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { forgetCodes } from './store/codes.ts';
import { forgetChallenges } from './store/factors.ts';
import { forgetOldLinks } from './store/links.ts';
import { forgetCounts } from './store/limits.ts';
import { forgetSessions } from './store/sessions.ts';

/** What is over is not kept. Run by the worker every hour. */
export async function forgetSignIns(ctx: Ctx): Promise<void> {
  allow(ctx.actor.kind === 'system', 'forget sign-ins');
  await forgetCodes(ctx, keptSince(ctx.now, 'code'));
  await forgetCounts(ctx, keptSince(ctx.now, 'count'));
  await forgetSessions(ctx, keptSince(ctx.now, 'sitting'));
  await forgetOldLinks(ctx, keptSince(ctx.now, 'link'));
  await forgetChallenges(ctx);
}
