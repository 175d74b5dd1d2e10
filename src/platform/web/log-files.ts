/** The published record over the web: its files as C2SP tlog-tiles wants them, and receipts made and judged from them. */
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  bundleOf, checkContinues, checkReceipt, entriesOf, equal, followFromFirst, fromUtf8, HASH_SIZE, leafHash, LogError, openCheckpoint, openLog, openNote, parsePolicy, parseReceipt, parseTilePath, parseVerifier, receiptText, tilePath, trusting, utf8, verifierText, WIDTH,
  type Fault, type LogReader, type Policy, type Tile, type SignedCheckpoint, type VerifierKey,
} from '#engines/merkle-log/index.ts';
import { logFolderOf, readConfig } from '../config.ts';
import { CHECKPOINT, openFolder, VERIFIER_KEY, WITNESSED } from '../tlog/files.ts';
import { names } from './cache.ts';

const folder = openFolder(logFolderOf(readConfig()));

/** Anybody's page and program may read the record. */
const OPEN = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff' };
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Texts beside the tiles: the seal, the newest one that enough witnesses have seen, the key, whom to trust, and receipts of changed keys. */
const MUTABLE = /^(checkpoint|checkpoint\.witnessed|vkey|policy|rotation\/[1-9]\d{0,3})$/;

