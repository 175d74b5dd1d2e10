import type { Words } from '#platform/i18n/words.ts';

/** The lines of an error summary, in the order of the form; a refusal without a field is said about the whole. */
export function problemsOf(w: Words, fields: Record<string, string>, because: string): { field: string; message: string }[] {
  const lines = Object.entries(fields).map(([field, code]) => ({ field, message: w.problem('intake', field, code) ?? '' }));
  return lines.length > 0 ? lines : [{ field: 'main', message: w.problem('intake', 'form', because) ?? '' }];
}
