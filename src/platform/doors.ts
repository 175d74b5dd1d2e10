/**
 * Ask and act: the only way from the edge into a feature.
 * `ask` runs a query in a read-only transaction (PostgreSQL refuses a write in it); `act` runs a use case in one
 * transaction that is committed whole or not at all. A refusal is thrown and rolls back.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { CamelCasePlugin, Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { announcer } from './db/changes.ts';
import { isAway, Paused } from './db/away.ts';
import type { Profile } from './profile.ts';
import { openReading, type Reading } from './reading.ts';
import type { Secrets } from './secrets.ts';

export type Enqueue = (task: string, payload: object, options?: { key?: string; at?: Date }) => Promise<void>;

/** What every query and use case is given. `now` is the database's clock and the only one. */
export type BaseCtx<Tables> = {
  db: Kysely<Tables>;
  actor: Actor;
  now: Date;
  profile: Profile;
  secrets: Secrets;
  /** A keyed hash of the caller's network, for rate limits; null for jobs and the terminal. */
  caller: string | null;
  enqueue: Enqueue;
};

export type Who = { actor: Actor; caller: string | null };

export type Doors<Tables> = {
  ask<I, O>(who: Who, query: (ctx: BaseCtx<Tables>, input: I) => Promise<O>, input: I): Promise<O>;
  act<I, O>(who: Who, useCase: (ctx: BaseCtx<Tables>, input: I) => Promise<O>, input: I): Promise<O>;
  close(): Promise<void>;
};

export type DoorOptions = {
  pool: pg.Pool; profile: Profile; secrets: Secrets; clock?: () => Date;
  /** true while there is no room for what people write; the house's own jobs go on, so that the record stays whole */
  full?: () => boolean;
};

const READ = 'begin isolation level repeatable read read only; select now() as now';
const WRITE = 'begin; select now() as now';
const END_READ = 'commit';
const END_WRITE = 'select pg_current_xact_id_if_assigned() is not null as wrote; commit';
/** A database that does not even begin in this time is away, whatever it may still be doing. */
const BEGIN_MS = 1_700;

export function openDoors<Tables>(options: DoorOptions): Doors<Tables> & { reading(): Reading<Who, BaseCtx<Tables>> } {
  const bound = new WeakMap<pg.PoolClient, Kysely<Tables>>();
  const changes = announcer(options.pool);

  async function run<I, O>(begin: string, end: string, who: Who, work: (ctx: BaseCtx<Tables>, input: I) => Promise<O>, input: I): Promise<O> {
    const client = await options.pool.connect();
    let broken: Error | undefined;
    try {
      const now = await start(client, begin);
      const result = await work(context(client, who, options.clock?.() ?? now), input);
      const ended = (await client.query(end)) as unknown as pg.QueryResult<{ wrote: boolean }>[];
      if (end === END_WRITE && ended[0]!.rows[0]!.wrote) changes.changed();
      return result;
    } catch (error) {
      // Whoever does not answer is not asked to take back what it was told: the connection goes, and the transaction with it.
      if (isAway(error)) broken = error as Error;
      else await client.query('rollback').catch((lost: Error) => (broken = lost));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  function context(client: pg.PoolClient, who: Who, now: Date): BaseCtx<Tables> {
    let db = bound.get(client);
    if (!db) bound.set(client, (db = kyselyOn(client)));
    return { db, now, actor: who.actor, caller: who.caller, profile: options.profile, secrets: options.secrets, enqueue: enqueueOn(client) };
  }

  return {
    reading: () => openReading<Who, BaseCtx<Tables>>({ pool: options.pool, begin: (client) => start(client, READ), end: END_READ, context: (client, who, now) => context(client, who, options.clock?.() ?? now) }),
    ask: (who, query, input) => run(READ, END_READ, who, query, input),
    async act(who, useCase, input) {
      if (options.full?.() && !(who.actor.kind === 'system' && who.actor.job !== 'terminal')) throw new Paused('full');
      return retried(() => run(WRITE, END_WRITE, who, useCase, input));
    },
    async close() {
      await changes.flushed();
      await options.pool.end();
    },
  };
}

async function start(client: pg.PoolClient, begin: string): Promise<Date> {
  let late: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    // Where this process itself was held up, what has arrived meanwhile is read first.
    late = setTimeout(() => setImmediate(() => setImmediate(() => reject(new Error('Query read timeout')))), BEGIN_MS);
  });
  const asked = client.query(begin) as unknown as Promise<pg.QueryResult<{ now: Date }>[]>;
  asked.catch(() => undefined);
  const results = await Promise.race([asked, silence]).finally(() => clearTimeout(late));
  return results[1]!.rows[0]!.now;
}

/** A Kysely that speaks on this one connection, inside the transaction that the door has begun. */
function kyselyOn<Tables>(client: pg.PoolClient): Kysely<Tables> {
  const single = { query: client.query.bind(client), release: () => undefined };
  const pool = { connect: async () => single, end: async () => undefined };
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: pool as never }),
    // snake_case in SQL meets camelCase in code here and nowhere else; JSON columns keep their keys.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

function enqueueOn(client: pg.PoolClient): Enqueue {
  return async (task, payload, { key, at } = {}) => {
    await client.query('select abwab_queue.enqueue($1, $2, $3, $4)', [task, JSON.stringify(payload), key ?? null, at ?? null]);
  };
}

/** Serialisation failures and deadlocks are PostgreSQL asking to try again; everything else is passed on. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (attempt >= 4 || (code !== '40001' && code !== '40P01')) throw error;
      await wait(attempt * 15);
    }
  }
}
