/**
 * The signer: keeps the key and the last checkpoint it signed, and signs only what continues it. Whoever can change the
 * database can therefore not make it sign another past. What it signed is on the disk before it says so.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkConsistency, checkpointText, EMPTY_ROOT, entryCount, equal, followKeys, LogError, openCheckpoint, parseAddition, parseCheckpoint, parseSigning, sameKey, signingKey, signingText, signLine, signNote, verifierText, withSignatures,
  type Announced, type ReadFile, type SignedCheckpoint, type SigningKey,
} from '#engines/merkle-log/index.ts';
import { flush, readOrNull, writeWhole } from './files.ts';

export type SignerAnswer =
  | { status: 200; note: string }
  /** the caller's old size is not the last signed one, which is this */
  | { status: 409; size: number }
  | { status: 422; code: string; sentence: string };

export type Signer = {
  /** The key in force. Keys are read anew by `refresh` and before every signature: a command may have changed them. */
  readonly vkey: string;
  /** The key that comes after it and already signs beside it; null when none is announced. */
  readonly next: string | null;
  refresh(): Promise<void>;
  last(): SignedCheckpoint;
  /** `request`: as `add-checkpoint` of a witness, with the checkpoint's text instead of a signed note. */
  sign(request: string): Promise<SignerAnswer>;
};

/** Opens the signer's folder; a new one gets a key for `origin` and a signed checkpoint of an empty log. */
export async function openSigner(folder: string, origin: string): Promise<Signer> {
  if (!existsSync(join(folder, 'key'))) await begin(folder, origin);
  let keys = await readKeys(folder);
  const saved = await readOrNull(join(folder, 'last-signed'));
  if (!saved) throw new Error(`${folder} holds a key, but not what was signed with it last. Copy the newest checkpoint of the log to ${join(folder, 'last-signed')}: without it another past could be signed.`);
  let last = await openCheckpoint(saved, verifiersOf(keys));
  let turn: Promise<unknown> = Promise.resolve();

  async function decide(request: string): Promise<SignerAnswer> {
    try {
      await refresh();
      const { key, next } = keys;
      // Should a second signer ever work on the same folder, what it signed counts here too.
      const kept = await openCheckpoint((await readOrNull(join(folder, 'last-signed'))) ?? last.note, verifiersOf(keys));
      if (kept.size > last.size) last = kept;
      const { old, proof, checkpoint } = parseAddition(request);
      const wanted = parseCheckpoint(checkpoint);
      if (wanted.origin !== key.verifier.name) throw new LogError('E_ORIGIN', `This signer signs for ${key.verifier.name}, not for ${wanted.origin}.`);
      if (wanted.size === last.size && equal(wanted.root, last.root)) return { status: 200, note: last.note };
      if (old !== last.size && wanted.size >= last.size) return { status: 409, size: last.size };
      if (wanted.size === last.size) throw new LogError('E_SPLIT_VIEW', `Another log of ${entryCount(last.size)} was signed.`);
      checkConsistency(last, wanted, proof);
      const text = checkpointText(wanted);
      const own = await signNote(text, key);
      const note = next ? withSignatures(own, [await signLine(text, next)]) : own;
      const signed = await openCheckpoint(note, key.verifier);
      await keep(folder, 'last-signed', note);
      last = signed;
      return { status: 200, note };
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      return { status: 422, code: error.code, sentence: error.message };
    }
  }

  async function refresh(): Promise<void> {
    keys = await readKeys(folder);
  }

  return {
    get vkey() { return verifierText(keys.key.verifier); },
    get next() { return keys.next && verifierText(keys.next.verifier); },
    refresh,
    last: () => last,
    sign: (request) => (turn = turn.catch(() => undefined).then(() => decide(request))) as Promise<SignerAnswer>,
  };
}

type Keys = { key: SigningKey; next: SigningKey | null };
const verifiersOf = ({ key, next }: Keys) => (next ? [key.verifier, next.verifier] : [key.verifier]);

async function readKeys(folder: string): Promise<Keys> {
  const next = await readOrNull(join(folder, NEXT));
  return { key: await parseSigning(await readFile(join(folder, 'key'), 'utf8')), next: next && (await parseSigning(new TextDecoder().decode(next))) };
}

/** The empty log is signed before the key is there, so that a key without a past never exists. */
async function begin(folder: string, origin: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const key: SigningKey = await signingKey(origin);
  await keep(folder, 'last-signed', await signNote(checkpointText({ origin, size: 0, root: EMPTY_ROOT }), key));
  await keep(folder, 'key', `${signingText(key)}\n`);
}

/** Makes the key that comes next, or finds the one that was made: from now on both sign. Returns its verifier key. */
export async function beginRotation(folder: string): Promise<string> {
  const { key, next } = await readKeys(folder);
  if (next) return verifierText(next.verifier);
  const made = await signingKey(key.verifier.name);
  await keep(folder, NEXT, `${signingText(made)}\n`);
  return verifierText(made.verifier);
}

/**
 * Takes the old key away, for good, once `read` shows that the record itself names the next one, sealed with the old.
 * Returns the verifier key that is in force now.
 */
export async function endRotation(folder: string, read: ReadFile, announced: Announced): Promise<string> {
  const { key, next } = await readKeys(folder);
  if (!next) throw new Error('No other key is being introduced. Begin with: abwab signer rotate');
  const { keys } = await followKeys(key.verifier, read, announced);
  if (!sameKey(keys.at(-1)!, next.verifier)) throw new Error('The record does not announce the new key yet. It does within seconds while the site runs.');
  await openCheckpoint((await readOrNull(join(folder, 'last-signed')))!, next.verifier);
  await rename(join(folder, NEXT), join(folder, 'key'));
  await flush(folder);
  return verifierText(next.verifier);
}

const NEXT = 'next-key';

async function keep(folder: string, name: string, text: string): Promise<void> {
  const folders = new Set<string>();
  await writeWhole(join(folder, name), text, folders, 0o600);
  for (const it of folders) await flush(it);
}
