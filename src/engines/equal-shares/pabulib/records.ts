// From bytes in pieces to rows of cells: semicolons, double quotes as in CSV, any line end, a byte order mark or UTF-16.
import { PabulibError } from './error.ts';

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
const semicolon = 59;
const longestRow = 16 * 1024 * 1024;

type QuotedRow = { copy: number[]; borders: number[]; at: number; lines: number };

/** Calls `onRow` for every row with anything in it; the cells are `bytes[from[i], to[i])`, without spaces around them. */
export class Records {
  /** Where the cells of the row lie. Valid only during `onRow`. */
  bytes: Uint8Array = new Uint8Array(0);
  readonly from: number[] = [];
  readonly to: number[] = [];
  cells = 0;
  /** The line on which the row begins, from 1. */
  line = 1;
  /** Cells so far in which text follows a closing quote. */
  looseQuotes = 0;

  private readonly onRow: () => void;
  private rest: Uint8Array = new Uint8Array(0);
  private recode: ((chunk: Uint8Array, last: boolean) => Uint8Array) | null = null;
  private started = false;
  private lineEnd = 0;

  constructor(onRow: () => void) {
    this.onRow = onRow;
  }

  push(chunk: Uint8Array): void {
    this.take(this.started && this.recode ? this.recode(chunk, false) : chunk, false);
  }

  end(): void {
    if (!this.started) this.take(new Uint8Array(0), true);
    else this.take(this.recode ? this.recode(new Uint8Array(0), true) : new Uint8Array(0), true);
  }

  private take(chunk: Uint8Array, last: boolean): void {
    let data = this.rest.length === 0 ? chunk : joined(this.rest, chunk);
    this.rest = new Uint8Array(0);
    if (!this.started) {
      if (data.length < 4 && !last) return void (this.rest = data);
      data = this.start(data, last);
    }
    const used = this.rows(data, last);
    if (used < data.length) this.rest = data.slice(used);
    if (this.rest.length > longestRow) throw new PabulibError('bad-quoting', this.line, 'a row is longer than 16 MB: a quote is not closed, or this is not a text file');
  }

  /** Looks at the first bytes: a byte order mark goes, UTF-16 becomes UTF-8. */
  private start(data: Uint8Array, last: boolean): Uint8Array {
    this.started = true;
    if (data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf) return data.subarray(3);
    const wide = data[0] === 0xff && data[1] === 0xfe ? 'utf-16le' : data[0] === 0xfe && data[1] === 0xff ? 'utf-16be' : null;
    if (wide === null) return data;
    const decoder = new TextDecoder(wide);
    const encoder = new TextEncoder();
    this.recode = (chunk, end) => encoder.encode(decoder.decode(chunk, { stream: !end }));
    return this.recode(data, last);
  }

  /** Handles all complete rows and says how many bytes they took. */
  private rows(data: Uint8Array, last: boolean): number {
    if (this.lineEnd === 0 && !this.chooseLineEnd(data, last)) return 0;
    let at = 0;
    let nextQuote = data.indexOf(quote);
    while (at < data.length) {
      const found = data.indexOf(this.lineEnd, at);
      if (nextQuote >= 0 && nextQuote < at) nextQuote = data.indexOf(quote, at);
      const quoted = nextQuote >= 0 && (found < 0 || nextQuote < found);
      if (found < 0 && !last && !quoted) return at;
      const end = quoted ? this.quotedRow(data, at, last) : this.plainRow(data, at, found < 0 ? data.length : found);
      if (end < 0) return at;
      at = end;
    }
    return at;
  }

  /** Old files end lines by a carriage return alone; the first line shows it. */
  private chooseLineEnd(data: Uint8Array, last: boolean): boolean {
    const feed = data.indexOf(lineFeed);
    const back = data.indexOf(carriageReturn);
    if (!last && (feed < 0 || back >= 0) && (back < 0 || back === data.length - 1)) return false;
    this.lineEnd = back >= 0 && data[back + 1] !== lineFeed && (feed < 0 || back < feed) ? carriageReturn : lineFeed;
    return true;
  }

  private plainRow(data: Uint8Array, at: number, end: number): number {
    this.bytes = data;
    this.cells = 0;
    let begin = at;
    for (let i = at; i < end; i++) {
      if (data[i] !== semicolon) continue;
      this.cell(begin, i);
      begin = i + 1;
    }
    this.cell(begin, end);
    this.finish(1);
    return end + 1;
  }

  /** A row with quotes: its cells are copied without them. -1 when the row is not complete. */
  private quotedRow(data: Uint8Array, at: number, last: boolean): number {
    const row: QuotedRow = { copy: [], borders: [], at, lines: 0 };
    for (;;) {
      row.borders.push(row.copy.length);
      let first = row.at;
      while (data[first] === 32 || data[first] === 9) first++;
      if (data[first] !== quote) this.bareCell(data, row);
      else if (!this.quotedCell(data, row, first + 1, last)) return -1;
      row.borders.push(row.copy.length);
      if (row.at >= data.length && !last) return -1;
      if (row.at >= data.length || data[row.at] === this.lineEnd) break;
      row.at++;
    }
    this.bytes = Uint8Array.from(row.copy);
    this.cells = 0;
    for (let k = 0; k < row.borders.length; k += 2) this.cell(row.borders[k]!, row.borders[k + 1]!);
    this.finish(row.lines + 1);
    return row.at + 1;
  }

  private bareCell(data: Uint8Array, row: QuotedRow): void {
    while (row.at < data.length && data[row.at] !== semicolon && data[row.at] !== this.lineEnd) row.copy.push(data[row.at++]!);
  }

  /** False when the cell does not end in `data`. */
  private quotedCell(data: Uint8Array, row: QuotedRow, begin: number, last: boolean): boolean {
    let i = begin;
    for (; data[i] !== quote || data[i + 1] === quote; i++) {
      if (i >= data.length) return this.openQuote(last);
      if (data[i] === quote) i++;
      if (data[i] === this.lineEnd) row.lines++;
      row.copy.push(data[i]!);
    }
    i++;
    while (data[i] === 32 || data[i] === 9 || (data[i] === carriageReturn && this.lineEnd === lineFeed)) i++;
    row.at = i;
    if (i < data.length && data[i] !== semicolon && data[i] !== this.lineEnd) this.afterQuote(data, row, begin);
    return true;
  }

  /** `"Flowers" for all`: the cell only begins with a quoted word. It is text as it stands, with its quotes. */
  private afterQuote(data: Uint8Array, row: QuotedRow, begin: number): void {
    this.looseQuotes++;
    row.copy.length = row.borders.at(-1)!;
    row.copy.push(...data.subarray(begin - 1, row.at));
    this.bareCell(data, row);
  }

  private openQuote(last: boolean): boolean {
    if (last) throw new PabulibError('bad-quoting', this.line, 'a quote is opened here and never closed');
    return false;
  }

  private cell(from: number, to: number): void {
    while (from < to && this.bytes[from]! <= 32) from++;
    while (to > from && this.bytes[to - 1]! <= 32) to--;
    this.from[this.cells] = from;
    this.to[this.cells++] = to;
  }

  private finish(lines: number): void {
    let blank = true;
    for (let i = 0; i < this.cells && blank; i++) blank = this.from[i] === this.to[i];
    if (!blank) this.onRow();
    this.line += lines;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
