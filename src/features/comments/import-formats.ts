/** Rows of other systems as comments. Pure. `consul`: {id, proposal_id, text, created_at?, parent_id?}; `abwab`: {externalId, entry, text, parent?, sentAt?, language?}. */
import { cleanText, codePoints } from '#kernel/text-limits.ts';

export const COMMENT_FORMATS = ['abwab', 'consul'] as const;
export type CommentFormat = (typeof COMMENT_FORMATS)[number];
/** `entry`: the id that the entry has where both come from, or its number here. */
export type ImportedComment = { externalId: string; entry: string; parent: string; text: string; language: string; sentAt: Date | null };
export type CommentReading = { comment: ImportedComment } | { refused: string };
type Row = Record<string, unknown>;

export const guessCommentFormat = (row: Row): CommentFormat => ('proposal_id' in row || 'commentable_id' in row ? 'consul' : 'abwab');

export function readCommentRow(format: CommentFormat, row: Row): CommentReading {
  const raw = format === 'consul'
    ? { externalId: text(row.id), entry: text(row.proposal_id ?? row.commentable_id), parent: text(row.parent_id ?? ''), text: lines(row.text ?? row.body), language: text(row.language) || 'es', sentAt: text(row.created_at) }
    : { externalId: text(row.externalId), entry: text(row.entry), parent: text(row.parent), text: lines(row.text), language: text(row.language) || 'ar', sentAt: text(row.sentAt) };
  if (raw.externalId === '' || codePoints(raw.externalId) > 100) return { refused: 'id: missing, or longer than 100 characters' };
  if (raw.entry === '' || codePoints(raw.entry) > 100) return { refused: 'entry: missing, or longer than 100 characters' };
  if (raw.text === '') return { refused: 'text: missing' };
  if (codePoints(raw.text) > 20_000) return { refused: 'text: longer than 20000 characters' };
  if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(raw.language)) return { refused: 'language: not a language tag' };
  const sentAt = raw.sentAt === '' ? null : new Date(raw.sentAt);
  if (sentAt && (Number.isNaN(sentAt.getTime()) || sentAt.getTime() > Date.now() + 86_400_000 || sentAt.getFullYear() < 1990)) return { refused: 'time: not one between 1990 and today' };
  return { comment: { ...raw, sentAt } };
}

const text = (value: unknown): string => cleanText(value === null || value === undefined ? '' : String(value), false);
const lines = (value: unknown): string => cleanText(value === null || value === undefined ? '' : String(value), true);
