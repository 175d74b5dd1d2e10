/**
 * Publishing the record, in the order of Sunlight: tiles are on the disk before anything is signed, the signature is in the
 * lock before anybody sees it, and the checkpoint is shown last. Stopped anywhere, the next round goes on from there.
 */
import {
  addEntries, additionText, checkpointText, LogError, openCheckpoint, openLog, rootOf, utf8,
  type Edge, type LogFile, type SignedCheckpoint,
} from '#engines/merkle-log/index.ts';
import { checkerOf } from './check-leaves.ts';
import { advanceLog, clearFault, giveLeaseBack, leavesBetween, noteFault, takeLease } from './log-state.ts';
import { RecordFault, refuseRestored, standing, type LogParts, type Standing } from './log-parts.ts';
import { tellOfNextKey } from './next-key.ts';
import { rebuildFiles } from './rebuild-files.ts';
import type { RecordFaultKind } from '../model.ts';
import type { LogHead } from './log-store.ts';
import { sequenceLeaves } from './sequence-leaves.ts';

const MOST_AT_ONCE = 2_000;

/** The five steps; a test puts something between them. */
export type Steps = {
  store(files: readonly LogFile[]): Promise<void>;
  sign(request: string): Promise<SignedCheckpoint | null>;
  swap(from: number, head: LogHead): Promise<boolean>;
  show(note: string): Promise<void>;
  tidy(files: readonly LogFile[]): Promise<void>;
};

export type Publisher = {
  /** Gives indexes, publishes, and keeps what stands in the way where pages can tell it. Returns how many entries were published. */
  round(): Promise<number>;
  /** Compares as many stored leaves with the published ones as the clock asks for, going round, or all of them; see `checkerOf`. */
  check(all?: boolean): Promise<void>;
};

export function openPublisher(it: LogParts, between: (steps: Steps) => Steps = (steps) => steps): Publisher {
  const steps = between(stepsOf(it));
  const check = checkerOf(it);
  let kept: Edge | null = null;
  let toldOf: string | null = null;

  async function publish(now: Standing): Promise<number> {
    const { log, leaves, signed, published } = now;
    if (log.size > 0 && !published) await rebuildFiles(it, log, false);
    if (log.note && (published?.size ?? -1) < log.size) await steps.show(log.note);
    const target = Math.min(leaves, Math.max(log.size + MOST_AT_ONCE, signed.size));
    if (target === log.size) return 0;
    const edge = kept?.size === log.size ? kept : await openLog(log, it.folder.read).edge();
    kept = null;
    const entries = (await it.house.ask(it.who, leavesBetween, { from: log.size, to: target })).map(utf8);
    if (entries.length !== target - log.size) throw new RecordFault('changed', `Between ${log.size} and ${target} an index has no entry.`, log.size + entries.length);
    const grown = addEntries(edge, entries);
    await steps.store(grown.files);
    const head = { origin: now.key.name, size: target, root: rootOf(grown.edge) };
    const proof = await openLog(head, it.folder.read).consistencyProof(signed.size);
    const note = await steps.sign(additionText({ old: signed.size, proof, checkpoint: checkpointText(head) }));
    if (!note || !(await steps.swap(log.size, { ...head, note: note.note }))) return 0;
    await steps.show(note.note);
    await steps.tidy(grown.files);
    kept = grown.edge;
    return entries.length;
  }

  async function round(): Promise<number> {
    const before = await standing(it);
    if (before.log.fault?.kind === 'changed') return 0;
    toldOf = await tellOfNextKey(it, before, toldOf);
    await it.house.act(it.who, sequenceLeaves, { signed: Math.max(before.signed.size, before.published?.size ?? 0) });
    const now = await standing(it);
    refuseRestored(now);
    const idle = now.leaves === now.log.size && now.published?.size === now.log.size;
    if (idle || !(await it.house.act(it.who, takeLease, undefined))) return 0;
    try {
      return await publish(now);
    } finally {
      await it.house.act(it.who, giveLeaseBack, undefined);
    }
  }

  return {
    async round() {
      const published = await telling(it, round);
      await it.house.act(it.who, clearFault, FOUND_BY_ROUND);
      return published;
    },
    check: (all) => telling(it, () => check(all)),
  };
}

const FOUND_BY_ROUND: readonly RecordFaultKind[] = ['behind', 'signer-away', 'signer-refuses', 'other-key'];

/** What stands in the way is kept where pages can tell it. */
async function telling<T>({ house, who }: LogParts, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const known = error instanceof RecordFault ? error : error instanceof LogError ? new RecordFault('files', error.message)
      : (error as Error).name === 'SignerAway' ? new RecordFault('signer-away', (error as Error).message) : null;
    if (known) await house.act(who, noteFault, { kind: known.kind, atIndex: known.atIndex });
    throw known ?? error;
  }
}

function stepsOf(it: LogParts): Steps {
  return {
    store: (files) => it.folder.store(files),
    async sign(request) {
      const answer = await it.signer.sign(request);
      // Another publisher has signed in between: the next round begins where it stopped.
      if (answer.status === 409) return null;
      if (answer.status === 422) throw new RecordFault('signer-refuses', `The signer refuses: ${answer.sentence}`);
      return openCheckpoint(answer.note, (await standing(it)).key);
    },
    swap: (from, head) => it.house.act(it.who, advanceLog, { from, head }),
    async show(note) {
      const { published, key } = await standing(it);
      if (published && published.size >= (await openCheckpoint(note, key)).size) return;
      await it.folder.replace('vkey', `${await it.signer.vkey()}\n`);
      await it.folder.replace('checkpoint', note);
    },
    tidy: (files) => it.folder.dropPartials(files.filter((file) => !file.path.includes('.p/')).map((file) => file.path)),
  };
}
