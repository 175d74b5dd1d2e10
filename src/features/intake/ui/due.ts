/** How long a member of staff has for an entry, in words. Late is said before everything else. */
import type { Words } from '#platform/i18n/words.ts';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';
import type { WorkLine } from '../work-views.ts';

export type Due = { tone: Tone; icon: IconName; words: string };
const SOON = 3;

export function dueOf(w: Words, it: WorkLine): Due {
  if (it.state === 'received' && it.acknowledgeDue) return toRead(w, it.unreadLate, it.acknowledgeDue);
  if (it.daysLeft === null) return { tone: 'idle', icon: 'clock', words: it.state === 'returned' ? w.t('triage.due.paused') : w.tc('intake.state', it.state) };
  if (it.daysLeft < 0) return { tone: 'late', icon: 'door-late', words: w.t('triage.due.late', { days: -it.daysLeft }) };
  const words = w.t('triage.due.left', { days: it.daysLeft });
  return it.daysLeft <= SOON ? { tone: 'warn', icon: 'clock', words } : { tone: 'idle', icon: 'clock', words };
}

function toRead(w: Words, late: boolean, due: string): Due {
  return late ? { tone: 'late', icon: 'door-late', words: w.t('triage.due.read.late', { date: w.date(due) }) } : { tone: 'idle', icon: 'clock', words: w.t('triage.due.read', { date: w.date(due) }) };
}

/** The icons that rows of a queue may need. */
export const QUEUE_ICONS: IconName[] = ['door-late', 'clock', 'pin', 'people', 'complaint'];
