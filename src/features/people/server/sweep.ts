import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { forgetCodes } from './store/codes.ts';
import { forgetChallenges } from './store/factors.ts';
import { forgetOldLinks } from './store/links.ts';
import { forgetCounts } from './store/limits.ts';
import { forgetSessions } from './store/sessions.ts';

const DAY = 86_400_000;

/** What is over is not kept: codes and counts for a day, ended sittings and links for thirty. Run by the worker every hour. */
export async function forgetSignIns(ctx: Ctx): Promise<void> {
  allow(ctx.actor.kind === 'system', 'forget sign-ins');
  const ago = (days: number) => new Date(ctx.now.getTime() - days * DAY);
  await forgetCodes(ctx, ago(1));
  await forgetCounts(ctx, ago(1));
  await forgetSessions(ctx, ago(30));
  await forgetOldLinks(ctx, ago(30));
  await forgetChallenges(ctx);
}
