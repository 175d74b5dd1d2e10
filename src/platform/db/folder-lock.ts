/** One process at a time makes, starts or stops what lives in a folder: the database of a data folder, the signer of its own. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './postgres.ts';

/** Nothing that is done under it takes that long. */
const LONGEST_MS = 120_000;

/** The file holds the process that has the lock; one that was killed has it no longer, also when its number is somebody else's now. */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, 'starting');
  while (!taken(path)) await wait(100);
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function taken(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const { holder, age } = read(path);
  // Empty: its holder is between making and filling it.
  if (age > LONGEST_MS || (holder && !isAlive(holder))) rmSync(path, { force: true });
  return false;
}

function read(path: string): { holder: number; age: number } {
  try {
    return { holder: Number(readFileSync(path, 'utf8')), age: Date.now() - statSync(path).mtimeMs };
  } catch {
    return { holder: 0, age: 0 };
  }
}
