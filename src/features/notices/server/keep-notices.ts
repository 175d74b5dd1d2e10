import { keptSince } from '#kernel/kept-days.ts';
import { allow } from '#kernel/refusal.ts';
import type { Channels } from '#platform/mail/channel.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepNotices, mayWorkOnNotices } from '../access.ts';
import { forgetCodesBefore } from './subscription-store.ts';
import { deleteOf, forgetBefore, saveChannel, tryFailedAgain } from './store.ts';


/** Puts one failed notice, or all, back in the line; returns how many. */
export async function retryNotices(ctx: Ctx, input: { id: string | null }): Promise<number> {
  allow(mayKeepNotices(ctx.actor), 'keep notices');
  return tryFailedAgain(ctx, input.id);
}

/** Letters are not an archive of who was told what: after thirty days they are gone. */
export async function forgetNotices(ctx: Ctx): Promise<void> {
  allow(mayWorkOnNotices(ctx.actor), 'forget notices');
  await forgetBefore(ctx, keptSince(ctx.now, 'letter'));
  await forgetCodesBefore(ctx, keptSince(ctx.now, 'subscribing'));
}

/** An account that is erased is written to no more, and nothing says that it was. The calling feature has checked whose it is. */
export async function forgetLettersOf(ctx: Ctx, personId: string): Promise<void> {
  await deleteOf(ctx, personId);
}

/** Which channels this worker has, for the administrator's page. */
export async function nameChannels(ctx: Ctx, channels: Channels): Promise<void> {
  allow(mayWorkOnNotices(ctx.actor), 'name channels');
  for (const kind of ['mail', 'sms'] as const) await saveChannel(ctx, kind, channels[kind].via, null);
}
