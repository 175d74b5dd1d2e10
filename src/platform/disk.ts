/** How much room is left where the data lies: writing stops before the database finds none, since it would not stop gracefully. */
import { statfsSync } from 'node:fs';
import type { Config } from './config.ts';
import { logEvent } from './log/index.ts';

const LOOK_EVERY_MS = 1_000;

/** Bytes that this user may still write there; null where the system does not say. */
export function roomIn(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** True while less is free than the configuration wants left. A database on another machine has a disk of its own, which is not seen from here. */
export function fullDisk(config: Config): () => boolean {
  let full = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - lookedAt < LOOK_EVERY_MS) return full;
    lookedAt = now;
    const room = roomIn(config.data);
    const was = full;
    full = room !== null && room < config.leastFree;
    if (full !== was) logEvent(full ? 'disk nearly full' : 'disk has room again', { freeMegabytes: Math.round((room ?? 0) / 1e6) });
    return full;
  };
}
