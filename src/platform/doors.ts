/**
 * Ask and act: the only way from the edge into a feature.
 * `ask` runs a query in a read-only transaction (PostgreSQL refuses a write in it); `act` runs a use case in one
 * transaction that is committed whole or not at all. A refusal is thrown and rolls back.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type pg from 'pg';
import type { Actor } from '#kernel/actor.ts';
import { refuse } from '#kernel/refusal.ts';
import { announcer } from './db/changes.ts';
import { isAway, Paused } from './db/away.ts';
import { kyselyOn } from './db/dialect.ts';
import { NO_PULSE, type Pulse } from './db/pulse.ts';
import type { Profile } from './profile.ts';
import { anew, type Memory, type Remember } from './memory.ts';
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
  /** for public figures, which do not depend on who reads; use cases always count anew */
  remember: Remember;
};

export type Who = { actor: Actor; caller: string | null };

export type Doors<Tables> = {
  ask<I, O>(who: Who, query: (ctx: BaseCtx<Tables>, input: I) => Promise<O>, input: I): Promise<O>;
  /** For a query of one statement, which is one moment by itself: no transaction is opened for it. It cannot write either. */
  glance<I, O>(who: Who, query: (ctx: BaseCtx<Tables>, input: I) => Promise<O>, input: I): Promise<O>;
  act<I, O>(who: Who, useCase: (ctx: BaseCtx<Tables>, input: I) => Promise<O>, input: I): Promise<O>;
  close(): Promise<void>;
};

export type DoorOptions = {
  pool: pg.Pool; /** connections that cannot write, for glances; without them a glance is an ask */ readers?: pg.Pool; profile: Profile; secrets: Secrets; clock?: () => Date;
  /** without it every figure is counted anew */
  memory?: Memory;
  /** true while there is no room for what people write; the house's own jobs go on, so that the record stays whole */
  full?: () => boolean;
  /** of those who answer people: nobody waits for a database that hangs. A terminal and a job have time */
  pulse?: Pulse;
};

const READ = 'begin isolation level repeatable read read only; select now() as now';
const WRITE = 'begin; select now() as now';
const END_READ = 'commit';
const END_WRITE = 'select pg_current_xact_id_if_assigned() is not null as wrote; commit';

export function openDoors<Tables>(options: DoorOptions): Doors<Tables> & { reading(): Reading<Who, BaseCtx<Tables>> } {
  const bound = new WeakMap<pg.PoolClient, Kysely<Tables>>();
  const changes = announcer(options.pool);
  const pulse = options.pulse ?? NO_PULSE;
  const heard = hearClock();

  const enter = (pool = options.pool) => enterWith(pool, pulse);

  async function run<I, O>(begin: string, end: string, who: Who, work: (ctx: BaseCtx<Tables>, input: I) => Promise<O>, input: I): Promise<O> {
    const client = await enter();
    let broken: Error | undefined;
    try {
      return await pulse.during(async () => {
        const now = heard.says(await start(client, begin));
        const result = await work(context(client, who, options.clock?.() ?? now, begin === READ), input);
        const ended = (await client.query(end)) as unknown as pg.QueryResult<{ wrote: boolean }>[];
        if (end === END_WRITE && ended[0]!.rows[0]!.wrote) changes.changed();
        return result;
      });
    } catch (error) {
      // Whoever does not answer is not asked to take back what it was told: the connection goes, and the transaction with it.
      if (isAway(error)) broken = error as Error;
      else await client.query('rollback').catch((lost: Error) => (broken = lost));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  function context(client: pg.PoolClient, who: Who, now: Date, reads: boolean): BaseCtx<Tables> {
    let db = bound.get(client);
    if (!db) bound.set(client, (db = kyselyOn(client)));
    // Few queries ask who calls, and the answer costs more than some of them.
    return { db, now, actor: who.actor, get caller() { return who.caller; }, profile: options.profile, secrets: options.secrets, enqueue: enqueueOn(client), remember: (reads && options.memory?.remember) || anew };
  }

  async function glance<I, O>(who: Who, query: (ctx: BaseCtx<Tables>, input: I) => Promise<O>, input: I): Promise<O> {
    const now = options.clock?.() ?? heard.now();
    if (!options.readers || now === null) return run(READ, END_READ, who, query, input);
    const client = await enter(options.readers);
    let broken: Error | undefined;
    try {
      return await pulse.during(() => query(context(client, who, now, true), input));
    } catch (error) {
      if (isAway(error)) broken = error as Error;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    reading: () => openReading<Who, BaseCtx<Tables>>({ enter: () => enter(), pulse, begin: async (client) => heard.says(await start(client, READ)), end: END_READ, context: (client, who, now) => context(client, who, options.clock?.() ?? now, true) }),
    ask: (who, query, input) => run(READ, END_READ, who, query, input),
    glance,
    async act(who, useCase, input) {
      if (options.full?.() && !(who.actor.kind === 'system' && who.actor.job !== 'terminal')) throw new Paused('full');
      return retried(() => run(WRITE, END_WRITE, who, useCase, input));
    },
    async close() {
      pulse.stop();
      await changes.flushed();
      await Promise.all([options.pool.end(), options.readers?.end()]);
    },
  };
}

/** A connection that comes after nobody waits for it any more goes back. */
async function enterWith(pool: pg.Pool, pulse: Pulse): Promise<pg.PoolClient> {
  const coming = pool.connect();
  return pulse.during(() => coming).catch((error: unknown) => {
    void coming.then((late) => late.release(), () => undefined);
    throw error;
  });
}

async function start(client: pg.PoolClient, begin: string): Promise<Date> {
  const results = (await client.query(begin)) as unknown as pg.QueryResult<{ now: Date }>[];
  return results[1]!.rows[0]!.now;
}

/**
 * What the database's clock shows, as it was last heard with a transaction and counted on by a clock that nobody sets. Null where that is
 * too long ago to count on.
 */
function hearClock() {
  const LONGEST_MS = 60_000;
  let last: { now: number; at: number } | null = null;
  return {
    says(now: Date): Date {
      last = { now: now.getTime(), at: performance.now() };
      return now;
    },
    now(): Date | null {
      const since = last === null ? Number.POSITIVE_INFINITY : performance.now() - last.at;
      return since < LONGEST_MS ? new Date(last!.now + since) : null;
    },
  };
}

function enqueueOn(client: pg.PoolClient): Enqueue {
  return async (task, payload, { key, at } = {}) => {
    await client.query('select abwab_queue.enqueue($1, $2, $3, $4)', [task, JSON.stringify(payload), key ?? null, at ?? null]);
  };
}

/** What the database answers to whoever ended their account while this was under way. */
const ENDED = 'AB410';

/** Serialisation failures and deadlocks are PostgreSQL asking to try again; everything else is passed on. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === ENDED) refuse({ because: 'gone', what: 'account' });
      if (attempt >= 4 || (code !== '40001' && code !== '40P01')) throw error;
      await wait(attempt * 15);
    }
  }
}
