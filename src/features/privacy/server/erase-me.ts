import { allow, refuse } from '#kernel/refusal.ts';
import { erasePersonsComments } from '../../comments/server/index.ts';
import { erasePersonsEntries } from '../../intake/server/index.ts';
import { forgetLettersOf } from '../../notices/server/index.ts';
import { leaveOrganisations } from '../../organisations/server/index.ts';
import { closeOwnAccount } from '../../people/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayReadOwn } from '../access.ts';

/**
 * The account and what its owner wrote are gone, here and now, in one transaction. What offices answered and promised stays, without the person; the record
 * keeps every leaf, so that receipts still hold, and loses the salts. Of two at once, the second finds no account any more.
 */
export async function eraseMe(ctx: Ctx): Promise<void> {
  allow(mayReadOwn(ctx.actor), 'erase an account');
  if (ctx.actor.kind !== 'person') return refuse({ because: 'not-allowed', to: 'erase an account' });
  const { id } = ctx.actor;
  await closeOwnAccount(ctx);
  await erasePersonsEntries(ctx, id);
  await erasePersonsComments(ctx);
  await forgetLettersOf(ctx, id);
  await leaveOrganisations(ctx, id);
}
