/** The state of a commitment as a door: tone, icon and the code of its words. Late is said before everything else. */
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';
import type { CommitmentLine } from '../views.ts';

export type PromiseLook = { tone: Tone; icon: IconName; code: CommitmentLine['state'] | 'late' };

const LOOKS: Record<CommitmentLine['state'], Omit<PromiseLook, 'code'>> = {
  open: { tone: 'ok', icon: 'door-ajar' },
  done: { tone: 'open', icon: 'door-open' },
  confirmed: { tone: 'ok', icon: 'door-done' },
  unconfirmed: { tone: 'idle', icon: 'door-closed' },
  disputed: { tone: 'late', icon: 'door-late' },
  broken: { tone: 'late', icon: 'door-closed' },
};

export type PromiseStateful = Pick<CommitmentLine, 'state' | 'late'>;

export function promiseLook(it: PromiseStateful): PromiseLook {
  // A dispute says more than its date: it is shown as such, and its lateness beside it.
  if (it.late && it.state !== 'disputed') return { tone: 'late', icon: 'door-late', code: 'late' };
  return { ...LOOKS[it.state], code: it.state };
}

/** Where a body finds what it still owes: a dispute before its date has passed is not «on time». */
export function owedAs(it: PromiseStateful): 'late' | 'disputed' | 'soon' {
  if (it.late) return 'late';
  return it.state === 'disputed' ? 'disputed' : 'soon';
}

/** The icons that a list of commitments may need. */
export const PROMISE_ICONS: IconName[] = ['door-ajar', 'door-open', 'door-done', 'door-late', 'door-closed', 'clock', 'body'];
