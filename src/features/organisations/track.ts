/** What became of the promises in which an organisation has a part. Pure. */
import { localDate } from '#kernel/working-days.ts';
import type { CommitmentStateName } from '../commitments/model.ts';

export type Part = { state: CommitmentStateName; late: boolean; firstDue: string; due: string; doneAt: Date | null };
/** `judged` is what the others are counted from: what was done, given up, or is late or disputed now. */
export type PartRecord = { total: number; judged: number; keptFirst: number; keptLater: number; keptLate: number; late: number; disputed: number; broken: number; confirmed: number; open: number };

const isDone = (it: Part): boolean => it.state === 'done' || it.state === 'confirmed' || it.state === 'unconfirmed';

/** Every promise falls into one of: kept (in one of three ways), late, disputed before its date, broken, open. */
export function partRecord(parts: readonly Part[], zone: string): PartRecord {
  const record: PartRecord = { total: parts.length, judged: 0, keptFirst: 0, keptLater: 0, keptLate: 0, late: 0, disputed: 0, broken: 0, confirmed: 0, open: 0 };
  for (const it of parts) {
    const doneOn = isDone(it) && it.doneAt ? localDate(it.doneAt, zone) : null;
    if (doneOn !== null) record[doneOn <= it.firstDue ? 'keptFirst' : doneOn <= it.due ? 'keptLater' : 'keptLate'] += 1;
    else if (it.state === 'broken') record.broken += 1;
    else if (it.late) record.late += 1;
    else if (it.state === 'disputed') record.disputed += 1;
    else record.open += 1;
    if (it.state === 'confirmed') record.confirmed += 1;
  }
  return { ...record, judged: record.total - record.open };
}
