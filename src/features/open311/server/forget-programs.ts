import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { forgetAccountsBefore, forgetKeyContactsBefore } from './store.ts';

const ACCOUNT_DAYS = 180;
const CONTACT_DAYS = 365;

/** Run by the worker: what a program called its sender once the matter is over, and whom to write to about a key that ended long ago. */
export async function forgetPrograms(ctx: Ctx): Promise<void> {
  allow(ctx.actor.kind === 'system', 'forget programs');
  const ago = (days: number) => new Date(ctx.now.getTime() - days * 86_400_000);
  await forgetAccountsBefore(ctx, ago(ACCOUNT_DAYS));
  await forgetKeyContactsBefore(ctx, ago(CONTACT_DAYS));
}
