/**
 * A log that changes its key says so in itself: an entry names the old key and the new one, and its receipt, sealed with the old
 * key, is served at `rotation/1`, `rotation/2` and so on. Whoever trusts any of its keys gets from there to the newest.
 */
import { fault } from './error.ts';
import { parseVerifier, verifierText, type VerifierKey } from './key.ts';
import { trusting } from './policy.ts';
import type { ReadFile } from './reader.ts';
import { checkReceipt, parseReceipt } from './receipt.ts';
import type { SignedCheckpoint } from './checkpoint.ts';
import { fromUtf8 } from './bytes.ts';

/** What an entry announces, when it is one that does. */
export type Announced = (entry: Uint8Array) => { from: string; to: string } | null;
/** `keys`: the one that was known and every later one, newest last. `seals`: of the announcements; the log has to continue them. */
export type KeyChain = { keys: VerifierKey[]; seals: SignedCheckpoint[] };

export const rotationPath = (number: number): string => `rotation/${number}`;
const MOST = 1_000;

/** Throws when an announcement that is served was not sealed by the key that it names. Announcements before the known key are passed over. */
export async function followKeys(first: VerifierKey, read: ReadFile, announced: Announced): Promise<KeyChain> {
  const chain: KeyChain = { keys: [first], seals: [] };
  for (let number = 1; number <= MOST; number++) {
    const served = await read(rotationPath(number));
    if (!served) break;
    const receipt = parseReceipt(fromUtf8(served) ?? '');
    const entry = receipt.extra ?? fault('E_PROOF_FORMAT', `${rotationPath(number)} does not bring its entry along.`);
    const said = announced(entry) ?? fault('E_KEY_FORMAT', `${rotationPath(number)} announces no key.`);
    const known = chain.keys.at(-1)!;
    if (said.from !== verifierText(known)) continue;
    chain.seals.push(await checkReceipt(receipt, entry, trusting(known)));
    const next = parseVerifier(said.to);
    if (next.name !== known.name) fault('E_ORIGIN', `${known.name} announces a key of ${next.name}.`);
    chain.keys.push(next);
  }
  return chain;
}

/**
 * The chain that `own` stands in, from the first key that an announcement names: what was sealed with an earlier one holds too. A chain
 * that does not lead to `own` is none of it, and is left aside. Throws as `followKeys` does.
 */
export async function followFromFirst(own: VerifierKey, read: ReadFile, announced: Announced): Promise<KeyChain> {
  const first = await read(rotationPath(1));
  const from = first && announced(parseReceipt(fromUtf8(first) ?? '').extra ?? new Uint8Array(0))?.from;
  const chain = await followKeys(from ? parseVerifier(from) : own, read, announced);
  return chain.keys.some((key) => verifierText(key) === verifierText(own)) ? chain : { keys: [own], seals: [] };
}
