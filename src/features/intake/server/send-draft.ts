import type { Ctx } from '../../context.ts';
import * as v from 'valibot';
import { refuse } from '#kernel/refusal.ts';
import { attachTo } from '../../attachments/server/index.ts';
import { ContactSchema, DetailsSchema, WhatSchema, WhereSchema } from '../input.ts';
import type { Receipt } from '../views.ts';
import { readDraft } from './drafts.ts';
import { deleteDraft, lockDraftById, type Draft, type DraftData } from './draft-store.ts';
import { receiptOf } from './queries/receipt.ts';
import { submitEntry, type Submission } from './submit-entry.ts';

const Whole = v.intersect([WhatSchema, WhereSchema, DetailsSchema, ContactSchema]);

/** Sends what a draft holds. Sent twice, even at once, it is one entry with one receipt. */
export async function sendDraft(ctx: Ctx, input: { token: string; once: string; language: string }): Promise<Receipt> {
  const draft = await readDraft(ctx, input.token);
  if (!draft || !(await lockDraftById(ctx, draft.id))) return (await receiptOf(ctx, input.once)) ?? refuse({ because: 'gone', what: 'draft' });
  const receipt = await submitEntry(ctx, toSubmission(draft, input));
  await attachTo(ctx, { draftId: draft.id, owner: { kind: 'entry', id: receipt.id } });
  await deleteDraft(ctx, draft.id);
  return receipt;
}

/** Whatever is still missing is refused beside its field; the check page leads back to it. */
export function toSubmission(draft: Draft, input: { once: string; language: string }): Submission {
  const parsed = v.safeParse(Whole, withLists(draft.data));
  if (!parsed.success) return refuse({ because: 'invalid', fields: problemsOf(parsed.issues) });
  return { ...parsed.output, named: parsed.output.named === true, servedCount: parsed.output.servedCount || null, once: input.once, kind: draft.kind, language: input.language, channel: 'web' };
}

export function draftProblems(data: DraftData): Record<string, string> {
  const parsed = v.safeParse(Whole, withLists(data));
  return parsed.success ? {} : problemsOf(parsed.issues);
}

function withLists(data: DraftData): DraftData {
  return { ...data, sectors: Array.isArray(data.sectors) ? data.sectors : [] };
}

function problemsOf(issues: readonly v.BaseIssue<unknown>[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues) fields[v.getDotPath(issue) ?? 'form'] ??= issue.message;
  return fields;
}