/** One file of the record by its address below `/record/log/`; null when there is none. */
export async function logFile(path: string, request: Request): Promise<Response | null> {
  if (MUTABLE.test(path)) {
    const bytes = await folder.read(path);
    return bytes && answer(bytes, request, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' });
  }
  const tile = parseTilePath(path);
  const bytes = tile && ((await folder.read(path)) ?? (await beginningOfWider(tile)));
  return bytes && answer(bytes, request, { 'content-type': 'application/octet-stream', 'cache-control': FOR_EVER });
}

/** A partial tile that has given way to the full one, or to a wider one after a restore, is still served: it is its beginning. */
async function beginningOfWider(tile: Tile): Promise<Uint8Array | null> {
  for (const width of await widerThan(tile)) {
    const wider = await folder.read(tilePath({ ...tile, width }));
    if (!wider) continue;
    return tile.level === 'entries' ? bundleOf(entriesOf(wider, width, tilePath(tile)).slice(0, tile.width)) : wider.subarray(0, tile.width * HASH_SIZE);
  }
  return null;
}

async function widerThan(tile: Tile): Promise<number[]> {
  if (tile.width >= WIDTH) return [];
  const beside = await readdir(join(folder.path, dirname(tilePath(tile)))).catch(() => []);
  return [WIDTH, ...beside.map(Number).filter((width) => width > tile.width)];
}

function answer(bytes: Uint8Array, request: Request, headers: Record<string, string>): Response {
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const all = { ...OPEN, ...headers, etag };
  if (names(request.headers.get('if-none-match') ?? undefined, etag)) return new Response(null, { status: 304, headers: all });
  return new Response(new Uint8Array(bytes), { headers: { ...all, 'content-length': String(bytes.length) } });
}

/** `earlier`: keys that it had before; their receipts hold. `witnessed`: the newest seal that enough witnesses have seen. */
export type PublishedLog = { key: VerifierKey; vkey: string; earlier: readonly VerifierKey[]; witnessed: SignedCheckpoint | null; checkpoint: SignedCheckpoint; /** when it was put there */ at: Date; log: LogReader };

/** The record as it is published now; null before it is for the first time. Throws LogError when it does not hold together. */
export async function publishedLog(): Promise<PublishedLog | null> {
  const [note, text] = [await folder.read(CHECKPOINT), await folder.read(VERIFIER_KEY)];
  if (!note || !text) return null;
  const vkey = new TextDecoder().decode(text).trim();
  const { keys } = await followFromFirst(parseVerifier(vkey), folder.read, announced);
  // One that is announced already seals beside it, and is not in force yet.
  const inForce = keys.findIndex((it) => verifierText(it) === vkey);
  const key = keys[inForce]!;
  const checkpoint = await openCheckpoint(note, key);
  const { mtime } = await stat(join(folder.path, CHECKPOINT));
  const seen = await folder.read(WITNESSED);
  const witnessed = seen && (await openCheckpoint(seen, keys).catch(() => null));
  return { key, vkey, earlier: keys.slice(0, inForce), witnessed, checkpoint, at: mtime, log: openLog(checkpoint, folder.read) };
}

/** Verifier keys whose receipts hold, newest last. */
export const keysOf = (published: PublishedLog): string[] => [...published.earlier, published.key].map(verifierText);

/** What announces a key is an act; which one, the feature knows, and this only reads two texts of an entry. */
function announced(entry: Uint8Array): { from: string; to: string } | null {
  try {
    const { act, detail } = JSON.parse(fromUtf8(entry) ?? '') as { act?: unknown; detail?: { from?: unknown; to?: unknown } };
    return act === 'key.rotated' && typeof detail?.from === 'string' && typeof detail.to === 'string' ? { from: detail.from, to: detail.to } : null;
  } catch {
    return null;
  }
}

/** The receipt of one entry; it brings the entry along, so that it can be read and checked alone. Null while it is not published. */
export async function receiptOf(index: number): Promise<string | null> {
  const published = await publishedLog();
  if (!published || index >= published.checkpoint.size) return null;
  // A seal that others have seen proves more than one that only the site has made.
  const { witnessed } = published;
  const seal = witnessed && index < witnessed.size ? witnessed : published.checkpoint;
  const log = seal === published.checkpoint ? published.log : openLog(seal, folder.read);
  return receiptText({ extra: await log.entry(index), index, proof: await log.inclusionProof(index), checkpoint: seal.note });
}

/** Whom this site asks to watch; null before it is published. */
export async function watchPolicy(): Promise<Policy | null> {
  const text = await folder.read('policy');
  return text && parsePolicy(new TextDecoder().decode(text));
}

/** How many of those who watch have seen the seal of a receipt. */
export async function witnessesOf(receipt: string): Promise<number> {
  const keys = [...((await watchPolicy())?.witnesses.values() ?? [])].map((it) => it.key);
  const { signed } = await openNote(parseReceipt(receipt).checkpoint, keys).catch(() => ({ signed: [] }));
  return signed.length;
}

export type Judgement =
  /** `entry`: what stands in the record there; `size`: of the record that the receipt was made of */
  | { holds: true; index: number; entry: string; size: number }
  | { holds: false; why: 'not-published' | 'unreadable' | Fault };

/** Whether this entry stands in the published record, and is the one that is stored. */
export async function judgeEntry(index: number, stored: string): Promise<Judgement> {
  return judging(async () => {
    const published = await publishedLog();
    if (!published || index >= published.checkpoint.size) return { holds: false, why: 'not-published' };
    if (!equal(leafHash(utf8(stored)), await published.log.leaf(index))) return { holds: false, why: 'E_LEAF_HASH' };
    return { holds: true, index, entry: stored, size: published.checkpoint.size };
  });
}

/** Whether a receipt proves its entry, and whether the record of now continues the one that it was made of. */
export async function judgeReceipt(text: string): Promise<Judgement> {
  return judging(async () => {
    const receipt = parseReceipt(normal(text));
    const published = await publishedLog();
    if (!published) return { holds: false, why: 'not-published' };
    const entry = receipt.extra ?? (receipt.index < published.log.size ? await published.log.entry(receipt.index) : new Uint8Array(0));
    const seen = await checkReceipt(receipt, entry, trusting(published.key, ...published.earlier));
    await checkContinues(published.log, seen);
    return { holds: true, index: receipt.index, entry: fromUtf8(entry) ?? '', size: seen.size };
  });
}

/** Forms send line ends of their own, and a message program may have dropped the last one. */
const normal = (text: string): string => `${text.replaceAll('\r\n', '\n').trim()}\n`;

async function judging(work: () => Promise<Judgement>): Promise<Judgement> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    return { holds: false, why: ['E_PROOF_FORMAT', 'E_NOTE_FORMAT', 'E_CHECKPOINT_FORMAT'].includes(error.code) ? 'unreadable' : error.code };
  }
}
