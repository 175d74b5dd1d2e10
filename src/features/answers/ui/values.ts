/** A stored draft as the form holds it, so that an answer is edited where it was written. */
import type { AnswerWork } from '../views.ts';

export function draftValues(draft: AnswerWork): Record<string, string> {
  const values: Record<string, string> = { outcome: draft.outcome, summary: draft.summary, reason: draft.reason, referredTo: draft.referredTo?.code ?? '' };
  for (const [at, { what, who, due }] of draft.promises.entries()) {
    const row = at + 1;
    const [year, month, day] = due.split('-');
    Object.assign(values, { [`what-${row}`]: what, [`who-${row}`]: who, [`due-${row}-day`]: String(Number(day)), [`due-${row}-month`]: String(Number(month)), [`due-${row}-year`]: year });
  }
  return values;
}
