/** Who may do what at the desk. Answers yes or no; also used to show a button. */
import { hasRole, type Actor } from '#kernel/actor.ts';
import type { Block, Seat } from './model.ts';

/** Takes entries on behalf of visitors, types sheets, writes down hearings. */
export const mayReceive = (actor: Actor): boolean => hasRole(actor, 'clerk');

/** Numbers of a device belong to the desk for which they were reserved, whichever of its clerks sends them. Sheets travel. */
export const mayUseBlock = (seat: Seat, block: Pick<Block, 'body' | 'purpose'>): boolean => block.purpose === 'sheets' || block.body === seat.body;
