/**
 * A witness (C2SP tlog-witness): remembers the last checkpoint of each log that it watches and cosigns only what continues it.
 * What it saw is on the disk before it says so. It knows logs by their keys and nothing else of them, ours or anybody's.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkConsistency, COSIGNATURE, EMPTY_ROOT, LogError, openNote, originOf, parseAddition, parseCheckpoint, parseNote, parseSigning, signingKey, signingText, signLine, verifierText,
  type Addition, type Checkpoint, type SigningKey, type VerifierKey,
} from '#engines/merkle-log/index.ts';
import { isAlive } from '../db/postgres.ts';
import { flush, readOrNull, writeWhole } from './files.ts';

/** A log that is watched. Its origin is the name of its key, unless it is said to be another. */
export type WatchedLog = { key: VerifierKey; origin: string };
export type Seen = { origin: string; size: number; at: Date | null; forks: number };
/** Every answer is one of the protocol's: 200 with a line, 409 with a size, others with a sentence. */
export type WitnessAnswer = { status: 200 | 400 | 403 | 404 | 409 | 422; body: string };

export type WitnessKeeper = {
  vkey: string;
  addCheckpoint(request: string): Promise<WitnessAnswer>;
  /** The last cosigned checkpoint of the log whose origin has this SHA-256, with the signatures of log and witness; null before there is one. */
  checkpoint(originHash: string): Promise<string | null>;
  seen(): Promise<Seen[]>;
  /** Lets others open the folder. */
  close(): Promise<void>;
};

const hashOfOrigin = (origin: string): string => createHash('sha256').update(origin).digest('hex');
const MOST_EVIDENCE = 100;
/** Wrong proofs are evidence only when they were signed: whoever holds no key of a log leaves no trace here. */
class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 409 | 422;
  constructor(status: Refusal['status'], sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/** Opens the folder of a witness; a new one gets a key under `name`. One process at a time has it. */
export async function openWitness(folder: string, name: string | null, logs: readonly WatchedLog[], clock: () => Date = () => new Date()): Promise<WitnessKeeper> {
  await mkdir(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  const letGo = await take(join(folder, 'at-work'));
  const key = await ownKey(folder, name).catch(async (error: unknown) => {
    await letGo();
    throw error;
  });
  const fileOf = (hash: string) => join(folder, 'logs', hash);
  let turn: Promise<unknown> = Promise.resolve();

  /** What was cosigned last, from the disk each time: a few hundred bytes, and the only truth. */
  async function last(origin: string): Promise<Checkpoint> {
    const note = await readOrNull(fileOf(hashOfOrigin(origin)));
    if (!note) return { origin, size: 0, root: EMPTY_ROOT };
    return parseCheckpoint((await openNote(note, [key.verifier])).text);
  }

  async function decide(request: string): Promise<string> {
    const asked = readRequest(request);
    const { text, lines } = await signedBy(asked.checkpoint, logs);
    const wanted = checkpointIn(text);
    if (asked.old > wanted.size) throw new Refusal(400, `The old size ${asked.old} is above the size ${wanted.size}.`);
    const before = await last(wanted.origin);
    if (asked.old !== before.size) throw new Refusal(409, String(before.size));
    try {
      checkConsistency(before, wanted, asked.proof);
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      await keepEvidence(folder, wanted, asked.checkpoint);
      throw new Refusal(422, error.message);
    }
    const line = await signLine(text, key, Math.floor(clock().getTime() / 1000));
    await keep(folder, join('logs', hashOfOrigin(wanted.origin)), `${text}\n${lines}${line}`);
    return line;
  }

  const answered = (request: string): Promise<WitnessAnswer> => decide(request).then(
    (body) => ({ status: 200 as const, body }),
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: `${error.message}\n` };
    },
  );

  return {
    vkey: verifierText(key.verifier),
    // One at a time: what is compared is what is stored next.
    addCheckpoint: (request) => (turn = turn.catch(() => undefined).then(() => answered(request))) as Promise<WitnessAnswer>,
    async checkpoint(originHash) {
      const note = /^[0-9a-f]{64}$/.test(originHash) && (await readOrNull(fileOf(originHash)));
      return note ? new TextDecoder().decode(note) : null;
    },
    async seen() {
      const forks = await readdir(join(folder, 'evidence')).catch(() => [] as string[]);
      return Promise.all([...new Set(logs.map((log) => log.origin))].map(async (origin) => {
        const note = await readOrNull(fileOf(hashOfOrigin(origin)));
        const at = note && (await openNote(note, [key.verifier])).signed[0]!.at;
        return { origin, size: (await last(origin)).size, at: at ? new Date(at * 1000) : null, forks: forks.filter((it) => it.startsWith(hashOfOrigin(origin).slice(0, 16))).length };
      }));
    },
    close: letGo,
  };
}

