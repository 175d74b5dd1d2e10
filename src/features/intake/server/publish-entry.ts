import { allow } from '#kernel/refusal.ts';
import { publishAttachments } from '../../attachments/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isVisible, mayTriage } from '../access.ts';
import { publish } from '../rules.ts';
import { saveEntry } from './store.ts';
import { lockForWork } from './work-store.ts';

/** Opens an entry to everybody, with its photos and papers. A complaint never is. Said twice, it is said once. */
export async function publishEntry(ctx: Ctx, input: { number: string }): Promise<void> {
  allow(mayTriage(ctx.actor), 'triage entries');
  const entry = await lockForWork(ctx, input.number, () => true);
  if (isVisible(entry)) return;
  await saveEntry(ctx, publish(entry, ctx.now));
  await publishAttachments(ctx, entry.id, true);
  await record(ctx, 'entry.published', { kind: 'entry', id: entry.id }, {
    public: true, detail: { number: entry.number, kind: entry.kind }, as: { role: 'coordinator' },
  });
}
