/** A table as people keep it (any heading, an HXL row or none, titles above) as rows of known columns. Pure. */
import { norm } from '#engines/text/index.ts';
import { looksLikeBeneficiaries } from './beneficiaries.ts';
import { keyOfHeading, keyOfTag, readTag, type AnyKey } from './columns.ts';

export type Cells = readonly string[];
export type TableRow = { /** from 1, as a spreadsheet counts */ line: number; cells: Partial<Record<AnyKey, string>> };
export type ReadTable = { rows: TableRow[] } | { refused: 'no-headings' | 'people' | 'no-name' };

/** The row of tags stands among the first lines; titles may stand above it. */
const SEARCHED = 25;

/** Whole tables only: what a list is shows in its headings and cells together, before anything of it is kept. */
export function readTable(grid: readonly Cells[]): ReadTable {
  const tagged = grid.slice(0, SEARCHED).findIndex(isTagRow);
  const heading = tagged >= 0 ? tagged - 1 : headingRow(grid);
  const first = tagged >= 0 ? tagged + 1 : heading + 1;
  const width = Math.max(0, ...grid.slice(0, first + 1).map((row) => row.length));
  // Where no line names our columns, the first may name those of persons.
  const headings = Array.from({ length: width }, (_, at) => (grid[Math.max(heading, 0)]?.[at] ?? '').trim());
  const tags = Array.from({ length: width }, (_, at) => (tagged >= 0 ? (grid[tagged]?.[at] ?? '').trim() : ''));
  const known = tagged >= 0 ? tags.map(keyOfTag) : headings.map(keyOfHeading);
  const rows = grid.slice(Math.max(first, tagged < 0 ? 1 : 0));
  if (looksLikeBeneficiaries({ headings: headings.map((word, at) => `${word} ${tags[at]}`), rows, known })) return { refused: 'people' };
  if (tagged < 0 && heading < 0) return { refused: 'no-headings' };
  if (!known.some((key) => key !== null && NAMES.includes(key))) return { refused: 'no-name' };
  return { rows: rows.flatMap((row, at) => (row.every((cell) => cell.trim() === '') ? [] : [{ line: first + at + 1, cells: cellsOf(row, known) }])) };
}

const NAMES: readonly AnyKey[] = ['name', 'name_ar', 'name_en', 'name_ku'];

/** At least two tags, and nothing but tags and empty cells. */
function isTagRow(row: Cells): boolean {
  const filled = row.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return filled.length >= 2 && filled.every((cell) => cell.startsWith('#')) && filled.filter((cell) => readTag(cell) !== null).length >= 2;
}

/** The line that holds most headings that we know; at least two, or the only column. */
function headingRow(grid: readonly Cells[]): number {
  const counts = grid.slice(0, SEARCHED).map((row) => row.filter((cell) => keyOfHeading(cell) !== null).length);
  const best = counts.indexOf(Math.max(0, ...counts));
  return (counts[best] ?? 0) >= 2 || ((counts[0] ?? 0) === 1 && grid[0]!.length === 1) ? best : -1;
}

/** Several columns of one meaning are one: places from the wide to the narrow, people counted together. */
function cellsOf(row: Cells, known: readonly (AnyKey | null)[]): TableRow['cells'] {
  const cells: TableRow['cells'] = {};
  for (const [at, key] of known.entries()) {
    const text = (row[at] ?? '').trim();
    if (!key || text === '') continue;
    const before = cells[key];
    cells[key] = before === undefined || before === text ? text : key === 'place' || key === 'places' || key === 'sector' || key === 'sectors' ? `${before};${text}` : key === 'targeted' || key === 'reached' ? added(before, text) : before;
  }
  return cells;
}

const added = (a: string, b: string): string => (/^\d+$/.test(a) && /^\d+$/.test(b) ? String(Number(a) + Number(b)) : a);

/** Whether a name is written in Arabic letters. */
export const isArabic = (text: string): boolean => /[\u0621-\u064a]/.test(text);
/** One spelling of a name, by which two rows are of one organisation. */
export const nameKey = (name: string): string => norm(name).replace(/[^\p{L}\p{N}]+/gu, ' ').trim().slice(0, 190);
