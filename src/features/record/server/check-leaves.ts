/**
 * What is stored against what is published, all of it in every half minute, so that nobody rewrites it unnoticed, whatever rights they have.
 * What was compared once is looked at again by a number that changes with anything stored of it, which costs a third; a share of it is compared
 * anew each time all the same, since somebody might find another row with the same number. Whoever changes rows without hiding it from PostgreSQL's
 * own counters is found at the next call: on a machine that can hardly go round, that is what remains.
 */
import { randomInt } from 'node:crypto';
import { concat, equal, hashOf, openLog, WIDTH, type LogReader } from '#engines/merkle-log/index.ts';
import type { RecordFaultKind } from '../model.ts';
import { RecordFault, refuseRestored, standing, type LogParts } from './log-parts.ts';
import { clearFault, leafChanges, leafDigests, leafPrints, noteChecked, tilesTouched } from './log-state.ts';

/** Once round. What is changed behind the check's back is met half a minute later, which leaves as long for a machine that is busy. */
export const ROUND_MS = 30_000;
/** Between two calls; how far the next one goes is seen ahead. */
export const CHECK_EVERY_SECONDS = 5;
/** So many leaves a statement: few enough for PostgreSQL to look each act up by its key instead of reading all acts. */
const AT_ONCE = 16 * WIDTH;
/** Everything is compared anew in so many rounds. */
const ANEW = 20;

const FOUND_BY_CHECK: readonly RecordFaultKind[] = ['changed', 'files'];
type Doors = Pick<LogParts, 'house' | 'who'>;
/** Of tiles that were found right, what was stored then. */
type Known = { seed: number; round: number; prints: Map<number, string>; changes: string | null; /** oldest first */ over: { at: number; mark: string }[] };
/** PostgreSQL may count a change so long after it was made. */
const COUNTED_MS = 60_000;

/** How far a round has to be at this moment to be over in time, the time until the next call counted in. */
export const dueAfter = (elapsedMs: number, size: number): number => Math.min(size, Math.ceil((size * (elapsedMs + CHECK_EVERY_SECONDS * 1000)) / ROUND_MS));

/** Goes round by the clock, or all the way at once; a round without a difference takes back what an earlier one found. */
export function checkerOf(it: LogParts): (all?: boolean) => Promise<void> {
  const known: Known = { seed: randomInt(2 ** 47), round: 0, prints: new Map(), changes: null, over: [] };
  let at = { next: 0, size: 0, began: 0, clean: true };

  return async (all = false) => {
    const now = await standing(it);
    refuseRestored(now);
    const { log } = now;
    if (at.next >= at.size) {
      at = { next: 0, size: log.size, began: performance.now(), clean: true };
      known.round += 1;
    }
    const reader = openLog(log, it.folder.read);
    try {
      await checkTouched(it, reader, known);
    } catch (error) {
      // Only a whole round without a difference takes back what was found: it begins with the next call.
      at.next = at.size;
      throw error;
    }
    do {
      const from = at.next;
      at.next = Math.min(at.size, from + AT_ONCE);
      await checkAgain(it, reader, known, from, at.next).catch((error: unknown) => {
        at.clean = false;
        throw error;
      });
    } while (at.next < (all ? at.size : dueAfter(performance.now() - at.began, at.size)));
    if (at.next < at.size || !at.clean) return;
    await it.house.act(it.who, clearFault, FOUND_BY_CHECK);
    await it.house.act(it.who, noteChecked, undefined);
  };
}

/** Rows were changed or taken away, which nobody of this house does: those that were written lately are compared at once. */
async function checkTouched(doors: Doors, log: LogReader, known: Known): Promise<void> {
  const { changes, over } = await doors.house.ask(doors.who, leafChanges, undefined);
  known.over.push({ at: performance.now(), mark: over });
  while (known.over.length > 1 && known.over[1]!.at < performance.now() - COUNTED_MS) known.over.shift();
  const before = known.changes;
  known.changes = changes;
  if (before === null || before === changes || log.size === 0) return;
  const tiles = await doors.house.ask(doors.who, tilesTouched, { since: known.over[0]!.mark, size: log.size });
  for (const tile of tiles) known.prints.delete(tile);
  for (const [first, last] of runsOf(tiles)) await checkLeaves(doors, log, first * WIDTH, Math.min(log.size, (last + 1) * WIDTH));
}

/** Tiles of which something is stored otherwise than when they were found right, those never seen, and those whose turn it is. */
async function checkAgain(doors: Doors, log: LogReader, known: Known, from: number, to: number): Promise<void> {
  const prints = new Map((await doors.house.ask(doors.who, leafPrints, { from, to, seed: known.seed })).map((it) => [it.tile, it.print]));
  const tiles = Array.from({ length: Math.ceil((to - from) / WIDTH) }, (_, at) => from / WIDTH + at);
  const due = tiles.filter((tile) => known.prints.get(tile) !== (prints.get(tile) ?? '') || (tile + known.round) % ANEW === 0);
  for (const tile of due) known.prints.delete(tile);
  for (const [first, last] of runsOf(due)) {
    await checkLeaves(doors, log, first * WIDTH, Math.min(to, (last + 1) * WIDTH));
    for (let tile = first; tile <= last; tile++) known.prints.set(tile, prints.get(tile) ?? '');
  }
}

/** Numbers that follow each other, as first and last. */
function runsOf(numbers: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const it of numbers) {
    const run = runs.at(-1);
    if (run && run[1] === it - 1) run[1] = it;
    else runs.push([it, it]);
  }
  return runs;
}

/** Stored leaves against published ones, tile by tile; throws `changed` with the first index that differs. */
export async function checkLeaves({ house, who }: Doors, log: LogReader, from: number, to: number): Promise<void> {
  // A tile that has grown since it was last compared is compared whole.
  const first = Math.floor(from / WIDTH);
  const stored = new Map((await house.ask(who, leafDigests, { from: first * WIDTH, to })).map((it) => [it.tile, it.digest]));
  for (let tile = first; tile * WIDTH < to; tile++) {
    const hashes = (await log.tile(0, tile)).slice(0, to - tile * WIDTH);
    if (equal(stored.get(tile) ?? new Uint8Array(0), hashOf(concat(hashes)))) continue;
    const index = await firstChanged({ house, who }, log, tile);
    throw new RecordFault('changed', `Entry ${index} is stored otherwise than it was published.`, index);
  }
}

async function firstChanged({ house, who }: Doors, log: LogReader, tile: number): Promise<number> {
  const to = Math.min(log.size, (tile + 1) * WIDTH);
  for (let index = tile * WIDTH; index < to; index++) {
    const [one] = await house.ask(who, leafDigests, { from: index, to: index + 1 });
    if (!equal(one?.digest ?? new Uint8Array(0), hashOf(await log.leaf(index)))) return index;
  }
  return tile * WIDTH;
}
