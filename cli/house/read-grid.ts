/** A CSV or XLSX file as cells. */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { readGrid as read, type UnreadableTable } from '#platform/tables/read-grid.ts';

const WHY: Record<UnreadableTable, string> = {
  'not-utf8': 'is not UTF-8. Save it as «CSV UTF-8».', 'not-a-table': 'cannot be read as a table.', 'too-many-rows': 'has more than 100,000 lines. Divide it.',
};

export async function readGrid(path: string): Promise<string[][]> {
  if (!['.csv', '.xlsx'].includes(extname(path).toLowerCase())) throw new Error(`${path}: only .csv and .xlsx can be read.`);
  const it = await read(readFileSync(path));
  if ('unreadable' in it) throw new Error(`${path} ${WHY[it.unreadable]}`);
  return it.grid;
}
