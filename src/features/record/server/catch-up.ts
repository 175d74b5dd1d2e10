/** After a restore: entries that were published and that the database no longer knows come back from the tiles. */
import { fromUtf8, openCheckpoint, openLog, WIDTH, type ReadFile } from '#engines/merkle-log/index.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepRecord } from '../access.ts';
import { leafHashOf, readLeaf } from '../leaf.ts';
import { copyAnnouncements } from './next-key.ts';
import { advanceLog, clearFault } from './log-state.ts';
import { RecordFault, standing, type LogParts } from './log-parts.ts';
import { leavesOfActs } from './log-store.ts';
import { checkLeaves } from './check-leaves.ts';
import { insertActs, recordSize, saveLeaves, takeLock } from './store.ts';

/**
 * Brings back what `read` serves beyond the database, after everything in the database was compared with it. Returns how many
 * entries came back, and how many of them belong to acts whose business the backup had not seen.
 */
export async function catchUp(it: LogParts, read: ReadFile): Promise<{ back: number; unknown: number }> {
  await copyAnnouncements(it, read);
  const { key, leaves, log } = await standing(it);
  const note = await read('checkpoint');
  if (!note) throw new RecordFault('files', 'There is no checkpoint to catch up with.');
  const head = await openCheckpoint(note, key);
  const source = openLog(head, read);
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

/** Acts that the backup holds get the index they had; others come back as their leaf, which is all that was public of them. */
export async function importLeaves(ctx: Ctx, input: { from: number; leaves: readonly string[] }): Promise<number> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  if (!(await takeLock(ctx)) || (await recordSize(ctx)) !== BigInt(input.from)) refuse({ because: 'conflict', what: 'record' });
  const acts = input.leaves.map((leaf) => readLeaf(leaf) ?? refuse({ because: 'invalid', fields: { leaf: 'invalid' } }));
  const stored = await leavesOfActs(ctx, acts.map((act) => act.id));
  for (const act of acts) if (stored.has(act.id) && stored.get(act.id) !== act.leaf) refuse({ because: 'conflict', what: 'act' });
  const lost = acts.filter((act) => !stored.has(act.id));
  await insertActs(ctx, lost.map((act) => ({ ...act, public: true, person: null, leafHash: Buffer.from(leafHashOf(act.leaf)), content: null })));
  await saveLeaves(ctx, acts.map((act, at) => ({ logIndex: BigInt(input.from + at), actId: act.id })));
  return lost.length;
}