function readRequest(request: string): Addition {
  try {
    return parseAddition(request);
  } catch (error) {
    throw error instanceof LogError ? new Refusal(400, error.message) : error;
  }
}

/** The text, and those of its signature lines that are by keys trusted for this log. */
async function signedBy(note: string, logs: readonly WatchedLog[]): Promise<{ text: string; lines: string }> {
  try {
    const origin = originOf(parseNote(note).text);
    const keys = logs.filter((log) => log.origin === origin).map((log) => log.key);
    if (keys.length === 0) throw new Refusal(404, 'This witness does not watch that log.');
    const { text, signatures, signed } = await openNote(note, keys);
    const ids = signed.map(({ key }) => `${key.name} ${key.id.join()}`);
    return { text, lines: signatures.filter((it) => ids.includes(`${it.name} ${it.id.join()}`)).map((it) => `${it.line}\n`).join('') };
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    throw new Refusal(error.code === 'E_NOTE_FORMAT' ? 400 : 403, error.message);
  }
}

function checkpointIn(text: string): Checkpoint {
  try {
    return parseCheckpoint(text);
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    // An empty log with the root of something else can be read, and is not what it says.
    throw new Refusal(/^[^\n]+\n0\n[A-Za-z0-9+/]{43}=\n/.test(text) ? 422 : 400, error.message);
  }
}

/** A signed checkpoint that does not continue what was seen is proof of a fork: it is kept beside what it contradicts. */
async function keepEvidence(folder: string, wanted: Checkpoint, note: string): Promise<void> {
  const origin = hashOfOrigin(wanted.origin);
  const name = `${origin.slice(0, 16)}-${wanted.size}-${hashOfOrigin(note).slice(0, 12)}`;
  await mkdir(join(folder, 'evidence'), { recursive: true, mode: 0o700 });
  if ((await readdir(join(folder, 'evidence'))).length >= MOST_EVIDENCE) return;
  await keep(folder, join('evidence', name), `${note}\n${new TextDecoder().decode((await readOrNull(join(folder, 'logs', origin))) ?? new Uint8Array(0))}`);
}

async function ownKey(folder: string, name: string | null): Promise<SigningKey> {
  const path = join(folder, 'key');
  if (!existsSync(path)) {
    if (!name) throw new Error('A new witness needs a name, such as the address of who runs it: --name association.example/witness');
    await keep(folder, 'key', `${signingText(await signingKey(name, undefined, COSIGNATURE))}\n`);
  }
  const key = await parseSigning(await readFile(path, 'utf8'));
  if (key.verifier.kind !== COSIGNATURE) throw new Error(`${path} is not the key of a witness.`);
  return key;
}

async function keep(folder: string, name: string, text: string): Promise<void> {
  const folders = new Set<string>();
  await writeWhole(join(folder, name), text, folders, 0o600);
  for (const it of folders) await flush(it);
}

/** Folders that this process has open: in a container the process before it may have had the same number. */
const opened = new Set<string>();

/** Two processes on one folder could each cosign another past. What a process left that has ended holds nobody up. */
async function take(path: string): Promise<() => Promise<void>> {
  if (opened.has(path)) throw new Error(`${path}: this folder is open already.`);
  const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
  if (holder > 0 && holder !== process.pid && isAlive(holder)) throw new Error(`A witness is at work on this folder already (process ${holder}).`);
  await rm(path, { force: true });
  await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 });
  opened.add(path);
  return async () => {
    opened.delete(path);
    await rm(path, { force: true });
  };
}
