/** The state of an entry as a door: tone, icon and the code of its words. Late is said before everything else. */
import type { EntryLine } from '../views.ts';
import { TONES, type DoorTone } from './tones.ts';

export type StateLook = DoorTone & { group: 'intake.state' | 'intake.outcome'; code: string };

export type Stateful = Pick<EntryLine, 'state' | 'outcome' | 'overdue'> & { confidential?: boolean };

export function stateOf(entry: Stateful): StateLook {
  if (entry.overdue) return { tone: 'late', icon: 'door-late', group: 'intake.state', code: 'late' };
  if (entry.outcome && (entry.state === 'answered' || entry.state === 'closed')) {
    return { ...(entry.outcome === 'declined' ? TONES.closed : TONES.answered), group: 'intake.outcome', code: entry.outcome };
  }
  // Read and kept between its sender and the office: open to nobody else.
  if (entry.state === 'open' && entry.confidential) return { ...TONES.received, group: 'intake.state', code: 'confidential' };
  return { ...TONES[entry.state], group: 'intake.state', code: entry.state };
}
