/** The bytes of a CSV or XLSX file as cells, whatever stands in its first lines. What cannot be read says why, in one word. */
import { inflateRawSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import readExcel from 'read-excel-file/node';

export type UnreadableTable = 'not-utf8' | 'not-a-table' | 'too-many-rows';
export type Grid = { grid: string[][] } | { unreadable: UnreadableTable };

const MOST_ROWS = 100_000;
const MOST_COLUMNS = 200;
/** What a sheet may become when it is unpacked: a small file can hold a very large one. */
const MOST_UNPACKED = 200 * 1024 * 1024;

export async function readGrid(bytes: Buffer, mostRows = MOST_ROWS): Promise<Grid> {
  const read = isZip(bytes) ? await sheet(bytes) : csv(bytes);
  if (typeof read === 'string') return { unreadable: read };
  if (read.length > mostRows) return { unreadable: 'too-many-rows' };
  return { grid: read.map((row) => row.slice(0, MOST_COLUMNS)) };
}

const isZip = (bytes: Buffer): boolean => bytes.length > 4 && bytes.readUInt32LE(0) === LOCAL_FILE;

function csv(bytes: Buffer): string[][] | UnreadableTable {
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (text.includes('\uFFFD')) return 'not-utf8';
  if (text.includes('\0')) return 'not-a-table';
  try {
    const grid = parse(text, { delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: false, trim: true }) as string[][];
    // An apostrophe before the sign of a formula was put there when the table was written.
    return grid.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@＝＋－＠])/, '')));
  } catch {
    return 'not-a-table';
  }
}

/** Spreadsheets of other countries part cells by semicolons, and some by tabs: the sign that the first line of several cells holds most of. Further down, lists hold signs of their own. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 5_000).split(/\r?\n/).find((line) => /([,;\t]).*\1/.test(line)) ?? text.slice(0, 5_000);
  const count = (sign: string) => head.split(sign).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0]!;
}

async function sheet(bytes: Buffer): Promise<string[][] | UnreadableTable> {
  if (!unpacksWithin(bytes, MOST_UNPACKED)) return 'not-a-table';
  try {
    const [first] = (await readExcel(bytes)) as unknown as { data: unknown[][] }[];
    return (first?.data ?? []).map((row) => row.map(cellOf));
  } catch {
    return 'not-a-table';
  }
}

const cellOf = (cell: unknown): string => (cell === null || cell === undefined ? '' : cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim());

const LOCAL_FILE = 0x04034b50;
const CENTRAL_FILE = 0x02014b50;
const DIRECTORY_END = 0x06054b50;
const DEFLATED = 8;

/** Unpacks every file of the archive with a limit, since the sizes that it states of itself need not be true. */
function unpacksWithin(zip: Buffer, most: number): boolean {
  try {
    const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || zip.readUInt32LE(end) !== DIRECTORY_END) return false;
    let left = most;
    let at = zip.readUInt32LE(end + 16);
    for (let files = zip.readUInt16LE(end + 10); files > 0; files--) {
      if (zip.readUInt32LE(at) !== CENTRAL_FILE) return false;
      const [packed, local] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
      const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const content = zip.subarray(from, from + packed);
      left -= zip.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(content, { maxOutputLength: Math.max(left, 1) }).length : content.length;
      if (left < 0) return false;
      at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    }
    return true;
  } catch {
    return false;
  }
}
