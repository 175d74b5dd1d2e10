import type { Refusal } from '#kernel/refusal.ts';
import type { Words } from '#platform/i18n/words.ts';

/** Where the field of a refusal stands on the page. */
const IDS: Record<string, string> = { form: 'main' };

/** The lines of an error summary, in the order of the form; a refusal without a field is said about the whole. */
export function linesOf(w: Words, failure: { fields: Record<string, string>; refusal: Refusal }): { field: string; message: string }[] {
  const lines = Object.entries(failure.fields).map(([field, code]) => ({ field: IDS[field] ?? field, message: w.problem('desk', field, code) ?? '' }));
  return lines.length > 0 ? lines : [{ field: 'main', message: w.problem('desk', 'form', failure.refusal.because) ?? '' }];
}
