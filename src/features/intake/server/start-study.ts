import { allow } from '#kernel/refusal.ts';
import { hasRole } from '#kernel/actor.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible, mayWorkOn } from '../access.ts';
import { startStudy } from '../rules.ts';
import { saveEntry } from './store.ts';
import { actingOn, lockForWork } from './work-store.ts';

/** The body begins to work on it; begun twice, it is begun once. */
export async function startEntryStudy(ctx: Ctx, input: { number: string }): Promise<void> {
  const entry = await lockForWork(ctx, input.number, (it) => mayWorkOn(ctx.actor, it));
  allow(entry.body !== null && (hasRole(ctx.actor, 'officer', entry.body) || hasRole(ctx.actor, 'head', entry.body)), 'study this entry');
  if (entry.state === 'study') return;
  await saveEntry(ctx, startStudy(entry));
  await record(ctx, 'entry.study-started', { kind: 'entry', id: entry.id }, { public: isVisible(entry), detail: { number: entry.number }, as: await actingOn(ctx, entry) });
}
