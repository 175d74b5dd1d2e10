import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';
import type { EntryStateName } from '../model.ts';

export type DoorTone = { tone: Tone; icon: IconName };

/** One look for each state, as the table of states in the design system says. */
export const TONES: Record<EntryStateName, DoorTone> = {
  received: { tone: 'idle', icon: 'door-ajar' },
  returned: { tone: 'warn', icon: 'warning' },
  open: { tone: 'open', icon: 'door-open' },
  assigned: { tone: 'idle', icon: 'door-ajar' },
  study: { tone: 'idle', icon: 'door-ajar' },
  answered: { tone: 'ok', icon: 'door-ajar' },
  delivery: { tone: 'ok', icon: 'door-ajar' },
  delivered: { tone: 'open', icon: 'door-open' },
  confirmed: { tone: 'ok', icon: 'door-done' },
  unconfirmed: { tone: 'idle', icon: 'door-closed' },
  disputed: { tone: 'late', icon: 'door-late' },
  closed: { tone: 'idle', icon: 'door-closed' },
  joined: { tone: 'idle', icon: 'door-done' },
  withdrawn: { tone: 'idle', icon: 'door-closed' },
  elsewhere: { tone: 'idle', icon: 'door-closed' },
};
