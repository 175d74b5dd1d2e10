/** From one wording of a place to the next. What its braces may name is looked at by whoever can read them. */
import { refuse } from '#kernel/refusal.ts';
import type { Wording } from './model.ts';

/** The next wording of this place; null when nothing changes. `seen` is the version that its writer had before them. */
export function reword(now: Wording, text: string, original: string, seen: number): Wording | null {
  const next = text === '' || text === original ? null : text;
  if (next === now.text) return null;
  if (seen !== now.version) return refuse({ because: 'conflict', what: 'wording' });
  return { version: now.version + 1, text: next };
}
