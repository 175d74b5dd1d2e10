import { allow } from '#kernel/refusal.ts';
import { statesOfSubjects } from '../../commitments/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible } from '../access.ts';
import { followPromises } from '../rules.ts';
import { lockUnlikePromises } from './jobs-store.ts';
import { lockEntry, saveEntry } from './store.ts';

/** What may follow from a voice happens on a day: the minute would be that of whoever spoke last. «Unconfirmed» does where other promises of the entry were left without an answer. */
const BY_RESIDENTS: ReadonlySet<string> = new Set(['confirmed', 'unconfirmed', 'disputed']);

/** Run by the worker: an entry is where its commitments are; `lately` looks only at those to which something has happened in the last minute. Returns how many moved. */
export async function followCommitments(ctx: Ctx, input?: { lately: boolean }): Promise<number> {
  allow(ctx.actor.kind === 'system', 'follow commitments');
  const ids = await lockUnlikePromises(ctx, input?.lately ?? false);
  const states = await statesOfSubjects(ctx, ids);
  let moved = 0;
  for (const id of ids) {
    const entry = await lockEntry(ctx, id);
    const next = followPromises(entry, states.get(id) ?? []);
    if (next === entry) continue;
    await saveEntry(ctx, next);
    await record(ctx, `entry.${next.state}`, { kind: 'entry', id }, { public: isVisible(entry), detail: { number: entry.number, from: entry.state }, as: { role: BY_RESIDENTS.has(next.state) ? 'resident' : 'system' } });
    moved += 1;
  }
  return moved;
}
