/**
 * A log's files in a folder, as any file server can serve it. What is written is on the disk before the promise resolves,
 * and a file appears whole or not at all.
 */
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { equal, LogError, type LogFile } from '#engines/merkle-log/index.ts';

export const CHECKPOINT = 'checkpoint';
export const VERIFIER_KEY = 'vkey';
export const WITNESSED = 'checkpoint.witnessed';

export type LogFolder = {
  path: string;
  read(path: string): Promise<Uint8Array | null>;
  /** Tiles and bundles never change: writing the same again does nothing, other bytes are refused, unless a broken file is mended (`over`). */
  store(files: readonly LogFile[], over?: boolean): Promise<void>;
  /** Puts a file in the place of another: the checkpoint, the verifier key. */
  replace(path: string, text: string): Promise<void>;
  /** Takes partial tiles away whose full one stands there. */
  dropPartials(fullTiles: readonly string[]): Promise<void>;
};

export function openFolder(path: string): LogFolder {
  return {
    path,
    read: (name) => readOrNull(join(path, name)),
    async store(files, over = false) {
      const folders = new Set<string>();
      for (const file of files) {
        const target = join(path, file.path);
        const there = await readOrNull(target);
        if (there && equal(there, file.bytes)) continue;
        if (there && !over) throw new LogError('E_TILE_HASH', `${file.path} stands there with other bytes.`);
        await writeWhole(target, file.bytes, folders);
      }
      for (const folder of folders) await flush(folder);
    },
    async replace(name, text) {
      const folders = new Set<string>();
      await writeWhole(join(path, name), text, folders);
      for (const folder of folders) await flush(folder);
    },
    async dropPartials(fullTiles) {
      for (const full of fullTiles) await rm(join(path, `${full}.p`), { recursive: true, force: true });
    },
  };
}

export async function readOrNull(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Written beside its place, flushed, and moved there. Folders in which a name is new are added to `folders`. */
export async function writeWhole(target: string, bytes: Uint8Array | string, folders: Set<string>, mode = 0o644): Promise<void> {
  const folder = dirname(target);
  const made = await mkdir(folder, { recursive: true });
  for (let above = folder; made && above !== dirname(made); above = dirname(above)) folders.add(dirname(above));
  const beside = `${target}.${randomBytes(6).toString('hex')}.new`;
  const file = await open(beside, 'wx', mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, target);
  folders.add(folder);
}

/** A name in a folder is only safe when the folder itself is; where folders cannot be flushed, the system does it. */
export async function flush(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  if (!handle) return;
  await handle.sync().catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EINVAL' && error.code !== 'EPERM' && error.code !== 'EISDIR') throw error;
  }).finally(() => handle.close());
}
