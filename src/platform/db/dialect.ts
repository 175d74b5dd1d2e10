/** Kysely on one connection, inside the transaction that the door has begun: names in snake_case meet the code's camelCase here and nowhere else. */
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, type QueryResult } from 'kysely';
import type pg from 'pg';
import { snakeCase, Statement, type Answer } from './statement.ts';

/** A Kysely that speaks on this one connection; JSON columns keep their keys. */
export const kyselyOn = <Tables>(client: pg.PoolClient): Kysely<Tables> => new Kysely<Tables>({ dialect: dialectOf(client) });

const dialectOf = (client: pg.PoolClient): Dialect => ({
  createDriver: () => driverOf(new OneConnection(client)),
  createQueryCompiler: () => new SnakeCaseCompiler(),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db),
});

class SnakeCaseCompiler extends PostgresQueryCompiler {
  protected override sanitizeIdentifier(identifier: string): string {
    return super.sanitizeIdentifier(snakeCase(identifier));
  }
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

class OneConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, command, rowCount } = await ask(this.#client, sql, parameters);
    return { rows: rows as Row[], ...(CHANGES.has(command ?? '') ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) };
  }

  streamQuery(): never {
    throw new Error('Rows are read whole: ask for a page of them.');
  }
}

/** The door has taken the connection and begun; nothing of that is left to Kysely. */
function driverOf(connection: DatabaseConnection): Driver {
  const notHere = () => Promise.reject(new Error('The door begins and ends transactions.'));
  const nothing = () => Promise.resolve();
  return { init: nothing, acquireConnection: () => Promise.resolve(connection), beginTransaction: notHere, commitTransaction: notHere, rollbackTransaction: notHere, releaseConnection: nothing, destroy: nothing };
}

/** As many statements as the product has, and some to spare: a list of values in a statement makes it another one with each length. */
const MOST_PLANNED = 400;
const planNames = new Map<string, string>();

/** Whether a word stands in half of all texts or in two of them decides how they are found: what looks for words or letters is planned for these. */
const BY_VALUES = / @@ | <% /;

/**
 * A statement that is asked again and again is parsed and planned once a connection: planning a list costs the database more than
 * reading it. Each gets a name; PostgreSQL itself goes on planning anew where it expects the values to decide.
 */
function ask(client: pg.PoolClient, text: string, values: readonly unknown[]): Promise<Answer> {
  let name = planNames.get(text);
  if (name === undefined && planNames.size < MOST_PLANNED && !BY_VALUES.test(text)) planNames.set(text, (name = `s${planNames.size}`));
  const statement = new Statement(text, values, name);
  void client.query(statement as unknown as pg.Submittable);
  return statement.answer;
}
