import { guessCommentFormat, readCommentRow, type CommentFormat, type ImportedComment } from '#features/comments/import-formats.ts';
import { importComments } from '#features/comments/server/index.ts';
import { TERMINAL, type Installation } from '../house/open.ts';
import { readRows } from '../house/read-rows.ts';
import { writeRefused, type RefusedRow } from '../house/refused.ts';

const BATCH = 500;

type Comments = { file: string; format: CommentFormat | undefined; source: string | undefined; publish: boolean };

/** Brings comments to the entries of the same source; what a moderator reads first is counted as a draft. */
export async function bringComments(it: Installation, { file, format, source, publish }: Comments): Promise<{ imported: number; drafts: number; skipped: number; refused: number }> {
  const refused: RefusedRow[] = [];
  const count = { imported: 0, drafts: 0, skipped: 0 };
  let chosen = format;
  let batch: { line: number; row: unknown; comment: ImportedComment }[] = [];
  const flush = async () => {
    const done = await it.house.act(TERMINAL, importComments, { source: source ?? chosen ?? 'abwab', publish, comments: batch.map((one) => one.comment) });
    count.imported += done.imported;
    count.drafts += done.held;
    count.skipped += done.skipped;
    for (const { externalId, reason } of done.refused) {
      const found = batch.find((one) => one.comment.externalId === externalId);
      refused.push({ line: found?.line ?? 0, reason, row: found?.row });
    }
    batch = [];
  };
  for await (const row of readRows(file)) {
    if ('broken' in row) {
      refused.push({ line: row.line, reason: row.broken, row: row.raw });
      continue;
    }
    chosen ??= guessCommentFormat(row.row);
    const read = readCommentRow(chosen, row.row);
    if ('refused' in read) refused.push({ line: row.line, reason: read.refused, row: row.row });
    else batch.push({ line: row.line, row: row.row, comment: read.comment });
    if (batch.length >= BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  await writeRefused(file, refused.sort((a, b) => a.line - b.line));
  return { ...count, refused: refused.length };
}
