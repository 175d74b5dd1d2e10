import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import type { TriageInput } from '../work-input.ts';
import { assignEntry } from './assign-entry.ts';
import { classifyEntry } from './classify-entry.ts';
import { keepEntryConfidential } from './keep-confidential.ts';
import { publishEntry } from './publish-entry.ts';
import { lockForWork } from './work-store.ts';

/** One decision of triage, whole or not at all: what it is about, who may see it, who has to answer. */
export async function triageEntry(ctx: Ctx, input: { number: string } & TriageInput): Promise<void> {
  await classifyEntry(ctx, input);
  const entry = await lockForWork(ctx, input.number, () => true);
  if (entry.state === 'received' && input.visibility === null) refuse({ because: 'invalid', fields: { visibility: 'required' } });
  if (input.visibility === 'public') await publishEntry(ctx, input);
  if (input.visibility === 'confidential') await keepEntryConfidential(ctx, input);
  if (input.body) await assignEntry(ctx, input);
}
