/**
 * Puts a backup into an empty database: the steps that the backup knew, its rows, and then whatever this code has added since. What was
 * put in is read out again and compared, byte for byte, before anybody is told that it is there.
 */
import { createReadStream } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { columnsOf, tablesOf } from './backup.ts';
import { BackupFault, tableFile, type BackupManifest, type BackupTable } from './backup-manifest.ts';
import { withClient } from './connection.ts';
import { migrate, readSteps } from './migrate.ts';
import type { Secrets } from '../secrets.ts';

/** What a migration writes about itself is written by the migration. */
const BOOKKEEPING = new Set(['public.migrations', 'graphile_worker.migrations']);

export type RestoreOptions = { adminUrl: string; home: string; secrets: Secrets; folder: string; manifest: BackupManifest };

/** Throws before anything is touched when this code cannot read what the backup holds. */
export function refuseForeignSteps(home: string, manifest: BackupManifest): void {
  const known = new Map(readSteps(join(home, 'db/migrations')).map((step) => [step.name, step.hash]));
  for (const { name, hash } of manifest.steps) {
    if (!known.has(name)) throw new BackupFault(`The backup was made by newer code (${name}). Update the code, then restore.`);
    if (known.get(name) !== hash) throw new BackupFault(`The backup was made by other code: the step ${name} differs. Restore with the code that made it.`);
  }
}

/** Whether there is anything at all in this database. */
export const isEmpty = (adminUrl: string): Promise<boolean> => withClient(adminUrl, async (client) =>
  (await client.query(`select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'graphile_worker', 'abwab_queue') and c.relkind in ('r', 'S', 'v') limit 1`)).rowCount === 0);

/** Whether a site or its jobs are connected now. */
export const isInUse = (adminUrl: string): Promise<boolean> => withClient(adminUrl, async (client) =>
  (await client.query(`select 1 from pg_stat_activity where datname = current_database() and application_name = 'abwab' limit 1`)).rowCount !== 0);

/** Everything of ours goes; the database itself stays. */
export const emptyDatabase = (adminUrl: string): Promise<void> => withClient(adminUrl, async (client) => {
  await client.query('drop schema if exists graphile_worker, abwab_queue, public cascade; create schema public; grant usage on schema public to public');
});

export async function restoreDatabase(it: RestoreOptions): Promise<{ rows: number; applied: string[] }> {
  await migrate(it.adminUrl, it.home, it.secrets, { only: new Set(it.manifest.steps.map((step) => step.name)) });
  const tables = it.manifest.tables.filter((table) => !BOOKKEEPING.has(table.name));
  await withClient(it.adminUrl, async (client) => {
    await refuseOtherTables(client, tables);
    await fill(client, it.folder, it.manifest, tables);
    for (const table of tables) await compare(client, table);
    await client.query('update graphile_worker._private_jobs set locked_at = null, locked_by = null where locked_at is not null; update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_at is not null');
    await client.query('analyze');
  });
  // Whatever the code has learnt since the backup was made.
  const applied = await migrate(it.adminUrl, it.home, it.secrets);
  // The list of steps stands there already, as the backup has it.
  return { rows: it.manifest.tables.reduce((sum, table) => sum + table.rows, 0), applied };
}

async function refuseOtherTables(client: pg.Client, tables: readonly BackupTable[]): Promise<void> {
  const here = new Map((await tablesOf(client)).map((table) => [table.name, new Set(table.columns)]));
  for (const { name, columns } of tables) {
    const missing = here.has(name) ? columns.find((column) => !here.get(name)!.has(column)) : name;
    if (missing !== undefined) throw new BackupFault(`The backup was made by other code: it holds ${missing === name ? name : `${name}.${missing}`}, which is not known here.`);
  }
}

/** In one transaction, those that others refer to first. The guards of the record look away for it, as they would refuse what they guard. */
async function fill(client: pg.Client, folder: string, manifest: BackupManifest, tables: readonly BackupTable[]): Promise<void> {
  await client.query('begin');
  for (const { name } of tables) await client.query(`alter table ${name} disable trigger user`);
  await client.query(`truncate ${tables.map((it) => it.name).join(', ')}`);
  for (const table of await inOrder(client, tables)) {
    await pipeline(createReadStream(join(folder, tableFile(table))), createGunzip(), client.query(copyFrom(`copy ${table.name} (${columnsOf(client, table)}) from stdin`)));
  }
  for (const { name } of tables) await client.query(`alter table ${name} enable trigger user`);
  for (const [name, value] of Object.entries(manifest.sequences)) if (value !== null) await client.query('select setval($1::text::regclass, $2::bigint)', [name, value]);
  await client.query('commit');
}

async function inOrder(client: pg.Client, tables: readonly BackupTable[]): Promise<BackupTable[]> {
  const { rows } = await client.query<{ from: string; to: string }>(`
    select format('%I.%I', n.nspname, c.relname) as "from", format('%I.%I', fn.nspname, f.relname) as "to"
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
    where k.contype = 'f' and k.conrelid <> k.confrelid`);
  const needs = Map.groupBy(rows, (row) => row.from);
  const byName = new Map(tables.map((table) => [table.name, table]));
  const done = new Set<BackupTable>();
  function visit(table: BackupTable, path: readonly string[]): void {
    if (done.has(table) || path.includes(table.name)) return;
    for (const { to } of needs.get(table.name) ?? []) if (byName.has(to)) visit(byName.get(to)!, [...path, table.name]);
    done.add(table);
  }
  for (const table of tables) visit(table, []);
  return [...done];
}

async function compare(client: pg.Client, table: BackupTable): Promise<void> {
  // In the order in which the rows lie, which is the one in which they came.
  await client.query('set synchronize_seqscans = off');
  const hash = createHash('sha256');
  const sink = new Writable({ write(part: Buffer, _, done) { hash.update(part); done(); } });
  await pipeline(client.query(copyTo(`copy ${table.name} (${columnsOf(client, table)}) to stdout`)), sink);
  if (hash.digest('hex') !== table.sha256) throw new BackupFault(`${table.name} does not read as it was written. Nothing of this is used.`);
}
