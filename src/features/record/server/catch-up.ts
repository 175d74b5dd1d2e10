/** After a restore: entries that were published and that the database no longer knows come back from the tiles. */
import { entryCount, equal, fromUtf8, openCheckpoint, openLog, WIDTH, type LogReader, type ReadFile, type SignedCheckpoint } from '#engines/merkle-log/index.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepRecord } from '../access.ts';
import { leafHashOf, readLeaf } from '../leaf.ts';
import { copyAnnouncements } from './next-key.ts';
import { advanceLog, clearFault } from './log-state.ts';
import { RecordFault, standing, type LogParts } from './log-parts.ts';
import { leavesOfActs } from './log-store.ts';
import { checkLeaves } from './check-leaves.ts';
import { skipReferences } from './reference-store.ts';
import { insertActs, recordSize, saveLeaves, takeLock } from './store.ts';

/**
 * Brings back what `read` serves beyond the database, after everything in the database was compared with it. Returns how many
 * entries came back, and how many of them belong to acts whose business the backup had not seen.
 */
export async function catchUp(it: LogParts, read: ReadFile): Promise<{ back: number; unknown: number }> {
  await copyAnnouncements(it, read);
  const { key, leaves, log, signed, published } = await standing(it);
  const note = await read('checkpoint');
  if (!note) throw new RecordFault('files', 'There is no checkpoint to catch up with.');
  const head = await openCheckpoint(note, key);
  const source = openLog(head, read);
  await refuseOther(source, [signed, ...(published ? [published] : [])]);
  await checkLeaves(it, source, 0, Math.min(leaves, head.size));
  let unknown = 0;
  for (let from = leaves; from < head.size; from = (Math.floor(from / WIDTH) + 1) * WIDTH) {
    const entries = (await source.bundle(Math.floor(from / WIDTH))).slice(from % WIDTH);
    unknown += await it.house.act(it.who, importLeaves, { from, leaves: entries.map((entry) => fromUtf8(entry) ?? '') });
  }
  if (head.size > log.size) await it.house.act(it.who, advanceLog, { from: log.size, head });
  await it.house.act(it.who, clearFault, ['behind']);
  return { back: Math.max(0, head.size - leaves), unknown };
}

/** What is brought back stays for good: only what continues everything that was signed and published here is taken, before the first line of it. */
async function refuseOther(source: LogReader, seen: readonly SignedCheckpoint[]): Promise<void> {
  for (const { size, root } of seen) {
    if (source.size < size) throw new RecordFault('behind', `${entryCount(size)} were signed, and this copy has ${entryCount(source.size)}. Name a copy that has them all: abwab record catch-up --from URL|FOLDER`);
    if (!equal(await source.rootAt(size), root)) throw new RecordFault('changed', `This copy is of another record: up to its first ${entryCount(size)} it is not what was signed here. Nothing was taken from it.`);
  }
}

/** Acts that the backup holds get the index they had; others come back as their leaf, which is all that was public of them. */
export async function importLeaves(ctx: Ctx, input: { from: number; leaves: readonly string[] }): Promise<number> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  if (!(await takeLock(ctx)) || (await recordSize(ctx)) !== BigInt(input.from)) refuse({ because: 'conflict', what: 'record' });
  const acts = input.leaves.map((leaf) => readLeaf(leaf) ?? refuse({ because: 'invalid', fields: { leaf: 'invalid' } }));
  const stored = await leavesOfActs(ctx, acts.map((act) => act.id));
  for (const act of acts) if (stored.has(act.id) && stored.get(act.id) !== act.leaf) refuse({ because: 'conflict', what: 'act' });
  const lost = acts.filter((act) => !stored.has(act.id));
  await insertActs(ctx, lost.map((act) => ({ ...act, public: true, person: null, leafHash: Buffer.from(leafHashOf(act.leaf)), content: null })));
  await skipReferences(ctx, lost.map((act) => act.detail.number));
  await saveLeaves(ctx, acts.map((act, at) => ({ logIndex: BigInt(input.from + at), actId: act.id })));
  return lost.length;
}
