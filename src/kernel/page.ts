// Lists are paged by the key of the last row shown, so that a list that grows neither repeats nor skips a row.
import * as v from 'valibot';
import { parseId } from './ids.ts';
import { parseDate } from './working-days.ts';

/** The sort key of the last row of a page, in the order of the list's sort; the next page starts after it. */
export type Cursor = readonly (string | number | null)[];
/** How many there are; `more` when counting stopped at a limit, which is `TOTAL_LIMIT` unless it is said otherwise. */
export type Total = { count: number; more: boolean };
/** `next` is the encoded cursor of the page that follows, null on the last one. */
export type Page<T> = { items: readonly T[]; next: string | null };

export const TOTAL_LIMIT = 1000;
const LONGEST_CURSOR = 1024;
const MOST_PARTS = 6;

// PostgreSQL refuses NUL, and a lone surrogate has no UTF-8: both would turn a forged cursor into an error page.
const KeyText = v.pipe(v.string(), v.check((text) => text.isWellFormed() && !text.includes('\0')));
const KeyNumber = v.pipe(v.number(), v.finite());
const Key = v.pipe(v.array(v.nullable(v.union([KeyText, KeyNumber]))), v.minLength(1), v.maxLength(MOST_PARTS));

/** As base64url of JSON, for an address. Throws RangeError for a key that would not be read back. */
export function encodeCursor(cursor: Cursor): string {
  const text = toBase64Url(JSON.stringify(cursor));
  if (!v.is(Key, cursor) || text.length > LONGEST_CURSOR) throw new RangeError('not a sort key');
  return text;
}

/** What a part of a cursor has to be for the database to compare it; `day` also holds `infinity`, which sorts last. */
export type CursorPart = 'id' | 'text' | 'day' | 'instant' | 'count' | 'number';

const FITS: Record<CursorPart, (part: string | number | null | undefined) => boolean> = {
  id: (part) => typeof part === 'string' && parseId(part) !== null,
  text: (part) => typeof part === 'string',
  day: (part) => typeof part === 'string' && (part === 'infinity' || parseDate(part) !== null),
  // As `toISOString` writes it: 31 February and the year 0 are moments to JavaScript and errors to PostgreSQL.
  instant: (part) => typeof part === 'string' && /^[1-9]\d{3}-/.test(part) && !Number.isNaN(Date.parse(part)) && new Date(part).toISOString() === part,
  count: (part) => typeof part === 'number' && Number.isInteger(part) && part >= -(2 ** 31) && part < 2 ** 31,
  number: (part) => typeof part === 'number' && Math.abs(part) < 2 ** 31,
};

/**
 * What an address carried, or null when it is no cursor of this shape: callers show the first page then. A forged part
 * that the database could not compare would be an error page otherwise.
 */
export function decodeCursor(text: string, shape: readonly CursorPart[]): Cursor | null {
  if (text.length > LONGEST_CURSOR || !/^[A-Za-z0-9_-]+$/.test(text)) return null;
  const parsed = v.safeParse(Key, jsonOf(text));
  if (!parsed.success || parsed.output.length !== shape.length) return null;
  return shape.every((part, at) => FITS[part](parsed.output[at])) ? parsed.output : null;
}

/** Rows fetched with a limit of `size + 1`, cut to a page; the row too many only tells that a next page exists. */
export function toPage<T>(rows: readonly T[], size: number, keyOf: (row: T) => Cursor): Page<T> {
  const items = rows.slice(0, size);
  const last = items.at(-1);
  return { items, next: rows.length > size && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

/** The total of a count that stopped at `limit + 1` rows: exact up to the limit, "more than" beyond it. */
export function totalOf(counted: number, limit = TOTAL_LIMIT): Total {
  return { count: Math.min(counted, limit), more: counted > limit };
}

function toBase64Url(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function jsonOf(base64Url: string): unknown {
  try {
    const bytes = Uint8Array.from(atob(base64Url.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}
