import { allow } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayTriage } from '../access.ts';
import { keepConfidential } from '../rules.ts';
import { saveEntry } from './store.ts';
import { lockForWork } from './work-store.ts';

/** Keeps an entry between its sender and those who work on it. */
export async function keepEntryConfidential(ctx: Ctx, input: { number: string }): Promise<void> {
  allow(mayTriage(ctx.actor), 'triage entries');
  const entry = await lockForWork(ctx, input.number, () => true);
  if (entry.confidential && entry.state !== 'received') return;
  await saveEntry(ctx, keepConfidential(entry, ctx.now));
  await record(ctx, 'entry.kept-confidential', { kind: 'entry', id: entry.id }, { public: false, detail: { number: entry.number }, as: { role: 'coordinator' } });
}
