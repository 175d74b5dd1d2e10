import { parseReference } from '#kernel/reference-number.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible, mayTriage } from '../access.ts';
import { separate } from '../rules.ts';
import { idOf, lockBoth, moveBack, rootOf } from './join-store.ts';
import { loadEntry, saveEntry } from './store.ts';

/** Undoes a join: what had moved along comes back. Undone twice, it is undone once. */
export async function separateEntry(ctx: Ctx, input: { number: string }): Promise<void> {
  allow(mayTriage(ctx.actor), 'separate entries');
  const number = parseReference(input.number, ctx.profile.prefix) ?? refuse({ because: 'not-found', what: 'entry' });
  const id = await idOf(ctx, number, 'number');
  const seen = await loadEntry(ctx, id);
  if (seen.state !== 'joined') return;
  const [entry, from] = await lockBoth(ctx, id, await rootOf(ctx, id));
  if (entry.state !== 'joined') return;
  if ((await rootOf(ctx, id)) !== from.id) refuse({ because: 'conflict', what: 'entry' });
  await saveEntry(ctx, separate(entry));
  const moved = await moveBack(ctx, entry.id, from.id);
  const both = isVisible(entry) && isVisible(from);
  await record(ctx, 'entry.separated', { kind: 'entry', id: entry.id }, { public: both, detail: { from: from.number, ...moved }, as: { role: 'coordinator' } });
  await record(ctx, 'entry.separated-from', { kind: 'entry', id: from.id }, { public: both, detail: { from: entry.number, ...moved }, as: { role: 'coordinator' } });
}
