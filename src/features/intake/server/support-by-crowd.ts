import type { PersonId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { recordPrivately } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible } from '../access.ts';
import { found } from './queries/show.ts';
import { addSupports } from './support-store.ts';

export type CrowdSupport = { person: PersonId; at: Date };

/**
 * What `supportEntry` does, for many at once and each at its own moment: a demonstration has thousands of supports, and
 * is there in seconds. Returns how many were new.
 */
export async function supportByCrowd(ctx: Ctx, input: { number: string; supports: readonly CrowdSupport[] }): Promise<number> {
  allow(ctx.actor.kind === 'system' && ctx.actor.job === 'demonstration', 'support for many');
  const { entry } = await found(ctx, input);
  if (!isVisible(entry) || entry.state === 'joined' || entry.state === 'withdrawn') refuse({ because: 'not-found', what: 'entry' });
  const added = await addSupports(ctx, entry.id, input.supports);
  const acts = input.supports.filter((it) => added.has(it.person)).map(({ person, at }) => ({ subject: { kind: 'entry' as const, id: entry.id }, person, at, role: 'resident' }));
  await recordPrivately(ctx, 'entry.supported', acts);
  return added.size;
}
