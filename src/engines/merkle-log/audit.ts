/** Everything that can be checked about a log from outside, in one pass over all of it. */
import { equal } from './bytes.ts';
import { openCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { entryCount, fault } from './error.ts';
import type { VerifierKey } from './key.ts';
import { tilesOf } from './paths.ts';
import { checkConsistency, checkInclusion } from './proof.ts';
import { openLog, type LogReader, type ReadFile } from './reader.ts';

export type AuditOptions = {
  key: VerifierKey;
  /** Keys that it had before; what was seen earlier may be signed by one of them. */
  earlier?: readonly VerifierKey[];
  read: ReadFile;
  /** Checkpoints seen earlier, as they were served; the log has to continue each of them. */
  old?: readonly (Uint8Array | string)[];
  /** How many entries, spread over the log, get an inclusion proof from the served tiles. */
  proofs?: number;
  /** Called after every bundle with the entries seen so far. */
  onProgress?: (entries: number, size: number) => void;
  /** Called with every entry, for who wants to read along. */
  onEntry?: (entry: Uint8Array, index: number) => void;
};
export type Audit = { checkpoint: SignedCheckpoint; tiles: number; entries: number; proofs: number; old: number };

/** Throws the first fault it meets: signature, size, consistency with what was seen, tiles, entries, root, proofs. */
export async function auditLog(options: AuditOptions): Promise<Audit> {
  const note = (await options.read('checkpoint')) ?? fault('E_CHECKPOINT_MISSING', 'The log serves no checkpoint.');
  const checkpoint = await openCheckpoint(note, options.key);
  const log = openLog(checkpoint, options.read);
  for (const earlier of options.old ?? []) await checkContinues(log, await openCheckpoint(earlier, [options.key, ...(options.earlier ?? [])]));
  const tiles = await checkTiles(log);
  await checkEntries(log, options);
  const proofs = await checkProofs(log, Math.min(options.proofs ?? 0, log.size));
  return { checkpoint, tiles, entries: log.size, proofs, old: options.old?.length ?? 0 };
}

/** The log of now continues the one that was seen: it is not shorter, not another of the same size, and its past is the same. */
export async function checkContinues(log: LogReader, old: SignedCheckpoint): Promise<void> {
  if (old.size > log.size) fault('E_SHRUNK', `The log had ${entryCount(old.size)} and now shows ${log.size}: the last ones were taken away.`);
  if (old.size === log.size && !equal(old.root, log.root)) fault('E_SPLIT_VIEW', `There are two different signed logs of ${entryCount(log.size)}: not everybody is shown the same.`);
  checkConsistency(old, log, await log.consistencyProof(old.size));
}

/** Tiles above the leaves, each against the one above it; those of the leaves come with their entries. Returns how many there are in all. */
async function checkTiles(log: LogReader): Promise<number> {
  let count = 0;
  for (const { level, index } of tilesOf(log.size)) {
    if (level === 'entries') break;
    if (level > 0) await log.tile(level, index);
    count += 1;
  }
  if (log.size === 0) await log.edge();
  return count;
}

/**
 * Every entry against its leaf, and with it the leaf's tile against the one above: leaves, tiles and the right edge, each
 * hashed here, are the root anew from the entries alone.
 */
async function checkEntries(log: LogReader, { onProgress, onEntry }: AuditOptions): Promise<void> {
  let seen = 0;
  for (let index = 0; seen < log.size; index++) {
    const entries = await log.bundle(index);
    if (onEntry) for (const [at, entry] of entries.entries()) onEntry(entry, seen + at);
    seen += entries.length;
    onProgress?.(seen, log.size);
  }
}

async function checkProofs(log: LogReader, count: number): Promise<number> {
  for (let at = 0; at < count; at++) {
    const index = Math.floor(((at + 0.5) * log.size) / count);
    checkInclusion(await log.leaf(index), index, log.size, await log.inclusionProof(index), log.root);
  }
  return count;
}
