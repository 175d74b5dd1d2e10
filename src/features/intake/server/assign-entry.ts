import { allow } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible, mayTriage } from '../access.ts';
import { assign } from '../rules.ts';
import { saveEntry } from './store.ts';
import { bodyByCode, lockForWork } from './work-store.ts';

/** Hands an entry to the body that has to answer; to the one that has it already, nothing happens. */
export async function assignEntry(ctx: Ctx, input: { number: string; body: string }): Promise<void> {
  allow(mayTriage(ctx.actor), 'triage entries');
  const entry = await lockForWork(ctx, input.number, () => true);
  const body = await bodyByCode(ctx, input.body);
  if (entry.body === body && (entry.state === 'assigned' || entry.state === 'study')) return;
  await saveEntry(ctx, assign(entry, body, ctx.now));
  await record(ctx, 'entry.assigned', { kind: 'entry', id: entry.id }, {
    public: isVisible(entry), detail: { number: entry.number, body: input.body }, as: { role: 'coordinator' },
  });
}
