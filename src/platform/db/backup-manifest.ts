/** What a backup says about itself, and whether it is what it says: every byte is named with its hash, the manifest included. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import * as v from 'valibot';

/** 2: files and configuration have hashes of their own, and the secret stays outside. */
export const FORMAT = 2;
const MANIFEST = 'manifest.json';
const SEAL = 'manifest.sha256';

const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** A name that leads out of the folder is no name. */
const Name = v.pipe(v.string(), v.maxLength(400), v.check((it) => !/(^|[\\/])\.\.([\\/]|$)|^[\\/]|\0/.test(it)));
const TableSchema = v.object({ name: v.pipe(v.string(), v.regex(/^"?[a-z_]+"?\."?[a-z_0-9]+"?$/)), columns: v.array(v.string()), rows: v.number(), sha256: Hash });
const ManifestSchema = v.object({
  format: v.literal(FORMAT),
  at: v.string(),
  why: v.string(),
  version: v.string(),
  profile: v.string(),
  steps: v.array(v.object({ name: Name, hash: v.string() })),
  tables: v.array(TableSchema),
  /** where each sequence stands; null: it gave nothing yet */
  sequences: v.record(v.string(), v.nullable(v.string())),
  files: v.array(v.object({ path: Name, bytes: v.number(), sha256: Hash })),
  /** what was set, without passwords and keys; for whoever sets up the next machine */
  configuration: v.record(v.string(), v.nullable(v.string())),
  /** the secret that belongs to this data is recognised by it; it cannot be made from it */
  secretFingerprint: Hash,
});

export type BackupTable = v.InferOutput<typeof TableSchema>;
export type BackupManifest = v.InferOutput<typeof ManifestSchema>;

/** A backup that is not put back; its message is a sentence for whoever runs the site. */
export class BackupFault extends Error {
  override name = 'BackupFault';
}

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const manifestFiles = (manifest: BackupManifest): Record<string, string> => {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  return { [MANIFEST]: text, [SEAL]: `${sha256(text)}  ${MANIFEST}\n` };
};

/** The manifest of a folder, before anything else is believed. */
export function readManifest(folder: string): BackupManifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) throw new BackupFault(`${folder} is no backup: there is no ${MANIFEST} in it.`);
  const text = readFileSync(path, 'utf8');
  const raw = json(text) as { format?: unknown } | null;
  if (typeof raw?.format === 'number' && raw.format > FORMAT) throw new BackupFault(`${folder} was made by newer code (format ${raw.format}; this code reads ${FORMAT}). Update the code, then restore.`);
  if (raw?.format === 1) throw new BackupFault(`${folder} was made by an early version (format 1), which this code does not put back.`);
  const seal = existsSync(join(folder, SEAL)) ? readFileSync(join(folder, SEAL), 'utf8').slice(0, 64) : null;
  if (seal !== sha256(text)) throw new BackupFault(`${folder} is damaged: ${MANIFEST} is not as it was written. Take another backup.`);
  const parsed = v.safeParse(ManifestSchema, raw);
  if (!parsed.success) throw new BackupFault(`${folder} is damaged: ${MANIFEST} says nothing that can be understood (${v.getDotPath(parsed.issues[0])}).`);
  return parsed.output;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const tableFile = (table: { name: string }): string => `${table.name}.copy.gz`;

/** Reads every byte once: whether all is there, whole and unchanged. Nothing is touched before this holds. */
export async function checkBackup(folder: string, manifest: BackupManifest): Promise<void> {
  for (const file of manifest.files) {
    const path = join(folder, file.path);
    if (!existsSync(path)) throw new BackupFault(`${folder} is damaged: ${file.path} is missing. Take another backup.`);
    if (statSync(path).size !== file.bytes || (await hashOf(path, false)).sha256 !== file.sha256) throw damaged(folder, file.path);
  }
  for (const table of manifest.tables) {
    const path = join(folder, tableFile(table));
    if (!existsSync(path)) throw new BackupFault(`${folder} is damaged: ${tableFile(table)} is missing. Take another backup.`);
    const read = await hashOf(path, true).catch(() => null);
    if (read?.sha256 !== table.sha256 || read.lines !== table.rows) throw damaged(folder, tableFile(table));
  }
}

const damaged = (folder: string, path: string) => new BackupFault(`${folder} is damaged: ${path} is not as it was written. Take another backup.`);

async function hashOf(path: string, zipped: boolean): Promise<{ sha256: string; lines: number }> {
  const hash = createHash('sha256');
  let lines = 0;
  const sink = new Writable({
    write(part: Buffer, _, done) {
      hash.update(part);
      for (let at = part.indexOf(10); at !== -1; at = part.indexOf(10, at + 1)) lines++;
      done();
    },
  });
  await (zipped ? pipeline(createReadStream(path), createGunzip(), sink) : pipeline(createReadStream(path), sink));
  return { sha256: hash.digest('hex'), lines };
}

/** Every file below a folder, by its path from `base`, in an order that is always the same. */
export function filesBelow(base: string, part: string): string[] {
  const top = resolve(base, part);
  const found = statSync(top, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [part];
  return readdirSync(top, { recursive: true, withFileTypes: true }).filter((it) => it.isFile())
    .map((it) => relative(base, join(it.parentPath, it.name)).replaceAll(sep, '/')).sort();
}
