/**
 * A statement on its way, as the driver's own, with two differences: its rows come under the names that the code uses, and a planned one is
 * described by the database once a connection, not with every answer.
 */
// The driver names the parts that its statements share with a line beneath.
/* eslint-disable no-underscore-dangle */
import pg from 'pg';

export type Answer = { rows: unknown[]; command: string | null; rowCount: number | null };

type Read = (text: string) => unknown;
type Shape = { names: string[]; read: Read[] };

/** The parts of the driver's connection and statement that are used here; `statement.test.ts` finds out when they change. */
type Wire = { describe(it: object): void };
type Driven = {
  name?: string;
  _result: Answer & { _types: { getTypeParser(type: number, format: string): Read } };
  _canceledDueToError: unknown;
  hasBeenParsed(wire: Wire): boolean;
  prepare(wire: Wire): void;
};
const Driven = pg.Query as unknown as new (text: string, values: readonly unknown[], callback: (error: Error | null, answer: Answer) => void) => Driven;

const wires = new WeakMap<Wire, { shapes: Map<string, Shape>; /** the same wire, on which nothing is asked to be described */ knowing: Wire }>();

export class Statement extends Driven {
  /** settles when the database has answered */
  readonly answer: Promise<Answer>;
  #shape: Shape | undefined;
  #keep: ((shape: Shape) => void) | undefined;

  /** `name`: the database plans it once a connection. */
  constructor(text: string, values: readonly unknown[], name: string | undefined) {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    super(text, values, (error, answer) => (error ? reject(error) : resolve(answer)));
    if (name !== undefined) this.name = name;
    this.answer = promise;
  }

  override prepare(wire: Wire): void {
    const { name } = this;
    if (name === undefined) return super.prepare(wire);
    let known = wires.get(wire);
    if (!known) wires.set(wire, (known = { shapes: new Map(), knowing: Object.create(wire, { describe: { value: () => undefined } }) as Wire }));
    const { shapes, knowing } = known;
    this.#shape = this.hasBeenParsed(wire) ? shapes.get(name) : undefined;
    this.#keep = (shape) => shapes.set(name, shape);
    super.prepare(this.#shape ? knowing : wire);
  }

  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number; format?: string }[] }): void {
    const types = this._result._types;
    this.#shape = { names: fields.map((it) => camelCase(it.name)), read: fields.map((it) => types.getTypeParser(it.dataTypeID, it.format ?? 'text')) };
    this.#keep?.(this.#shape);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    if (this._canceledDueToError) return;
    const { names, read } = this.#shape!;
    const row: Record<string, unknown> = {};
    try {
      for (let at = 0; at < names.length; at++) {
        const text = fields[at]!;
        row[names[at]!] = text === null ? null : read[at]!(text);
      }
    } catch (error) {
      this._canceledDueToError = error;
      return;
    }
    this._result.rows.push(row);
  }
}

const remembered = (change: (name: string) => string) => {
  const known = new Map<string, string>();
  return (name: string): string => {
    let changed = known.get(name);
    // Whatever a statement calls its columns is written in the program: there are only so many.
    if (changed === undefined) known.set(name, (changed = change(name)));
    return changed;
  };
};

/** As the code says it: `submitted_at` is `submittedAt`. */
export const camelCase = remembered((name) => name.replace(/([^_])_+([^_])/g, (_all, before: string, after: string) => before + after.toUpperCase()));

/** As the database says it: `submittedAt` is `submitted_at`. */
export const snakeCase = remembered((name) => name.replace(/([^A-Z])([A-Z])/g, '$1_$2').toLowerCase());
