import type { Refusal } from '#kernel/refusal.ts';
import type { Words } from '#platform/i18n/words.ts';

type Failure = { fields: Record<string, string>; refusal: Refusal };

/** The lines of an error summary; a refusal without a field is said about the whole. */
export function problemsOf(w: Words, failure: Failure | null | undefined): { field: string; message: string }[] {
  if (!failure) return [];
  const { fields, refusal } = failure;
  if (refusal.because === 'too-many') return [{ field: 'main', message: w.t('people.too-many', { minutes: Math.max(1, Math.ceil(refusal.retryAfterSeconds / 60)) }) }];
  const lines = Object.entries(fields).map(([field, code]) => ({ field, message: w.problem('people', field, code) ?? '' }));
  if (lines.length > 0) return lines;
  const code = refusal.because === 'wrong-state' ? refusal.is : refusal.because;
  return [{ field: 'main', message: w.problem('people', 'form', code) ?? '' }];
}
