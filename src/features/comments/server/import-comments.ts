import { findPrivateNumbers } from '#engines/screening/index.ts';
import { randomId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { recordMany } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayImport } from '../access.ts';
import type { ImportedComment } from '../import-formats.ts';
import type { CommentId, Hold } from '../model.ts';
import { entriesNamed, importedBefore, type Target } from './import-queries.ts';
import { insertImported, type NewComment } from './store.ts';

export type CommentBatch = { source: string; publish: boolean; comments: readonly ImportedComment[] };
export type CommentCount = { imported: number; held: number; skipped: number; refused: { externalId: string; reason: string }[] };

/**
 * Takes a batch of another system's comments. What looks like a private number waits for a moderator, as everything does without
 * `publish`. Run again it adds nothing: the pair of source and id is unique.
 */
export async function importComments(ctx: Ctx, input: CommentBatch): Promise<CommentCount> {
  allow(mayImport(ctx.actor), 'import comments');
  const unique = [...new Map(input.comments.map((it) => [it.externalId, it])).values()];
  const known = await importedBefore(ctx, input.source, [...unique.map((it) => it.externalId), ...unique.flatMap((it) => it.parent || [])]);
  const fresh = unique.filter((it) => !known.has(it.externalId));
  const entries = await entriesNamed(ctx, input.source, [...new Set(fresh.map((it) => it.entry))]);
  const refused: CommentCount['refused'] = [];
  const rows = new Map<string, NewComment & { on: string }>();
  for (const it of fresh) {
    const on = entries.get(it.entry);
    const parent = it.parent === '' ? null : rootOf(it.parent, rows, known);
    if (!on) refused.push({ externalId: it.externalId, reason: 'entry: there is none of this source and id' });
    else if (parent === undefined) refused.push({ externalId: it.externalId, reason: 'parent: there is no such comment before it' });
    else rows.set(it.externalId, toNew(ctx, input, it, on, parent));
  }
  const stored = await insertImported(ctx, [...rows.values()]);
  const added = [...rows.values()].filter((row) => stored.has(row.id));
  await recordMany(ctx, 'comment.imported', added.map((row) => ({ subject: { kind: 'comment' as const, id: row.id }, public: row.state === 'published', detail: { on: row.on, source: input.source } })));
  const held = added.filter((row) => row.state === 'held').length;
  return { imported: added.length - held, held, skipped: input.comments.length - added.length - refused.length, refused };
}

/** The comment that a conversation began with; undefined when the one answered is not there. */
function rootOf(parent: string, rows: ReadonlyMap<string, NewComment>, known: ReadonlyMap<string, { id: string; parentId: string | null }>): CommentId | undefined {
  const here = rows.get(parent);
  if (here) return here.parent ?? here.id;
  const before = known.get(parent);
  return before && ((before.parentId ?? before.id) as CommentId);
}

function toNew(ctx: Ctx, input: CommentBatch, it: ImportedComment, on: Target, parent: CommentId | null): NewComment & { on: string } {
  const heldFor: Hold[] = [...(input.publish && on.open ? [] : ['import' as const]), ...(findPrivateNumbers(it.text).length > 0 ? ['number' as const] : [])];
  return {
    id: randomId<'comment'>() as CommentId, subject: { kind: 'entry', id: on.id }, parent, author: null, official: null, language: it.language, text: it.text, heldFor,
    state: heldFor.length > 0 ? 'held' : 'published', sentAt: it.sentAt ?? ctx.now, source: input.source, externalId: it.externalId, on: on.number,
  };
}
