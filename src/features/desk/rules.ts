/** Times, limits and decisions of the desk. */
import { KEPT_DAYS } from '#kernel/kept-days.ts';
import { refuse } from '#kernel/refusal.ts';
import { addDays, localDate, type PlainDate } from '#kernel/working-days.ts';
import { mayUseBlock } from './access.ts';
import type { Block, Numbered, Purpose, Seat } from './model.ts';

const DAY = 86_400_000;

/** A device holds few numbers for a week: what is lost with it leaves a small gap. */
export const BLOCK = { numbers: 20, days: 7 } as const;
export const SHEETS = { most: 50, days: 365, keyShownMs: KEPT_DAYS.sheet * DAY } as const;
/** Paper waits in a drawer, and a hearing is typed later; whoever brings something older says it anew. */
export const OLDEST_DAYS = 60;
export const HEARING = { rows: 25, firstRows: 5, moreRows: 5 } as const;

export const DESK_LIMITS = {
  entries: { bucket: 'entries by desk', max: 600, perSeconds: 3600 },
  blocks: { bucket: 'blocks by desk', max: 60, perSeconds: 86_400 },
  sheets: { bucket: 'sheets by desk', max: 40, perSeconds: 86_400 },
  hearings: { bucket: 'hearings by desk', max: 60, perSeconds: 86_400 },
} as const;

export function newBlock(purpose: Purpose, now: Date): Pick<Block, 'reservedAt' | 'expiresAt'> {
  return { reservedAt: now, expiresAt: new Date(now.getTime() + (purpose === 'counter' ? BLOCK.days : SHEETS.days) * DAY) };
}

export type Claim = { block: string; at: Date };

/**
 * A number that stands on paper becomes its entry's, once. Refused beside `number`: other-block, other-desk, used, returned, and
 * expired when it was given out after the block's last day.
 */
export function claim(it: Numbered, seat: Seat, asked: Claim): Date {
  const no = (code: string): never => refuse({ because: 'invalid', fields: { number: code } });
  if (it.block.purpose !== 'counter' || it.block.id !== asked.block) return no('other-block');
  if (!mayUseBlock(seat, it.block)) return no('other-desk');
  if (it.state !== 'free') return no(it.state);
  return asked.at > it.block.expiresAt ? no('expired') : asked.at;
}

/** When a device says that it took an entry; its clock may be wrong, so never before its numbers were reserved nor after now. */
export function takenAt(said: Date, block: Pick<Block, 'reservedAt'>, now: Date): Date {
  if (Number.isNaN(said.getTime())) return now;
  return new Date(Math.min(Math.max(said.getTime(), block.reservedAt.getTime()), now.getTime()));
}

/** The sheet behind a number, still empty. Refused beside `sheet`. */
export function typeIn(it: Numbered): Numbered {
  const no = (code: string): never => refuse({ because: 'invalid', fields: { sheet: code } });
  if (it.block.purpose !== 'sheets') return no('not-a-sheet');
  return it.state === 'free' ? it : no('typed');
}

/** The day that a sheet or a hearing names: not after today, not older than sixty days, no sheet before it was printed. */
export function receivedOn(day: PlainDate, today: PlainDate, notBefore: PlainDate | null = null): PlainDate {
  const no = (code: string): never => refuse({ because: 'invalid', fields: { received: code } });
  if (day > today) return no('in-future');
  if (day < addDays(today, -OLDEST_DAYS)) return no('too-old');
  return notBefore !== null && day < notBefore ? no('before-printing') : day;
}

/** A device's numbers last until the end of this day, and each day before it has its date for the answer. */
export function daysOf(block: Pick<Block, 'reservedAt' | 'expiresAt'>, zone: string): PlainDate[] {
  const days = [localDate(block.reservedAt, zone)];
  const last = localDate(block.expiresAt, zone);
  while (days.at(-1)! < last) days.push(addDays(days.at(-1)!, 1));
  return days;
}

/** Name and contact are kept only of whoever agreed, asked by the clerk. */
export function needConsent(it: { name: string; contact: string; consent: boolean }): void {
  if ((it.name !== '' || it.contact !== '') && !it.consent) refuse({ because: 'invalid', fields: { consent: 'required' } });
}
