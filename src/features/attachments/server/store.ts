import { sql, type Selectable } from 'kysely';
import type { AttachmentId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import type { Attachment, Media, Owner, Variant } from '../model.ts';
import type { AttachmentsTables } from './tables.ts';

type Row = Selectable<AttachmentsTables['attachments']>;
export type NewFile = { variant: 'staged' | Variant; mediaType: string; data: Buffer };

/** Files for one owner come one after the other; the unique place behind it holds even without this lock. */
export async function lockOwner(ctx: Ctx, ownerId: string): Promise<Attachment[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`attachments ${ownerId}`}, 0))`.execute(ctx.db);
  const rows = await ctx.db.selectFrom('attachments').selectAll().where('ownerId', '=', ownerId).orderBy('position').forUpdate().execute();
  return rows.map(toAttachment);
}

export async function positionsOf(ctx: Ctx, ownerId: string): Promise<number[]> {
  return (await ctx.db.selectFrom('attachments').select('position').where('ownerId', '=', ownerId).execute()).map((row) => row.position);
}

export async function lockAttachment(ctx: Ctx, id: string): Promise<Attachment | null> {
  const row = await ctx.db.selectFrom('attachments').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? toAttachment(row) : null;
}

export function toAttachment(row: Row): Attachment {
  const it = { id: row.id as AttachmentId, owner: { kind: row.ownerKind, id: row.ownerId }, media: row.media, public: row.public };
  return row.state === 'refused' ? { ...it, state: 'refused', problem: row.problem ?? 'broken-file' } : { ...it, state: row.state };
}

export type NewAttachment = { id: AttachmentId; owner: Owner; position: number; media: Media; staged: NewFile };

export async function insertStaged(ctx: Ctx, it: NewAttachment): Promise<void> {
  await ctx.db.insertInto('attachments').values({
    id: it.id, ownerKind: it.owner.kind, ownerId: it.owner.id, position: it.position, media: it.media, state: 'staged', problem: null,
    bytes: it.staged.data.length, width: null, height: null, public: false, createdAt: ctx.now,
  }).execute();
  await ctx.db.insertInto('attachmentFiles').values({ attachmentId: it.id, ...it.staged }).execute();
}

export async function saveOwner(ctx: Ctx, id: AttachmentId, owner: Owner, position: number): Promise<void> {
  await ctx.db.updateTable('attachments').set({ ownerKind: owner.kind, ownerId: owner.id, position }).where('id', '=', id).execute();
}

export async function saveReady(ctx: Ctx, id: string, files: NewFile[], shown: { bytes: number; width: number | null; height: number | null }): Promise<void> {
  await ctx.db.deleteFrom('attachmentFiles').where('attachmentId', '=', id).execute();
  await ctx.db.insertInto('attachmentFiles').values(files.map((file) => ({ attachmentId: id, ...file }))).execute();
  await ctx.db.updateTable('attachments').set({ state: 'ready', ...shown }).where('id', '=', id).execute();
}

export async function saveRefused(ctx: Ctx, id: string, problem: 'broken-file' | 'not-supported' | 'too-big'): Promise<void> {
  await ctx.db.deleteFrom('attachmentFiles').where('attachmentId', '=', id).execute();
  await ctx.db.updateTable('attachments').set({ state: 'refused', problem }).where('id', '=', id).execute();
}

/**
 * Voice notes stay private whatever is asked, and so does what residents showed of a delivery: the body that shows its own files has no
 * say in it. A filled sheet carries its sender's hand, name and number: nobody ever publishes it.
 */
export async function savePublic(ctx: Ctx, ownerId: string, value: boolean): Promise<void> {
  await ctx.db.updateTable('attachments').set({ public: value }).where('ownerId', '=', ownerId).where('ownerKind', 'not in', ['confirmation', 'sheet']).where('media', '<>', 'voice').execute();
}

export async function deleteAttachments(ctx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await ctx.db.deleteFrom('attachments').where('id', 'in', [...ids]).execute();
}

export async function deleteDraftsBefore(ctx: Ctx, before: Date): Promise<number> {
  const result = await ctx.db.deleteFrom('attachments').where('ownerKind', '=', 'draft').where('createdAt', '<', before).executeTakeFirst();
  return Number(result.numDeletedRows);
}
