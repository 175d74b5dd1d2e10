import { sql } from 'kysely';
import { hashOf, toHex } from '#engines/merkle-log/index.ts';
import type { Ctx } from '../../context.ts';
import { contentBytes, readLeaf } from '../leaf.ts';
import type { ContentState, RecordLine, RecordStanding } from '../views.ts';
import { loadLog } from './log-store.ts';

/** Lines before an index, newest first; from the end when it is null. */
export async function recordLines(ctx: Ctx, input: { before: number | null; limit: number }): Promise<RecordLine[]> {
  let query = selectLines(ctx).where('recordLeaves.logIndex', 'is not', null);
  if (input.before !== null) query = query.where('recordLeaves.logIndex', '<', BigInt(input.before));
  return (await query.orderBy('recordLeaves.logIndex', 'desc').limit(input.limit).execute()).map(toLine);
}

/** The line with this index, or null. */
export async function recordLine(ctx: Ctx, index: number): Promise<RecordLine | null> {
  const row = await selectLines(ctx).where('recordLeaves.logIndex', '=', BigInt(index)).executeTakeFirst();
  return row ? toLine(row) : null;
}

/** The public lines of these subjects, newest first. */
export async function recordLinesOf(ctx: Ctx, subjects: readonly string[]): Promise<RecordLine[]> {
  if (subjects.length === 0) return [];
  const rows = await selectLines(ctx).where('acts.subjectId', 'in', [...subjects]).orderBy('acts.at', 'desc').orderBy('acts.seq', 'desc').limit(200).execute();
  return rows.map(toLine);
}

/** What stands in the record's way, and how long ago all of it was compared. */
export async function recordStanding(ctx: Ctx): Promise<RecordStanding> {
  const log = await loadLog(ctx);
  return { fault: log?.fault ?? null, checkedAt: log?.checkedAt ?? null, witnessed: log?.witnessed ?? null, nextVkey: log?.nextVkey ?? null };
}

function selectLines(ctx: Ctx) {
  return ctx.db.selectFrom('acts').leftJoin('recordLeaves', 'recordLeaves.actId', 'acts.id').leftJoin('actContents', 'actContents.actId', 'acts.id')
    .select(['acts.id', 'recordLeaves.logIndex', 'actContents.salt', 'actContents.content', sql<string>`acts.leaf`.as('leaf')])
    .where('acts.public', '=', true);
}

function toLine(row: Awaited<ReturnType<ReturnType<typeof selectLines>['execute']>>[number]): RecordLine {
  return { id: row.id, index: row.logIndex === null ? null : Number(row.logIndex), leaf: row.leaf, content: contentState(row) };
}

function contentState({ leaf, salt, content }: { leaf: string; salt: Buffer | null; content: Record<string, string> | null }): ContentState {
  const committed = readLeaf(leaf)?.content ?? null;
  if (!committed) return 'none';
  if (!salt || !content) return 'erased';
  return toHex(hashOf(contentBytes(salt, content))) === committed ? 'kept' : 'differs';
}
