import type { Selectable } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayRead } from '../access.ts';
import type { Media, Variant } from '../model.ts';
import type { FileContent, FileOwner, FileView } from '../views.ts';
import { toAttachment } from './store.ts';
import type { AttachmentsTables } from './tables.ts';

/**
 * The files of these owners, each owner's in its order. `publicOnly` is the gate for everybody who is not concerned; `sheets` adds scans of
 * filled paper forms, which triage alone reads.
 */
export async function attachmentsOf(ctx: Ctx, { ownerIds, publicOnly, sheets = false }: { ownerIds: readonly string[]; publicOnly: boolean; sheets?: boolean }): Promise<FileView[]> {
  if (ownerIds.length === 0) return [];
  let query = ctx.db.selectFrom('attachments').selectAll().where('ownerId', 'in', [...ownerIds]);
  if (publicOnly) query = query.where('public', '=', true).where('state', '=', 'ready');
  if (!sheets) query = query.where('ownerKind', '<>', 'sheet');
  const views: FileView[] = [];
  for (const row of await query.orderBy('ownerId').orderBy('position').execute()) {
    views.push(toView(row, 1 + views.filter((view) => view.ownerId === row.ownerId && view.media === row.media).length));
  }
  return views;
}

function toView(row: Selectable<AttachmentsTables['attachments']>, ordinal: number): FileView {
  const { owner, ...it } = toAttachment(row);
  return { ...it, ownerId: owner.id, ordinal, kilobytes: Math.max(1, Math.round(row.bytes / 1000)), width: row.width, height: row.height };
}

/** Whose it is, for the route that asks the owner's feature who may read it. */
export async function attachmentOwner(ctx: Ctx, id: string): Promise<FileOwner | null> {
  const row = await ctx.db.selectFrom('attachments').select(['ownerKind', 'ownerId', 'public']).where('id', '=', id).executeTakeFirst();
  return row ? { kind: row.ownerKind, id: row.ownerId, public: row.public } : null;
}

/** The bytes to send. What somebody may not read looks the same as what is not there. */
export async function readAttachment(ctx: Ctx, input: { id: string; variant: Variant; concerned: boolean }): Promise<FileContent> {
  const row = await ctx.db.selectFrom('attachments').selectAll().where('id', '=', input.id).executeTakeFirst();
  if (!row || !mayRead(ctx.actor, toAttachment(row), input.concerned)) return refuse({ because: 'not-found', what: 'file' });
  const file = await ctx.db.selectFrom('attachmentFiles').select(['data', 'mediaType']).where('attachmentId', '=', input.id).where('variant', '=', input.variant).executeTakeFirst();
  if (!file) return refuse({ because: 'not-found', what: 'file' });
  // What is ready never changes: its id and variant say all.
  return { ...file, media: row.media, variant: input.variant, public: row.public, etag: `"${row.id}-${input.variant}"` };
}

/** What the job prepares, or null when it was prepared or removed meanwhile. */
export async function stagedFile(ctx: Ctx, id: string): Promise<{ media: Media; data: Buffer } | null> {
  const row = await ctx.db.selectFrom('attachments').innerJoin('attachmentFiles', 'attachmentFiles.attachmentId', 'attachments.id')
    .select(['attachments.media', 'attachmentFiles.data']).where('attachments.id', '=', id).where('state', '=', 'staged').where('variant', '=', 'staged').executeTakeFirst();
  return row ?? null;
}
