import type { NumberState, PaperSize, Purpose, ReceiptLanguage } from '../model.ts';

export type DeskTables = {
  deskSeats: { personId: string; bodyId: string; paper: PaperSize; since: Date };
  deskBlocks: { id: string; purpose: Purpose; bodyId: string; reservedBy: string; reservedAt: Date; expiresAt: Date; keySealed: Buffer | null; language: ReceiptLanguage };
  deskNumbers: { number: string; blockId: string; state: NumberState; entryId: string | null };
  deskSheets: { number: string; entryId: string; keyHash: Buffer; keySealed: Buffer };
  deskHearings: { id: string; title: string; heldOn: string; placeWords: string; attended: number | null; bodyId: string; madeBy: string; madeAt: Date };
  deskEntries: { entryId: string; bodyId: string; hearingId: string | null; speakers: number | null };
};
