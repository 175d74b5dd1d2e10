/**
 * A backup: COPY of every table in one snapshot, the positions of sequences, the published record, and what was set. Each is a
 * folder that appears under its name when it is whole. The secret and the record's key are kept apart from it (`backUpKeys`):
 * whoever finds a backup can neither enter as somebody nor sign another past.
 */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { filesBelow, FORMAT, manifestFiles, sha256, tableFile, type BackupManifest, type BackupTable } from './backup-manifest.ts';
import type { Secrets } from '../secrets.ts';

/** Of those that are made before an update, which are copies in the same place. */
const KEPT_BEFORE_UPDATES = 5;
const RECORD = 'record';

export type BackupOptions = {
  dataFolder: string;
  /** where it is put; `backups` in the data folder when it is not named */
  to?: string;
  why: string;
  version: string;
  profile: string;
  secrets: Secrets;
  configuration: Record<string, string | null>;
  /** how many of the same kind stay, this one included; all when it is not named */
  keep?: number;
};

export type Backup = { folder: string; manifest: BackupManifest };

/** Writes one. `client` is the database's administrator. */
export async function backUp(client: pg.Client, it: BackupOptions): Promise<Backup> {
  const parent = it.to ?? join(it.dataFolder, 'backups');
  const at = new Date().toISOString();
  const name = `${at.slice(0, 19).replaceAll(':', '-')}-${it.why}`;
  const unfinished = join(parent, `${name}.unfinished`);
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  mkdirSync(unfinished, { mode: 0o700 });
  if (!it.to) chmodSync(parent, 0o700);
  try {
    const manifest = await write(client, unfinished, at, it);
    renameSync(unfinished, join(parent, name));
    const kept = it.keep ?? (it.why.startsWith('before-') ? KEPT_BEFORE_UPDATES : Number.POSITIVE_INFINITY);
    for (const old of sameKind(parent, it.why).slice(0, -kept)) rmSync(join(parent, old), { recursive: true, force: true });
    return { folder: join(parent, name), manifest };
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** Copies before updates are counted apart, so that daily ones do not push them out. */
function sameKind(parent: string, why: string): string[] {
  const before = why.startsWith('before-');
  return readdirSync(parent).filter((name) => /^\d{4}-\d\d-\d\dT[\d-]{8}-/.test(name) && !name.endsWith('.unfinished') && name.slice(20).startsWith('before-') === before).sort();
}

async function write(client: pg.Client, folder: string, at: string, it: BackupOptions): Promise<BackupManifest> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const steps = (await client.query<{ name: string; hash: string }>('select name, hash from public.migrations order by name')).rows;
    const tables: BackupTable[] = [];
    for (const table of await tablesOf(client)) tables.push(await copyTable(client, table, folder));
    // The record's files are copied after the snapshot: they may be ahead of it, never behind.
    const files = filesBelow(it.dataFolder, RECORD).map((path) => copyFile(it.dataFolder, folder, path));
    const manifest: BackupManifest = {
      format: FORMAT, at, why: it.why, version: it.version, profile: it.profile, steps, tables, sequences: await sequencesOf(client), files,
      configuration: it.configuration, secretFingerprint: fingerprintOf(it.secrets),
    };
    for (const [name, text] of Object.entries(manifestFiles(manifest))) writeFileSync(join(folder, name), text, { mode: 0o600 });
    return manifest;
  } finally {
    await client.query('rollback');
  }
}

export const fingerprintOf = (secrets: Secrets): string => secrets.keyedHash('backup fingerprint', 'abwab').toString('hex');

function copyFile(from: string, to: string, path: string): BackupManifest['files'][number] {
  const target = join(to, path);
  mkdirSync(dirname(target), { recursive: true });
  // Read once and written as read: a checkpoint that is replaced meanwhile is the old or the new one, whole.
  const bytes = readFileSync(join(from, path));
  writeFileSync(target, bytes);
  return { path, bytes: bytes.length, sha256: sha256(bytes) };
}

/** The secret, and the key of the record with what was signed last. Returns what could be copied; the signer's may belong to another user. */
export function backUpKeys(dataFolder: string, to: string): { copied: string[]; missing: string[] } {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const copied: string[] = [];
  const missing: string[] = [];
  for (const path of ['secret', 'signer/key', 'signer/last-signed']) {
    try {
      mkdirSync(dirname(join(to, path)), { recursive: true, mode: 0o700 });
      copyFileSync(join(dataFolder, path), join(to, path));
      chmodSync(join(to, path), 0o600);
      copied.push(path);
    } catch (error) {
      if (!['ENOENT', 'EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      missing.push(path);
    }
  }
  return { copied, missing };
}

/** Ours and the queue's, by name; partitions and foreign tables there are none. */
export async function tablesOf(client: pg.Client): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname in ('public', 'graphile_worker') order by 1`);
  return rows;
}

async function sequencesOf(client: pg.Client): Promise<Record<string, string | null>> {
  const { rows } = await client.query<{ name: string; value: string | null }>(`
    select format('%I.%I', schemaname, sequencename) as name, last_value::text as value from pg_sequences where schemaname in ('public', 'graphile_worker') order by 1`);
  return Object.fromEntries(rows.map((row) => [row.name, row.value]));
}

async function copyTable(client: pg.Client, table: { name: string; columns: string[] }, folder: string): Promise<BackupTable> {
  const hash = createHash('sha256');
  const hashed = new Transform({ transform: (part: Buffer, _, done) => { hash.update(part); done(null, part); } });
  const source = client.query(copyTo(`copy ${table.name} (${columnsOf(client, table)}) to stdout`));
  await pipeline(source, hashed, createGzip({ level: 4 }), createWriteStream(join(folder, tableFile(table)), { mode: 0o600 }));
  return { ...table, rows: source.rowCount ?? 0, sha256: hash.digest('hex') };
}

export const columnsOf = (client: pg.Client, table: { columns: string[] }): string => table.columns.map((column) => client.escapeIdentifier(column)).join(', ');

/** The newest backup in a folder, by its name; null when there is none. */
export function newestIn(parent: string): string | null {
  if (!existsSync(parent)) return null;
  const newest = readdirSync(parent).filter((name) => existsSync(join(parent, name, 'manifest.json')) && !name.endsWith('.unfinished')).sort().at(-1);
  return newest ? join(parent, newest) : null;
}
