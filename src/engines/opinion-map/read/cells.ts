// Comma-separated text, read from bytes as they come: a matrix of ten million cells is never held as text.
import { Unmappable } from '../conversation.ts';

const COMMA = 44;
const QUOTE = 34;
const LINE = 10;
const RETURN = 13;

/**
 * Calls `cell(text bytes, column)` for every cell and `end()` after every line that is not empty. The bytes are valid during the call.
 * Quotes as in RFC 4180; line ends LF or CR LF; a byte order mark is skipped.
 */
export type CellReader = { cell(bytes: Uint8Array, start: number, end: number, column: number): void; end(columns: number): void };

/** Splits chunks of bytes into cells. */
export function readCells(chunks: Iterable<Uint8Array>, reader: CellReader): void {
  const splitter = new Splitter(reader);
  let first = true;
  for (const chunk of chunks) {
    const marked = first && chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf;
    splitter.take(marked ? chunk.subarray(3) : chunk);
    first = false;
  }
  splitter.finish();
}

class Splitter {
  private readonly reader: CellReader;
  private held = new Uint8Array(256);
  private size = 0;
  private column = 0;
  private quoted = false;
  private closing = false;
  private wasQuoted = false;

  constructor(reader: CellReader) {
    this.reader = reader;
  }

  take(chunk: Uint8Array): void {
    let i = 0;
    while (i < chunk.length) {
      if (!this.quoted && !this.closing && this.size === 0 && !this.wasQuoted) {
        i = this.plainCells(chunk, i);
        if (i >= chunk.length) return;
      }
      this.byte(chunk[i++]!);
    }
  }

  finish(): void {
    if (this.quoted && !this.closing) throw new Unmappable('a quotation mark is opened and never closed');
    if (this.column > 0 || this.size > 0 || this.wasQuoted) this.endLine();
  }

  // The fast way: cells without quotation marks that end within the chunk are handed on where they lie.
  private plainCells(chunk: Uint8Array, from: number): number {
    let start = from;
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === COMMA) {
        this.reader.cell(chunk, start, i, this.column++);
        start = i + 1;
      } else if (byte <= QUOTE && (byte === QUOTE || byte === LINE || byte === RETURN)) {
        return start;
      }
    }
    return start;
  }

  private byte(byte: number): void {
    if (this.closing) {
      this.closing = false;
      if (byte === QUOTE) return this.keep(byte);
      this.quoted = false;
    }
    if (this.quoted) {
      if (byte === QUOTE) this.closing = true;
      else this.keep(byte);
    } else if (byte === QUOTE && this.size === 0) {
      this.quoted = true;
      this.wasQuoted = true;
    } else if (byte === COMMA) this.endCell();
    else if (byte === LINE) this.endLine();
    else if (byte !== RETURN) this.keep(byte);
  }

  private keep(byte: number): void {
    if (this.size === this.held.length) {
      const wider = new Uint8Array(this.size * 2);
      wider.set(this.held);
      this.held = wider;
    }
    this.held[this.size++] = byte;
  }

  private endCell(): void {
    this.reader.cell(this.held, 0, this.size, this.column++);
    this.size = 0;
    this.wasQuoted = false;
  }

  private endLine(): void {
    if (this.column === 0 && this.size === 0 && !this.wasQuoted) return;
    this.endCell();
    this.reader.end(this.column);
    this.column = 0;
  }
}

/** A small table as objects by header. For statements, not for matrices. */
export function readTable(chunks: Iterable<Uint8Array>): { header: string[]; rows: string[][] } {
  const decoder = new TextDecoder();
  const lines: string[][] = [];
  let line: string[] = [];
  readCells(chunks, {
    cell: (bytes, start, end) => void line.push(decoder.decode(bytes.subarray(start, end))),
    end: () => {
      lines.push(line);
      line = [];
    },
  });
  return { header: (lines[0] ?? []).map((name) => name.trim()), rows: lines.slice(1) };
}
