import { keptSince } from '#kernel/kept-days.ts';
import type { Ctx } from '../../context.ts';
import type { EntryKind } from '../model.ts';

/** What has been written so far, page by page; strings as they were typed. */
export type DraftData = Record<string, string | string[]>;
export type Draft = { id: string; kind: EntryKind; data: DraftData; updatedAt: Date };

export async function insertDraft(ctx: Ctx, draft: { id: string; tokenHash: Buffer; kind: EntryKind; expiresAt: Date }): Promise<void> {
  await ctx.db.insertInto('entryDrafts').values({ ...draft, data: '{}', updatedAt: ctx.now }).execute();
}

export async function findDraft(ctx: Ctx, tokenHash: Buffer): Promise<Draft | null> {
  const row = await ctx.db.selectFrom('entryDrafts').select(['id', 'kind', 'data', 'updatedAt']).where('tokenHash', '=', tokenHash).where('expiresAt', '>', ctx.now).executeTakeFirst();
  return row ? { ...row, data: row.data as DraftData } : null;
}

export async function lockDraft(ctx: Ctx, tokenHash: Buffer): Promise<Draft | null> {
  const row = await ctx.db.selectFrom('entryDrafts').select(['id', 'kind', 'data', 'updatedAt']).where('tokenHash', '=', tokenHash).where('expiresAt', '>', ctx.now).forUpdate().executeTakeFirst();
  return row ? { ...row, data: row.data as DraftData } : null;
}

export async function lockDraftById(ctx: Ctx, id: string): Promise<boolean> {
  return (await ctx.db.selectFrom('entryDrafts').select('id').where('id', '=', id).forUpdate().executeTakeFirst()) !== undefined;
}

export async function updateDraft(ctx: Ctx, id: string, data: DraftData, expiresAt: Date): Promise<void> {
  await ctx.db.updateTable('entryDrafts').set({ data: JSON.stringify(data), updatedAt: ctx.now, expiresAt }).where('id', '=', id).execute();
}

export async function deleteDraft(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.deleteFrom('entryDrafts').where('id', '=', id).execute();
}

export async function deleteExpiredDrafts(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db.deleteFrom('entryDrafts').where('expiresAt', '<=', ctx.now).returning('id').execute();
  return rows.map((row) => row.id);
}

/** The follow-up keys of forms sent more than a day ago: the repeated answer ends with them. */
export async function forgetSealedKeys(ctx: Ctx): Promise<void> {
  await ctx.db.updateTable('entrySubmissions').set({ keySealed: Buffer.alloc(0) })
    .where('at', '<', keptSince(ctx.now, 'receipt')).where('keySealed', '!=', Buffer.alloc(0)).execute();
}

/** The follow-up key of one form that was sent. */
export async function forgetSealedKey(ctx: Ctx, once: string): Promise<void> {
  await ctx.db.updateTable('entrySubmissions').set({ keySealed: Buffer.alloc(0) }).where('once', '=', once).execute();
}
