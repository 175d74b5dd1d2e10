import type { Words } from '#platform/i18n/words.ts';
import type { Received } from '../views.ts';

/** How an entry came that somebody wrote down for its sender; empty for what came by itself. */
export function receivedWords(w: Words, it: Received | null): string {
  if (!it) return '';
  const { hearing } = it;
  if (hearing) return w.t('desk.received-at.hearing', { title: w.apart(hearing.title), date: w.date(hearing.heldOn), place: w.apart(hearing.placeWords) });
  return w.t(it.channel === 'paper' ? 'desk.received-at.paper' : 'desk.received-at', { desk: w.name(it.desk) });
}

/** The same as the first line of a history. */
export function writtenDown(w: Words, it: Received | null, at: Date): { words: string; at: Date } | null {
  return it ? { words: receivedWords(w, it), at } : null;
}
