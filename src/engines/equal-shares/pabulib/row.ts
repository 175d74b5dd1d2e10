// Reading the cells of the present row: as text, as numbers, as references, each with the error that belongs to it.
import type { Rational } from '../rational.ts';
import { parseDecimal } from '../rational.ts';
import type { ByteTable } from './byte-table.ts';
import { PabulibError, type PabulibProblem } from './error.ts';
import { Records } from './records.ts';

const largestAmount = 10n ** 18n;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const loose = new TextDecoder();

export class Row {
  readonly records: Records;

  constructor(onRow: () => void) {
    this.records = new Records(onRow);
  }

  get line(): number {
    return this.records.line;
  }

  text(cell: number): string {
    const { bytes, from, to } = this.records;
    try {
      return utf8.decode(bytes.subarray(from[cell], to[cell]));
    } catch {
      return this.fail('not-utf8', 'the text is not UTF-8');
    }
  }

  isEmpty(cell: number): boolean {
    return this.records.from[cell] === this.records.to[cell];
  }

  intern(table: ByteTable, cell: number): number {
    const { bytes, from, to } = this.records;
    try {
      return table.intern(bytes, from[cell]!, to[cell]!);
    } catch {
      return this.fail('not-utf8', 'the text is not UTF-8');
    }
  }

  /** An amount of money, in units of currency: 0 or more, at most 10^18, at most nine decimals. */
  amount(cell: number, what: string): Rational {
    const value = this.number(this.text(cell), what);
    if (value.num > largestAmount * value.den || value.den > 10n ** 9n) this.fail('too-large', `${what} is above 10^18, or has more than nine decimals`);
    return value;
  }

  number(written: string, what: string): Rational {
    const value = parseDecimal(written);
    if (value === null) this.fail('not-a-number', `${what} is not a number: "${written.slice(0, 40)}"`);
    if (value.num < 0n) this.fail('below-zero', `${what} is below zero: ${written}`);
    return value;
  }

  /** Bytes that may be anything, for use in a sentence or a number. */
  piece(from: number, to: number): string {
    return loose.decode(this.records.bytes.subarray(from, to));
  }

  fail(problem: PabulibProblem, sentence: string): never {
    throw new PabulibError(problem, this.records.line, sentence);
  }
}
