import type { BodyId, EntryId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { dueDate, remainingWorkingDays, type PlainDate } from '#kernel/working-days.ts';
import { workingCalendar } from '../../places/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible } from '../access.ts';
import type { Entry, Outcome } from '../model.ts';
import { answered } from '../rules.ts';
import { lockEntry, saveEntry, today } from './store.ts';
import { bodyCode, restartEscalation } from './work-store.ts';

export type PublishedAnswer = { outcome: Outcome; promises: number; referredTo: BodyId | null };
/** How the answer stood with the clock: `days` working days used, `due` the date it had to keep (null: it stood still). */
export type Punctuality = { due: PlainDate | null; days: number };

/** Moves an entry on when its answer is published: part of that act, by the system alone. */
export async function answerEntry(ctx: Ctx, input: { id: EntryId; answer: PublishedAnswer }): Promise<Punctuality> {
  allow(ctx.actor.kind === 'system', 'answer an entry');
  const entry = await lockEntry(ctx, input.id);
  const calendar = await workingCalendar(ctx);
  const { clock } = entry;
  const next = answered(entry, input.answer, today(ctx), ctx.now);
  await saveEntry(ctx, next);
  if (input.answer.outcome === 'referred') await restartEscalation(ctx, entry.id);
  await record(ctx, actOf(next), { kind: 'entry', id: entry.id }, {
    public: isVisible(entry), detail: { number: entry.number, outcome: input.answer.outcome, ...(input.answer.referredTo ? { body: await bodyCode(ctx, input.answer.referredTo) } : {}) }, as: { role: 'system' },
  });
  return { due: dueDate(calendar, clock), days: clock.days + clock.extension - remainingWorkingDays(calendar, clock, today(ctx)) };
}

function actOf(next: Entry): string {
  if (next.state === 'assigned') return 'entry.referred';
  return next.state === 'delivery' ? 'entry.delivery' : 'entry.answered';
}
