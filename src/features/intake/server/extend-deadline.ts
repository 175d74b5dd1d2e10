import { dueDate } from '#kernel/working-days.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible, mayExtend } from '../access.ts';
import { extend } from '../rules.ts';
import { saveEntry } from './store.ts';
import { actingOn, lockForWork } from './work-store.ts';

/** More time to answer, once, with a reason that everybody reads. */
export async function extendDeadline(ctx: Ctx, input: { number: string; reason: string }): Promise<void> {
  const entry = await lockForWork(ctx, input.number, (it) => mayExtend(ctx.actor, it));
  if (entry.extensionReason === input.reason) return;
  const next = extend(entry, ctx.profile.clocks.extension, input.reason);
  const calendar = await workingCalendar(ctx);
  await saveEntry(ctx, next);
  await record(ctx, 'entry.extended', { kind: 'entry', id: entry.id }, {
    public: isVisible(entry), detail: { number: entry.number, days: next.clock.extension, from: dueDate(calendar, entry.clock), to: dueDate(calendar, next.clock) },
    content: { reason: input.reason }, as: await actingOn(ctx, entry),
  });
}
