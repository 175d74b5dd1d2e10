/** The door of the desk. */
export { sitDown } from './sit-down.ts';
export { takeEntry, type Visitor } from './take-entry.ts';
export { holdContact } from './held-contact.ts';
export { supportForVisitor } from './support-visitor.ts';
export { reserveNumbers, returnNumbers } from './reserve-numbers.ts';
export { openWaiting, takeCorrected, takeWaiting } from './take-waiting.ts';
export { forgetSheetKeys, printSheets } from './print-sheets.ts';
export { typeInSheet } from './type-in-sheet.ts';
export { addHearing, takeFromHearing } from './hold-hearing.ts';
export { arrivedEntry, counterOf, deskReceipt, hearing, hearings, printedSheets, receivedAt, sheetsToPrint } from './queries.ts';
