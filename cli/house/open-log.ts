/** A log at an address or in a folder, for reading. What it gives is believed by nobody: the engine checks it. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ReadFile } from '#engines/merkle-log/index.ts';

const TRIES = 3;
const LONGEST_ANSWER = 32_000_000;

export type LogPlace = { read: ReadFile; /** as it was understood, for people */ name: string };

/** `place`: the address of the log, or of the site that keeps it, or a folder with its files. */
export function openLogAt(place: string): LogPlace {
  if (!/^https?:\/\//.test(place)) {
    if (!existsSync(place)) throw new Error(`There is no folder ${resolve(place)}. An address begins with https:// or http://.`);
    return { read: (path) => fromFolder(join(resolve(place), path)), name: resolve(place) };
  }
  const base = place.replace(/\/+$/, '');
  const name = new URL(base).pathname === '/' ? `${base}/record/log` : base;
  return { read: (path) => fromAddress(`${name}/${path}`), name };
}

async function fromFolder(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

async function fromAddress(address: string): Promise<Uint8Array | null> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(20_000) });
      if (answer.ok) return await bounded(answer, address);
      await answer.body?.cancel();
      if (answer.status < 500 && answer.status !== 429) return null;
      throw new Error(`answered ${answer.status}`);
    } catch (error) {
      if (attempt === TRIES) throw new Error(`${address} cannot be read: ${(error as Error & { cause?: Error }).cause?.message ?? (error as Error).message}.`, { cause: error });
      await wait(attempt * 300);
    }
  }
}

async function bounded(answer: Response, address: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.length > LONGEST_ANSWER) throw new Error(`${address} is larger than any file of a log.`);
  return bytes;
}
