/** What the desk's pages are given. */
import type { PlainDate } from '#kernel/working-days.ts';
import type { EntryKind, EntryStateName } from '../intake/model.ts';
import type { Names } from '../places/model.ts';
import type { PaperSize, ReceiptLanguage } from './model.ts';

export type DeskBody = { code: string; names: Names };

/** `body`: at whose desk the clerk sits; null before they have said so. */
export type CounterView = { body: DeskBody | null; bodies: DeskBody[]; paper: PaperSize; /** taken by this clerk today */ today: number; /** this clerk, for what the device writes down without a network; readable here alone */ mark: string };

/** For printing: no title, no text, no name. `key` is null once its day is over; a contact shows its last digits. */
export type DeskReceipt = {
  number: string; key: string | null; kind: EntryKind; answerDue: string | null; receivedAt: Date; language: ReceiptLanguage; contact: string | null; desk: Names; channel: string; paper: PaperSize;
};

/** A contact that the page carries on without showing it. */
export type HeldContact = { held: string; shown: string };

/** What a device is given to work without a network. */
export type DeviceBlock = { id: string; desk: Names; publicKey: string; expiresAt: Date; numbers: string[]; paper: PaperSize; days: { day: PlainDate; due: string | null }[] };

export type SheetToPrint = { number: string; key: string | null };
export type SheetsView = { id: string; language: ReceiptLanguage; desk: Names; printedOn: PlainDate; sheets: SheetToPrint[]; over: boolean };
export type SheetsLine = { id: string; language: ReceiptLanguage; desk: Names; printedOn: PlainDate; sheets: number; typed: number };

export type HearingLine = { id: string; title: string; heldOn: string; placeWords: string; attended: number | null; entries: number; speakers: number };
export type HearingView = HearingLine & { desk: Names; items: { number: string; kind: EntryKind; title: string; state: EntryStateName; speakers: number | null }[] };

/** Where an entry was received, for its history and its page. */
export type Received = { desk: Names; channel: string; hearing: { id: string; title: string; heldOn: string; placeWords: string } | null };
