/** What publication works with, opened by its job and handed in; and how it says that it cannot go on. */
import { EMPTY_ROOT, entryCount, equal, followKeys, openCheckpoint, parseVerifier, verifierText, type Policy, type SignedCheckpoint, type VerifierKey } from '#engines/merkle-log/index.ts';
import type { LogFolder } from '#platform/tlog/files.ts';
import type { SignerClient } from '#platform/tlog/signer-server.ts';
import type { AskWitness } from '#platform/tlog/witness-client.ts';
import type { House, Who } from '../../context.ts';
import type { RecordFaultKind } from '../model.ts';
import { announcedKey } from '../leaf.ts';
import type { LogState } from './log-store.ts';
import { beginLog, changeKey, logState } from './log-state.ts';

/** Whom to ask to watch, and how. */
export type Watching = { policy: Policy; ask: AskWitness };
export type LogParts = { house: House; who: Who; folder: LogFolder; signer: SignerClient; watching?: Watching };

/** The record cannot go on; `atIndex` when one entry is the reason. */
export class RecordFault extends Error {
  readonly kind: RecordFaultKind;
  readonly atIndex: number | null;
  constructor(kind: RecordFaultKind, sentence: string, atIndex: number | null = null) {
    super(sentence);
    this.kind = kind;
    this.atIndex = atIndex;
  }
}

export type Standing = { key: VerifierKey; log: LogState; leaves: number; signed: SignedCheckpoint; published: SignedCheckpoint | null };

/**
 * Database, signer and folder side by side. Each was written after the one before it, so any later one that knows more tells of a restore; they are
 * read the other way round, since another publisher may go on in between.
 */
export async function standing(it: LogParts): Promise<Standing> {
  const { house, who } = it;
  const note = await it.folder.read('checkpoint');
  const vkey = await it.signer.vkey();
  const key = parseVerifier(vkey);
  const signed = await openCheckpoint(await it.signer.last(), key);
  let { log, leaves } = await house.ask(who, logState, undefined);
  if (!log) {
    // A database without a past beside a signer with one was lost: the difference is found below.
    await house.act(who, beginLog, { vkey, head: { size: 0, root: EMPTY_ROOT, note: signed.size === 0 ? signed.note : '' } });
    ({ log, leaves } = await house.ask(who, logState, undefined));
  }
  if (log!.vkey !== vkey) {
    const { keys } = await followKeys(parseVerifier(log!.vkey), it.folder.read, announcedKey);
    if (verifierText(keys.at(-1)!) !== vkey) throw new RecordFault('other-key', `The signer's key is ${vkey}, the record's is ${log!.vkey}.`);
    await house.act(who, changeKey, { from: log!.vkey, to: vkey });
    ({ log, leaves } = await house.ask(who, logState, undefined));
  }
  return { key, log: log!, leaves, signed, published: await publishedIn(note, key) };
}

async function publishedIn(note: Uint8Array | null, key: VerifierKey): Promise<SignedCheckpoint | null> {
  if (!note) return null;
  return openCheckpoint(note, key).catch((error: Error) => {
    throw new RecordFault('files', `The published checkpoint: ${error.message}`);
  });
}

/** A database that knows less than was signed or published has forgotten: nothing goes on until what is missing is back. */
export function refuseRestored({ log, leaves, signed, published }: Standing): void {
  const most = Math.max(signed.size, published?.size ?? 0);
  if (leaves < most || (published && published.size > log.size)) {
    throw new RecordFault('behind', `The database knows ${entryCount(leaves)} of the record, ${most} were signed. Bring the missing ones back: abwab record catch-up.`);
  }
  if (published?.size === log.size && !equal(published.root, log.root)) throw new RecordFault('changed', `Another record of ${entryCount(log.size)} is published.`);
}
