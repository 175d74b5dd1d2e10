/**
 * Statements of the pages that are read most: building one with Kysely costs more than sending it, so it is built once for each of its shapes, with its
 * values left open.
 */
import { sql, type CompiledQuery, type Kysely, type RawBuilder } from 'kysely';

/** Stands for a value while a statement is built; PostgreSQL never sees it. */
class Slot {
  readonly name: string;
  /** of a list */
  readonly at: number | null;

  constructor(name: string, at: number | null = null) {
    this.name = name;
    this.at = at;
  }

  valueIn(given: Record<string, unknown>): unknown {
    const value = given[this.name];
    return this.at === null ? value : (value as unknown[])[this.at];
  }
}

/** What readers may ask for has more shapes than are ever asked for often. */
const MOST_SHAPES = 200;

type Built<Row> = { compile(): CompiledQuery<Row> };
type Speaks = { db: Pick<Kysely<never>, 'executeQuery'> };

/**
 * `build` is called once for each shape. What it takes from `open` is a value of the statement, whatever it is when the statement is asked; it may be
 * handed on as a value and not looked at. `given` tells which parts the statement has; whatever else depends on `given`, and everything that
 * depends on who asks and when, has to be in the shape or in `open`.
 */
export function prepared<Ctx extends Speaks, Given extends Record<string, unknown>, Row>(
  build: (ctx: Ctx, open: Given, given: Given) => Built<Row>,
  shapeOf: (given: Given) => string = () => '',
): (ctx: Ctx, given: Given) => Promise<Row[]> {
  const shapes = new Map<string, CompiledQuery<Row>>();
  const open = new Proxy({}, { get: (_, name) => new Slot(String(name)) }) as Given;
  return async (ctx, given) => {
    const shape = shapeOf(given);
    let built = shapes.get(shape);
    if (!built) {
      built = build(ctx, open, given).compile();
      if (shapes.size < MOST_SHAPES) shapes.set(shape, built);
    }
    const parameters = built.parameters.map((it) => (it instanceof Slot ? it.valueIn(given) : it));
    return (await ctx.db.executeQuery<Row>({ ...built, parameters } as CompiledQuery<Row>)).rows;
  };
}

const FEW = 12;

/** As many as the shape of a statement tells apart. */
export const manyOf = (ids: readonly string[]): number => Math.min(ids.length, FEW + 1);

/**
 * `in (…)` for ids: PostgreSQL takes a list of unknown length for a long one, and would plan the statement anew each time to find out that it is short.
 * Whoever uses it tells `manyOf` in the shape.
 */
export function among(open: readonly string[], given: readonly string[]): RawBuilder<unknown> {
  const { name } = open as unknown as Slot;
  return given.length <= FEW ? sql`in (${sql.join(given.map((_, at) => sql`${new Slot(name, at)}::uuid`))})` : sql`= any(${open}::uuid[])`;
}
