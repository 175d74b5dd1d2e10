/**
 * HEIC, as iPhones and some others take photos. Its decoder (libheif, LGPL, as WebAssembly) reads a stranger's file, so it works in a
 * process of its own that is ended when it takes too long.
 */
import { fileURLToPath } from 'node:url';
import { inWorker } from '../workers/worker.ts';

const LONGEST_MS = 30_000;

export type HeicJob = { bytes: Buffer; /** the longer side of what is wanted */ side: number; mostPixels: number };

/** The main picture, upright as the file says, no larger than wanted, as PNG. Throws when it is cut off, broken, larger than `mostPixels` or takes too long. */
export function decodeHeic(job: HeicJob): Promise<Buffer> {
  return inWorker<HeicJob, Uint8Array>(fileURLToPath(new URL('./heic-process.ts', import.meta.url)), job, { megabytes: 384, longestMs: LONGEST_MS }).then(Buffer.from);
}
