import { sql, type Selectable, type SqlBool } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import { among, manyOf, prepared } from '#platform/db/prepared.ts';
import type { Asks, Ctx } from '../../context.ts';
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
  const views: FileView[] = [];
  for (const row of await filesOf(ctx, { ownerIds, publicOnly, sheets })) {
    views.push(toView(row, 1 + views.filter((view) => view.ownerId === row.ownerId && view.media === row.media).length));
  }
  return views;
}

type Wanted = { ownerIds: readonly string[]; publicOnly: boolean; sheets: boolean };

const filesOf = prepared((ctx: Asks, open: Wanted, { ownerIds, publicOnly, sheets }: Wanted) => {
  let query = ctx.db.selectFrom('attachments').selectAll().where(sql<SqlBool>`owner_id ${among(open.ownerIds, ownerIds)}`);
  if (publicOnly) query = query.where(sql<SqlBool>`public and state = 'ready'`);
  if (!sheets) query = query.where(sql<SqlBool>`owner_kind <> 'sheet'`);
  return query.orderBy('ownerId').orderBy('position');
}, ({ ownerIds, publicOnly, sheets }) => `${manyOf(ownerIds)} ${publicOnly} ${sheets}`);

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
