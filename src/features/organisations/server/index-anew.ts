import { allow } from '#kernel/refusal.ts';
import { lexiconVersion } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import { indexPieceAnew } from './store.ts';

/** Organisations that were indexed with an older lexicon, a piece at a time; returns how many it was. Only jobs do this. */
export async function indexOrganisationsAnew(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'index organisations anew');
  return indexPieceAnew(ctx, await lexiconVersion(ctx));
}
