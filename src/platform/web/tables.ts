/** Lists as files for spreadsheets: CSV page by page, XLSX whole. */
import { stringify } from 'csv-stringify/sync';
import type { RequestEvent } from '@sveltejs/kit';
import writeExcel from 'write-excel-file/node';
import { attachment, begun, stream } from './api.ts';

export type Cell = string | number | boolean | null;
/** `tag`: what it is in HXL, for a second line below the headings. */
export type Column<Row> = { key: string; tag?: string; of: (row: Row) => Cell };
/** The next part of a list and the cursor of what follows. */
export type Parts<Row> = (after: string) => Promise<{ items: readonly Row[]; next: string | null }>;

/** Excel takes a file for UTF-8 only when it begins with this. */
const MARK = '\ufeff';
// A sheet holds 1,048,576 rows; a list that long is read as CSV, in parts.
const MOST_IN_A_SHEET = 100_000;

/** The file grows while it is read: no list is held whole in memory. A cell that begins like a formula is defused. */
export function csvStream<Row>(columns: readonly Column<Row>[], parts: Parts<Row>, tagged = false): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: string | null = '';
  let head = true;
  return new ReadableStream({
    async pull(controller) {
      if (after === null) return controller.close();
      const part = await parts(after);
      const rows = part.items.map((row) => columns.map((column) => column.of(row)));
      const text = stringify([...(head ? headOf(columns, tagged) : []), ...rows], { escape_formulas: true, cast: { boolean: String } });
      controller.enqueue(encoder.encode((head ? MARK : '') + text));
      head = false;
      after = part.next;
    },
  });
}

const headOf = <Row>(columns: readonly Column<Row>[], tagged: boolean): string[][] => [columns.map((column) => column.key), ...(tagged ? [columns.map((column) => column.tag ?? '')] : [])];

/** A sheet with a heading line; refuses nothing, stops at `MOST_IN_A_SHEET` rows. */
export async function xlsxFile<Row>(columns: readonly Column<Row>[], parts: Parts<Row>, tagged = false): Promise<Uint8Array> {
  const rows: (Cell | { value: string; fontWeight: 'bold' })[][] = headOf(columns, tagged).map((line) => line.map((value) => ({ value, fontWeight: 'bold' as const })));
  for (let after: string | null = ''; after !== null && rows.length <= MOST_IN_A_SHEET;) {
    const part: Awaited<ReturnType<Parts<Row>>> = await parts(after);
    for (const row of part.items) rows.push(columns.map((column) => column.of(row)));
    after = part.next;
  }
  return writeExcel(rows, { stickyRowsCount: 1 }).toBuffer();
}

type Table<Row> = { name: string; columns: readonly Column<Row>[]; parts: Parts<Row>; /** with the line of HXL tags */ tagged?: boolean };
const today = (): string => new Date().toISOString().slice(0, 10);

export const csvAnswer = <Row>(event: RequestEvent, it: Table<Row>): Promise<Response> =>
  stream(event, async () => csvStream(it.columns, await begun(it.parts), it.tagged), { 'content-type': 'text/csv; charset=utf-8', ...attachment(it.name, today(), 'csv') });

export const xlsxAnswer = <Row>(event: RequestEvent, it: Table<Row>): Promise<Response> =>
  stream(event, () => xlsxFile(it.columns, it.parts, it.tagged), { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ...attachment(it.name, today(), 'xlsx') });
