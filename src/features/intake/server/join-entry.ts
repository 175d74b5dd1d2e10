import { parseReference } from '#kernel/reference-number.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible, mayTriage } from '../access.ts';
import { join } from '../rules.ts';
import { idOf, lockBoth, moveAlong } from './join-store.ts';
import { saveEntry } from './store.ts';

/** Two entries that say the same become one: supports and followers move, the old number leads to the new one. */
export async function joinEntry(ctx: Ctx, input: { number: string; into: string }): Promise<void> {
  allow(mayTriage(ctx.actor), 'join entries');
  const [number, target] = [parseReference(input.number, ctx.profile.prefix), parseReference(input.into, ctx.profile.prefix)];
  if (!number) return refuse({ because: 'not-found', what: 'entry' });
  if (!target) return refuse({ because: 'invalid', fields: { into: 'unknown' } });
  const [entry, into] = await lockBoth(ctx, await idOf(ctx, number, 'number'), await idOf(ctx, target, 'into'));
  if (entry.state === 'joined' && entry.into === into.id) return;
  await saveEntry(ctx, join(entry, into));
  const moved = await moveAlong(ctx, entry.id, into.id);
  const both = isVisible(entry) && isVisible(into);
  await record(ctx, 'entry.joined', { kind: 'entry', id: entry.id }, { public: both, detail: { into: into.number, ...moved }, as: { role: 'coordinator' } });
  await record(ctx, 'entry.joined-by', { kind: 'entry', id: into.id }, { public: both, detail: { from: entry.number, ...moved }, as: { role: 'coordinator' } });
}
