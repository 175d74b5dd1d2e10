/** A CSV or XLSX file as cells, whatever stands in its first lines. */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { parse } from 'csv-parse/sync';
import readExcel from 'read-excel-file/node';

const MOST_ROWS = 100_000;
const MOST_COLUMNS = 200;

export async function readGrid(path: string): Promise<string[][]> {
  const grid = extname(path).toLowerCase() === '.xlsx' ? await sheet(path) : extname(path).toLowerCase() === '.csv' ? csv(path) : null;
  if (!grid) throw new Error(`${path}: only .csv and .xlsx can be read.`);
  if (grid.length > MOST_ROWS) throw new Error(`${path}: more than ${MOST_ROWS.toLocaleString('en')} lines. Divide it.`);
  return grid.map((row) => row.slice(0, MOST_COLUMNS));
}

function csv(path: string): string[][] {
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  if (text.includes('\uFFFD')) throw new Error(`${path} is not UTF-8. Save it as «CSV UTF-8».`);
  const grid = parse(text, { delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: false, trim: true }) as string[][];
  // An apostrophe before the sign of a formula was put there when the table was written.
  return grid.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@＝＋－＠])/, '')));
}

/** Spreadsheets of other countries part cells by semicolons, and some by tabs: the sign that the first line of several cells holds most of. Further down, lists hold signs of their own. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 5_000).split(/\r?\n/).find((line) => /([,;\t]).*\1/.test(line)) ?? text.slice(0, 5_000);
  const count = (sign: string) => head.split(sign).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0]!;
}

async function sheet(path: string): Promise<string[][]> {
  const [first] = (await readExcel(path)) as unknown as { data: unknown[][] }[];
  return (first?.data ?? []).map((row) => row.map(cellOf));
}

const cellOf = (cell: unknown): string => (cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim());
