/** The table of a hearing: many rows in one form, each an entry of its own or a sentence why not. */
import * as v from 'valibot';
import { Refused } from '#kernel/refusal.ts';
import { RowSchema } from '#features/desk/input.ts';
import { HEARING } from '#features/desk/rules.ts';
import { takeFromHearing } from '#features/desk/server/index.ts';

export const COLUMNS = ['kind', 'title', 'text', 'placeWords', 'speakers'] as const;
export type Row = { once: string; fields: Record<string, string> } & Record<(typeof COLUMNS)[number], string>;

export const emptyRow = (): Row => ({ once: crypto.randomUUID(), kind: 'need', title: '', text: '', placeWords: '', speakers: '', fields: {} });
const isEmpty = (row: Row): boolean => [row.title, row.text, row.placeWords, row.speakers].every((text) => text.trim() === '');

/** Rows as they were sent: `title-0`, `title-1` …, at most twenty-five. */
export function readRows(values: Record<string, string>): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < HEARING.rows && values[`once-${at}`] !== undefined; at++) {
    const text = (name: string) => values[`${name}-${at}`] ?? '';
    rows.push({ once: text('once'), kind: text('kind'), title: text('title'), text: text('text'), placeWords: text('placeWords'), speakers: text('speakers'), fields: {} });
  }
  return rows;
}

export const padded = (rows: readonly Row[], count: number): Row[] => [...rows, ...Array.from({ length: Math.min(count, HEARING.rows - rows.length) }, emptyRow)];

/** Takes each row by itself: what is refused comes back with its sentence, everything else is an entry now. */
export async function takeRows(locals: App.Locals, hearing: string, rows: readonly Row[]): Promise<{ taken: string[]; left: Row[] }> {
  const taken: string[] = [];
  const left: Row[] = [];
  for (const row of rows.filter((it) => !isEmpty(it))) {
    const parsed = v.safeParse(RowSchema, row);
    const fields: Record<string, string> = {};
    for (const issue of parsed.issues ?? []) fields[v.getDotPath(issue) ?? 'title'] ??= issue.message;
    if (!parsed.success) {
      left.push({ ...row, fields });
      continue;
    }
    try {
      taken.push((await locals.act(takeFromHearing, { ...parsed.output, hearing, language: locals.lang })).number);
    } catch (failure) {
      if (!(failure instanceof Refused) || !['invalid', 'conflict', 'too-many'].includes(failure.refusal.because)) throw failure;
      left.push({ ...row, fields: failure.refusal.because === 'invalid' ? failure.refusal.fields : { title: failure.refusal.because } });
    }
  }
  return { taken, left };
}
