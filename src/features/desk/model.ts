/** The desk: where visitors are received, and numbers that are given out before their entries exist. */
import type { BodyId, EntryId, Id, PersonId } from '#kernel/ids.ts';
import type { ReferenceNumber } from '#kernel/reference-number.ts';

export type BlockId = Id<'block'>;
export type HearingId = Id<'hearing'>;

/** A clerk receives at the desk of one body at a time; what they take is received there. */
export type Seat = { clerk: PersonId; body: BodyId; code: string; paper: PaperSize };

/** A5 for office printers, a roll of 80 mm for receipt printers. */
export const PAPER_SIZES = ['a5', 'roll'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];

export const PURPOSES = ['counter', 'sheets'] as const;
/** `counter`: for a device that may lose its network; `sheets`: printed on blank forms. */
export type Purpose = (typeof PURPOSES)[number];
export type Block = { id: BlockId; purpose: Purpose; body: BodyId; reservedAt: Date; expiresAt: Date };

export type NumberState = 'free' | 'used' | 'returned';
export type Numbered = { number: ReferenceNumber; block: Block } & ({ state: 'free' | 'returned' } | { state: 'used'; entry: EntryId });

/** What is said at a hearing is public there; a complaint is taken apart from it, at the counter. */
export const HEARING_KINDS = ['need', 'proposal', 'question', 'initiative'] as const;

export const RECEIPT_LANGUAGES = ['ar', 'en', 'ku'] as const;
export type ReceiptLanguage = (typeof RECEIPT_LANGUAGES)[number];
