/** The standing of an organisation as a door. */
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/types.ts';
import type { OrganisationState, Standing } from '../model.ts';

export const STANDING: Record<Standing, { tone: Tone; icon: IconName }> = {
  verified: { tone: 'ok', icon: 'check' }, listed: { tone: 'idle', icon: 'door-ajar' }, expired: { tone: 'late', icon: 'door-late' }, suspended: { tone: 'late', icon: 'door-closed' },
};

/** Before it is public. */
export const STATE: Record<Exclude<OrganisationState, 'listed' | 'verified' | 'suspended'>, { tone: Tone; icon: IconName }> = {
  draft: { tone: 'idle', icon: 'draft' }, submitted: { tone: 'idle', icon: 'door-ajar' }, returned: { tone: 'warn', icon: 'warning' }, refused: { tone: 'idle', icon: 'door-closed' },
};

export const STANDING_ICONS: IconName[] = ['check', 'door-ajar', 'door-late', 'door-closed', 'pin'];
