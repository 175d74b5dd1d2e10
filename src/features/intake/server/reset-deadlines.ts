import { hasRole } from '#kernel/actor.ts';
import { allow } from '#kernel/refusal.ts';
import { addWorkingDays, dueDate, localDate } from '#kernel/working-days.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { lockRunning, saveDueDates } from './jobs-store.ts';
import { today } from './store.ts';
import { restartEscalation } from './work-store.ts';

/** After the calendar has changed: every running clock is read anew, and a date that moved is said. Returns how many moved. */
export async function resetDeadlines(ctx: Ctx): Promise<number> {
  allow(ctx.actor.kind === 'system' || hasRole(ctx.actor, 'administrator'), 'reset deadlines');
  const calendar = await workingCalendar(ctx);
  const { acknowledge, answer } = ctx.profile.clocks;
  let moved = 0;
  for (const it of await lockRunning(ctx)) {
    const answerDue = dueDate(calendar, { started: it.clockStarted, days: answer, extension: it.extensionDays, pauses: it.pauses });
    const acknowledgeDue = it.acknowledgeDue && addWorkingDays(calendar, localDate(it.submittedAt, ctx.profile.zone), acknowledge);
    if (answerDue === it.answerDue && acknowledgeDue === it.acknowledgeDue) continue;
    await saveDueDates(ctx, it.id, { acknowledgeDue, answerDue });
    if (answerDue === it.answerDue) continue;
    // In time again: when it is late by the new date, everybody is told anew.
    if (answerDue === null || answerDue >= today(ctx)) await restartEscalation(ctx, it.id);
    await record(ctx, 'entry.rescheduled', { kind: 'entry', id: it.id }, { public: it.shown, detail: { from: it.answerDue, to: answerDue }, as: { role: ctx.actor.kind === 'system' ? 'system' : 'administrator' } });
    moved += 1;
  }
  return moved;
}
