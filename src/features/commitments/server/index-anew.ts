import { allow } from '#kernel/refusal.ts';
import { indexer, lexiconVersion } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import { indexedBefore, saveIndex } from './store.ts';

/** Commitments that were indexed with an older lexicon, a piece at a time; returns how many it was. Only jobs do this. */
export async function indexCommitmentsAnew(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system', 'index commitments anew');
  const rows = await indexedBefore(ctx, await lexiconVersion(ctx));
  const index = await indexer(ctx);
  for (const row of rows) await saveIndex(ctx, row.id, index(row.what));
  return rows.length;
}
