import { refuse } from '#kernel/refusal.ts';
import { endOfLocalDay, localDate, type PlainDate } from '#kernel/working-days.ts';
import { attachTo, stageFile } from '../../attachments/server/index.ts';
import { limit } from '../../people/server/index.ts';
import { receiptOf, receiveEntry } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import { DESK_LIMITS, receivedOn, typeIn } from '../rules.ts';
import { insertReceived, lockNumber, receiving, saveUsed, sheetOf } from './store.ts';
import { clerkOf, submissionOf, type Visitor } from './take-entry.ts';

export type FilledSheet = { visitor: Visitor; sheet: string; received: PlainDate; files: readonly Buffer[]; draftId?: string };

/**
 * What stands on a filled sheet becomes the entry whose number it carries; its clock runs from the day on which it was handed in. A
 * second typing-in of one sheet is refused. Scans are for triage alone.
 */
export async function typeInSheet(ctx: Ctx, input: FilledSheet): Promise<{ number: string }> {
  const seat = await receiving(ctx);
  const found = (await lockNumber(ctx, input.sheet)) ?? refuse({ because: 'invalid', fields: { sheet: 'unknown' } });
  const earlier = await receiptOf(ctx, input.visitor.once);
  if (earlier && earlier.number === found.number) return { number: found.number };
  const it = typeIn(found);
  const today = localDate(ctx.now, ctx.profile.zone);
  const day = receivedOn(input.received, today, localDate(it.block.reservedAt, ctx.profile.zone));
  await limit(ctx, { ...DESK_LIMITS.entries, key: seat.clerk });
  const { entryId, keyHash } = await sheetOf(ctx, it.number);
  const receivedAt = day === today ? ctx.now : endOfLocalDay(day, ctx.profile.zone);
  const receipt = await receiveEntry(ctx, submissionOf(ctx, input.visitor, 'paper'), {
    id: entryId, number: it.number, key: keyHash, receivedAt, clerk: clerkOf(seat), detail: { consent: input.visitor.consent === true, received: day },
  });
  await saveUsed(ctx, it.number, receipt.id);
  await insertReceived(ctx, { entryId: receipt.id, bodyId: it.block.body });
  if (input.draftId) await attachTo(ctx, { draftId: input.draftId, owner: { kind: 'sheet', id: receipt.id } });
  for (const bytes of input.files) await stageFile(ctx, { ownerKind: 'sheet', ownerId: receipt.id, bytes });
  return { number: receipt.number };
}
