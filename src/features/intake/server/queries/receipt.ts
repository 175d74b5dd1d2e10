import type { Ctx } from '../../../context.ts';
import type { Receipt } from '../../views.ts';

/** A phone that others take up shows where it has been: whoever complained writes the key down within the hour. */
const COMPLAINT_SHOWN_MS = 3_600_000;

/**
 * The receipt of a form that was sent: the form's own secret key opens it, nothing else does. Its follow-up key is shown
 * for a day, that of a complaint for an hour.
 */
export async function receiptOf(ctx: Ctx, once: string): Promise<Receipt | null> {
  const row = await ctx.db.selectFrom('entrySubmissions as s').innerJoin('entries as e', 'e.id', 's.entryId')
    .select(['e.id', 'e.number', 'e.kind', 'e.confidential', 'e.answerDue', 'e.submittedAt', 's.keySealed']).where('s.once', '=', once).executeTakeFirst();
  if (!row) return null;
  const { keySealed, ...receipt } = row;
  const over = row.kind === 'complaint' && ctx.now.getTime() - row.submittedAt.getTime() > COMPLAINT_SHOWN_MS;
  return { ...receipt, key: keySealed.length > 0 && !over ? ctx.secrets.unseal('repeated submission', keySealed) : null };
}
