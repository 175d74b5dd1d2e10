/** Brings a database to the version of this code, forward only, one step each in a transaction of its own. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { Logger, makeWorkerUtils } from 'graphile-worker';
import type { Secrets } from '../secrets.ts';
import { ROLES, urlFor, withClient } from './connection.ts';

export type Step = { name: string; sql: string; hash: string };

export type MigrateOptions = {
  /** called once before steps are applied to data that is there already; its failure stops them */
  before?: (client: pg.Client, first: string) => Promise<void>;
  /** only these, for data that was written by an earlier version and comes in before the rest */
  only?: ReadonlySet<string>;
};

/** Returns the names of the steps that were applied now. Throws a sentence when the data is newer than the code, before anything is touched. */
export async function migrate(adminUrl: string, home: string, secrets: Secrets, options: MigrateOptions = {}): Promise<string[]> {
  const steps = readSteps(join(home, 'db/migrations'));
  return withClient(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(827148)');
    const done = await appliedSteps(client);
    refuseNewer(steps, done);
    const waiting = steps.filter((step) => !done.has(step.name) && (options.only?.has(step.name) ?? true));
    if (waiting.length > 0 && done.size > 0) await options.before?.(client, waiting[0]!.name);
    await ensureRoles(client, secrets);
    await migrateJobs(adminUrl, secrets);
    for (const step of waiting) await apply(client, step);
    return waiting.map((step) => step.name);
  });
}

export function readSteps(folder: string): Step[] {
  return readdirSync(folder).filter((name) => name.endsWith('.sql')).sort().map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
  });
}

async function appliedSteps(client: pg.Client): Promise<Map<string, string>> {
  await client.query(`create table if not exists migrations (name text primary key, hash text not null, at timestamptz not null default now())`);
  const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migrations');
  return new Map(rows.map((row) => [row.name, row.hash]));
}

function refuseNewer(steps: Step[], done: Map<string, string>): void {
  const known = new Map(steps.map((step) => [step.name, step.hash]));
  for (const [name, hash] of done) {
    if (!known.has(name)) throw new Error(`This data was made by newer code (${name}). Update the code, or start with the data folder that belongs to it.`);
    if (known.get(name) !== hash) throw new Error(`The step ${name} was changed after it had been applied here. Restore the file as it was.`);
  }
}

async function apply(client: pg.Client, step: Step): Promise<void> {
  try {
    await client.query('begin');
    await client.query(`set local role ${ROLES.owner}`);
    await client.query(step.sql);
    await client.query('reset role');
    await client.query('insert into migrations (name, hash) values ($1, $2)', [step.name, step.hash]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`The step ${step.name} failed: ${(error as Error).message}`, { cause: error });
  }
}

/** Owner (no login) holds the tables, the application reads and writes them, jobs run the queue. */
async function ensureRoles(client: pg.Client, secrets: Secrets): Promise<void> {
  await client.query('select pg_advisory_lock(827149)');
  for (const role of Object.values(ROLES)) {
    const login = role === ROLES.owner ? 'nologin' : `login password '${secrets.derive(`database role ${role}`)}'`;
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    await client.query(`${rowCount ? 'alter' : 'create'} role ${role} ${login}`);
  }
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = client.escapeIdentifier(rows[0]!.name);
  await client.query(`grant create on database ${database} to ${ROLES.jobs}`);
  await client.query(`grant connect on database ${database} to ${ROLES.app}`);
  await client.query(`create extension if not exists pg_trgm`);
  await client.query(LETTERS_COST);
  await client.query(`grant create, usage on schema public to ${ROLES.owner}`);
  // Whoever administers the database copies and restores the tables of both.
  await client.query(`grant ${ROLES.owner}, ${ROLES.jobs} to current_user`);
  await client.query('select pg_advisory_unlock(827149)');
}

/** The queue's own tables belong to the jobs' role; the application may only hand in work, through `enqueue`. */
/**
 * Comparing the letters of two texts costs a hundred times what PostgreSQL believes: it would rather compare a query with every place than ask the index.
 * Where the extension is somebody else's, searches are slower and right all the same.
 */
const LETTERS_COST = `do $$ begin
  if exists (select 1 from pg_proc where proname = 'word_similarity_op' and procost < 100) then
    alter function word_similarity_op(text, text) cost 100;
    alter function word_similarity_commutator_op(text, text) cost 100;
    alter function word_similarity(text, text) cost 100;
  end if;
exception when insufficient_privilege then null;
end $$`;

async function migrateJobs(adminUrl: string, secrets: Secrets): Promise<void> {
  const url = urlFor(ROLES.jobs, adminUrl, secrets);
  const utils = await makeWorkerUtils({ connectionString: url, logger: silent() });
  await utils.migrate();
  await utils.release();
  await withClient(url, (client) => client.query(ENQUEUE));
  await withClient(adminUrl, (client) => client.query(`grant usage on schema abwab_queue to ${ROLES.app}, ${ROLES.owner}`));
}

const ENQUEUE = `
create schema if not exists abwab_queue;
create or replace function abwab_queue.enqueue(task text, payload json, key text, run_at timestamptz) returns void
  language sql security definer set search_path = graphile_worker, pg_temp as $$
  select from graphile_worker.add_job(task, payload, job_key := key, run_at := run_at, max_attempts := 12)
$$;
revoke all on function abwab_queue.enqueue from public;
grant execute on function abwab_queue.enqueue to abwab_app;
-- Jobs that used up their tries, for those who keep the house: what and since when, never what they hold.
create or replace function abwab_queue.failed() returns table (id bigint, task text, attempts int, since timestamptz, last timestamptz)
  language sql stable security definer set search_path = graphile_worker, pg_temp as $$
  select j.id, t.identifier, j.attempts::int, j.created_at, j.updated_at from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where j.attempts >= j.max_attempts and j.locked_at is null
$$;
create or replace function abwab_queue.behind() returns double precision language sql stable security definer set search_path = graphile_worker, pg_temp as $$
  select coalesce(greatest(0, extract(epoch from now() - min(run_at)))::float, 0) from graphile_worker._private_jobs where attempts < max_attempts and run_at <= now() and locked_at is null
$$;
create or replace function abwab_queue.retry(job bigint) returns text language sql security definer set search_path = graphile_worker, pg_temp as $$
  update graphile_worker._private_jobs j set attempts = 0, run_at = now(), last_error = null from graphile_worker._private_tasks t where t.id = j.task_id and j.id = job and j.attempts >= j.max_attempts and j.locked_at is null returning t.identifier
$$;
create or replace function abwab_queue.give_up(job bigint) returns text language sql security definer set search_path = graphile_worker, pg_temp as $$
  delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and j.id = job and j.attempts >= j.max_attempts and j.locked_at is null returning t.identifier
$$;
revoke all on function abwab_queue.failed, abwab_queue.behind, abwab_queue.retry, abwab_queue.give_up from public;
grant execute on function abwab_queue.failed, abwab_queue.behind, abwab_queue.retry, abwab_queue.give_up to abwab_app;
grant usage on schema abwab_queue to abwab_app;
`;

function silent() {
  return new Logger(() => () => undefined);
}
