/** Looks at a database as its administrator, changes nothing, and tells what differs from what this code needs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { ROLES } from './connection.ts';
import { readSteps } from './migrate.ts';
import { describeSchema } from './schema.ts';

export type Examined = {
  version: number; encoding: string; /** whether this collation knows Arabic letters as letters */ arabic: boolean; trigrams: boolean;
  /** seconds by which the database's clock is ahead of this process */ ahead: number;
  missingRoles: string[]; /** sentences about roles that may more than they should */ mighty: string[];
  waiting: string[]; unknown: string[]; changed: string[];
  /** lines of db/schema.sql that are not there, and lines that are there and not in it; none are compared while steps wait */
  missing: string[]; extra: string[];
  filesLost: number; filesWaiting: number; workers: number; sites: number; logSize: number | null;
};

const OLDEST_STAGED = '10 minutes';

export async function examine(client: pg.Client, home: string): Promise<Examined> {
  const [about] = await rowsOf<{ version: number; encoding: string; arabic: boolean; now: Date; trigrams: boolean }>(client, `
    select current_setting('server_version_num')::int as version, pg_encoding_to_char(encoding) as encoding, 'حلب' ~ '^[[:alpha:]]+$' as arabic, clock_timestamp() as now,
      exists (select 1 from pg_extension where extname = 'pg_trgm') as trigrams from pg_database where datname = current_database()`);
  const ahead = (about!.now.getTime() - Date.now()) / 1000;
  const roles = await rowsOf<{ rolname: string; rolsuper: boolean; rolbypassrls: boolean; rolcanlogin: boolean; owner: boolean }>(client, `
    select rolname, rolsuper, rolbypassrls, rolcanlogin, pg_has_role(rolname, coalesce((select oid from pg_roles where rolname = $2), 10), 'member') and rolname <> $2 as owner from pg_roles where rolname = any ($1)`, [Object.values(ROLES), ROLES.owner]);
  const steps = await stepsOf(client, home);
  const complete = steps.waiting.length === 0 && steps.unknown.length === 0;
  return {
    ...about!, ahead,
    missingRoles: Object.values(ROLES).filter((role) => !roles.some((row) => row.rolname === role)),
    mighty: roles.flatMap((row) => [
      ...(row.rolsuper ? [`${row.rolname} is a superuser`] : []), ...(row.rolbypassrls ? [`${row.rolname} sees past row security`] : []),
      ...(row.rolname === ROLES.owner && row.rolcanlogin ? [`${row.rolname} can sign in`] : []), ...(row.rolname === ROLES.app && row.owner ? [`${row.rolname} may act as the owner of the tables`] : []),
    ]),
    ...steps, ...(complete ? await differences(client, home) : { missing: [], extra: [] }), ...(complete ? await contents(client) : { filesLost: 0, filesWaiting: 0, workers: 0, sites: 0, logSize: null }),
  };
}

async function stepsOf(client: pg.Client, home: string): Promise<Pick<Examined, 'waiting' | 'unknown' | 'changed'>> {
  const known = new Map(readSteps(join(home, 'db/migrations')).map((step) => [step.name, step.hash]));
  const there = await rowsOf<{ yes: boolean }>(client, `select to_regclass('public.migrations') is not null as yes`);
  const done = there[0]!.yes ? await rowsOf<{ name: string; hash: string }>(client, 'select name, hash from public.migrations order by name') : [];
  return {
    waiting: [...known.keys()].filter((name) => !done.some((row) => row.name === name)), unknown: done.filter((row) => !known.has(row.name)).map((row) => row.name),
    changed: done.filter((row) => known.has(row.name) && known.get(row.name) !== row.hash).map((row) => row.name),
  };
}

/** Tables, guards and grants, line by line. What the server's own administrator granted to others is theirs. */
async function differences(client: pg.Client, home: string): Promise<Pick<Examined, 'missing' | 'extra'>> {
  const wanted = readFileSync(join(home, 'db/schema.sql'), 'utf8').split('\n');
  const found = (await describeSchema(client)).split('\n');
  const [inFound, inWanted] = [new Set(found), new Set(wanted)];
  const ours = (line: string) => line.trim() !== '' && !line.startsWith('--') && !/^grant .* on schema public /.test(line);
  return { missing: wanted.filter((line) => ours(line) && !inFound.has(line)), extra: found.filter((line) => ours(line) && !inWanted.has(line) && !line.startsWith('create extension')) };
}

async function contents(client: pg.Client): Promise<Pick<Examined, 'filesLost' | 'filesWaiting' | 'workers' | 'sites' | 'logSize'>> {
  const [row] = await rowsOf<{ lost: number; waiting: number; workers: number; sites: number; log: string | null }>(client, `
    select (select count(*)::int from attachments a where state = 'ready' and not exists (select 1 from attachment_files f where f.attachment_id = a.id)) as lost,
      (select count(*)::int from attachments where state = 'staged' and owner_kind <> 'draft' and created_at < now() - interval '${OLDEST_STAGED}') as waiting,
      (select count(*)::int from pg_stat_activity where datname = current_database() and usename = '${ROLES.jobs}') as workers,
      (select count(*)::int from pg_stat_activity where datname = current_database() and usename = '${ROLES.app}') as sites,
      (select size::text from record_log) as log`);
  return { filesLost: row!.lost, filesWaiting: row!.waiting, workers: row!.workers, sites: row!.sites, logSize: row!.log === null ? null : Number(row!.log) };
}

async function rowsOf<T>(client: pg.Client, text: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query(text, values)).rows as T[];
}
