/** Rows of a CSV, JSONL or XLSX file, one after the other. A line that cannot be read is a row with its reason. */
import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import readExcel from 'read-excel-file/node';

export type FileRow = { line: number; row: Record<string, unknown> } | { line: number; broken: string; raw: string };

export function readRows(path: string): AsyncGenerator<FileRow> {
  switch (extname(path).toLowerCase()) {
    case '.jsonl': case '.ndjson': return jsonLines(path);
    case '.csv': return csv(path);
    case '.xlsx': return xlsx(path);
    default: throw new Error(`${path}: only .csv, .jsonl and .xlsx can be read.`);
  }
}

async function* jsonLines(path: string): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === '') continue;
    yield jsonRow(line, text);
  }
}

function jsonRow(line: number, raw: string): FileRow {
  try {
    const row: unknown = JSON.parse(raw.replace(/^\uFEFF/, ''));
    return typeof row === 'object' && row !== null && !Array.isArray(row) ? { line, row: row as Record<string, unknown> } : { line, broken: 'not a JSON object', raw };
  } catch {
    return { line, broken: 'not JSON', raw };
  }
}

async function* csv(path: string): AsyncGenerator<FileRow> {
  const parser = createReadStream(path).pipe(parse({ columns: true, bom: true, skip_empty_lines: true, relax_column_count: true, info: true, trim: true }));
  for await (const it of parser as AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>) yield { line: it.info.lines, row: it.record };
}

async function* xlsx(path: string): AsyncGenerator<FileRow> {
  const [sheet] = (await readExcel(path)) as unknown as { data: unknown[][] }[];
  const [head, ...body] = sheet?.data ?? [];
  const names = (head ?? []).map((cell) => String(cell ?? '').trim());
  for (const [at, cells] of body.entries()) {
    yield { line: at + 2, row: Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ''])) };
  }
}
