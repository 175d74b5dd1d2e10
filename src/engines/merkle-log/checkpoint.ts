/** Checkpoints (C2SP tlog-checkpoint): origin, size and root of a log, signed; and how one asks a witness to cosign. */
import { equal, fromBase64, toBase64, wholeNumber } from './bytes.ts';
import { fault } from './error.ts';
import { EMPTY_ROOT, HASH_SIZE, type Hash } from './hash.ts';
import { openNote, type Signed } from './note.ts';
import type { VerifierKey } from './key.ts';

export type Checkpoint = { origin: string; size: number; root: Hash };
export type SignedCheckpoint = Checkpoint & { /** as it was served */ note: string; text: string; signed: Signed[] };

export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

export function parseCheckpoint(text: string): Checkpoint {
  const wrong = (sentence: string) => fault('E_CHECKPOINT_FORMAT', `The checkpoint cannot be read: ${sentence}`);
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length < 3 || lines.includes('')) return wrong('it needs an origin, a size and a root, a line each.');
  const [origin, sizeText, rootText] = lines as [string, string, string];
  const size = wholeNumber(sizeText) ?? wrong('its size is no whole number.');
  const root = fromBase64(rootText);
  if (!root || root.length !== HASH_SIZE) return wrong(`its root is not ${HASH_SIZE} bytes.`);
  if (size === 0 && !equal(root, EMPTY_ROOT)) return wrong('it says that the log is empty, with the root of something else.');
  return { origin, size, root };
}

/** The first line, before anything else of a checkpoint is believed: it says which log it may be one of. */
export const originOf = (text: string): string => text.slice(0, Math.max(0, text.indexOf('\n')));

/**
 * A checkpoint that one of the log's keys has signed, by whichever of `others` too. A key's name is the log's origin; a log has
 * several keys when it changes from one to the next.
 */
export async function openCheckpoint(note: Uint8Array | string, key: VerifierKey | readonly VerifierKey[], others: readonly VerifierKey[] = []): Promise<SignedCheckpoint> {
  const keys = 'name' in key ? [key] : key;
  const names = keys.map((it) => it.name).join(', ');
  const opened = await openNote(note, [...keys, ...others]);
  const signers = opened.signed.filter((it) => keys.includes(it.key));
  if (signers.length === 0) return fault('E_NOTE_UNSIGNED', `${names} has not signed this checkpoint.`);
  const checkpoint = parseCheckpoint(opened.text);
  if (!signers.some((it) => it.key.name === checkpoint.origin)) fault('E_ORIGIN', `The checkpoint is one of ${checkpoint.origin}, not of ${names}.`);
  return { ...checkpoint, text: opened.text, signed: opened.signed, note: typeof note === 'string' ? note : new TextDecoder('utf-8', { ignoreBOM: true }).decode(note) };
}

export type Addition = { old: number; proof: Hash[]; checkpoint: string };
const MOST_PROOF_LINES = 63;

/** The body of `add-checkpoint` (C2SP tlog-witness). The signer of this log is asked in the same words, with an unsigned text. */
export const additionText = ({ old, proof, checkpoint }: Addition): string => `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpoint}`;

export function parseAddition(text: string): Addition {
  const wrong = (sentence: string) => fault('E_PROOF_FORMAT', `The request to cosign cannot be read: ${sentence}`);
  const end = text.indexOf('\n\n');
  if (end < 0) return wrong('there is no empty line before the checkpoint.');
  const [first, ...lines] = text.slice(0, end).split('\n');
  const old = /^old (.+)$/.exec(first!);
  if (!old || lines.length > MOST_PROOF_LINES) return wrong('it begins with the old size and at most 63 hashes.');
  return { old: wholeNumber(old[1]!) ?? wrong('its old size is no whole number.'), proof: lines.map(readHash), checkpoint: text.slice(end + 2) };
}

/** One hash of a proof, in base64. */
export function readHash(line: string): Hash {
  const hash = fromBase64(line);
  return hash?.length === HASH_SIZE ? hash : fault('E_PROOF_FORMAT', 'A line of the proof is no hash.');
}
