import type { Words } from './types.ts';

/** What every field shares. `errorWord` is the hidden word before an error («خطأ:»). */
export type FieldProps = {
  name: string;
  label: Words;
  id?: string | undefined;
  hint?: Words | undefined;
  error?: Words | undefined;
  errorWord?: string | undefined;
};

/** The ids of hint and error for aria-describedby, or nothing. */
export function describedBy(id: string, hint: unknown, error: unknown): string | undefined {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}
