/**
 * Answers that are the same for everybody, kept in memory in front of SvelteKit: at most for a second, and never longer than until the next
 * act. While the database is away, what was answered last is answered on. Nothing enters that a route has not declared (`SAME_FOR_ALL`).
 */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { etagOf, SAME_FOR_ALL, type Out, type Whole } from './answer.ts';
import { LOOK_COOKIE, readLook, writeLook } from './look.ts';

/** Longer than this no answer is older than what is true. */
export const LONGEST_MS = 1_000;
const LONGEST_BODY = 512 * 1024;
const OWN_COOKIE = /^(__Host-)?abwab_/;
/** What names or counts one answer, and is written anew for each. */
const NOT_KEPT = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding', SAME_FOR_ALL]);

export type Encoding = 'br' | 'gzip';
export type Kept = { headers: Record<string, string | string[]>; etag: string; plain: Buffer; br?: Buffer; gzip?: Buffer; at: number; generation: number; size: number };

export type CacheOptions = {
  /** of all that is kept together */
  mostBytes?: number;
  /** one change is heeded at once, and the next ones after so long: a busy hour would otherwise keep nothing */
  settleMs?: number;
  /** an answer is never older */
  longestMs?: number;
  now?: () => number;
};

export type CacheCounts = { hits: number; misses: number; stale: number; entries: number; bytes: number };

export type Cache = {
  /** null when the request is not for everybody's answer */
  keyOf(request: IncomingMessage): string | null;
  fresh(key: string): Kept | null;
  /** what was answered before, however old */
  last(key: string): Kept | null;
  generation(): number;
  keep(key: string, whole: Whole, asked: { at: number; generation: number }): Kept | null;
  changed(): void;
  counts: CacheCounts;
  now(): number;
};

export function openCache({ mostBytes = 64 * 1024 * 1024, settleMs = 150, longestMs = LONGEST_MS, now = () => performance.now() }: CacheOptions = {}): Cache {
  const kept = new Map<string, Kept>();
  const counts: CacheCounts = { hits: 0, misses: 0, stale: 0, entries: 0, bytes: 0 };
  let generation = 0;
  let heededAt = Number.NEGATIVE_INFINITY;
  let later: NodeJS.Timeout | null = null;

  function heed(): void {
    generation++;
    heededAt = now();
  }

  function drop(key: string): void {
    const it = kept.get(key);
    if (!it) return;
    kept.delete(key);
    counts.bytes -= it.size;
    counts.entries = kept.size;
  }

  return {
    keyOf, counts, now,
    generation: () => generation,
    fresh(key) {
      const it = kept.get(key);
      if (!it || it.generation !== generation || now() - it.at >= longestMs) return null;
      // Used last, dropped last.
      kept.delete(key);
      kept.set(key, it);
      return it;
    },
    last: (key) => kept.get(key) ?? null,
    keep(key, whole, asked) {
      const it = keepable(whole, asked);
      if (!it || it.size > mostBytes) return null;
      drop(key);
      kept.set(key, it);
      counts.bytes += it.size;
      for (const oldest of kept.keys()) {
        if (counts.bytes <= mostBytes) break;
        drop(oldest);
      }
      counts.entries = kept.size;
      return it;
    },
    changed() {
      if (later) return;
      const wait = heededAt + settleMs - now();
      if (wait <= 0) return heed();
      later = setTimeout(() => { later = null; heed(); }, wait);
      later.unref();
    },
  };
}

/** Everything that an answer may depend on besides the database, or null when it may depend on who asks. */
function keyOf({ method, url, headers }: IncomingMessage): string | null {
  if ((method !== 'GET' && method !== 'HEAD') || headers.authorization || headers.range || !url || url.length > 1_000) return null;
  let look = '';
  for (const pair of (headers.cookie ?? '').split(';')) {
    const name = pair.slice(0, Math.max(0, pair.indexOf('='))).trim();
    if (name === LOOK_COOKIE) look = writeLook(readLook(decode(pair.slice(pair.indexOf('=') + 1).trim())));
    else if (OWN_COOKIE.test(name)) return null;
  }
  return [url, headers.host ?? '', look, headers['save-data'] === 'on' ? 'save' : ''].join('\n');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function keepable({ status, headers, body }: Whole, asked: { at: number; generation: number }): Kept | null {
  if (status !== 200 || headers[SAME_FOR_ALL] === undefined || headers['set-cookie'] || body.length > LONGEST_BODY || /no-store|private/.test(String(headers['cache-control'] ?? ''))) return null;
  // A form that is sent once carries a number of its own: two readers must never get the same.
  if (/html/.test(String(headers['content-type'])) && body.includes('name="once"')) return null;
  const all = Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_KEPT.has(name)));
  // Weak: the same words in whichever encoding.
  const etag = `W/${String(all.etag ?? etagOf(body)).replace(/^W\//, '')}`;
  Object.assign(all, { etag, 'cache-control': all['cache-control'] ?? 'no-cache', vary: 'accept-encoding, cookie, save-data' });
  return { headers: all, etag, plain: body, ...asked, size: body.length * 2 + 1_000 };
}

const squeeze = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** Brotli makes a page of 40 kB one of 8 in half a millisecond; where many wait, one of 10 in a third of that. */
const QUALITY = { calm: 5, crowded: 2 } as const;

/** A page fits into a window of 128 kB; the usual one of 4 MB costs more to set up than to fill. */
export const brotli = (length: number, pace: keyof typeof QUALITY = 'calm'): Record<number, number> =>
  ({ [constants.BROTLI_PARAM_QUALITY]: QUALITY[pace], [constants.BROTLI_PARAM_LGWIN]: 17, [constants.BROTLI_PARAM_SIZE_HINT]: length });

/** The bytes of one encoding, made once. */
export async function encoded(it: Kept, encoding: Encoding | null): Promise<Buffer> {
  if (!encoding) return it.plain;
  if (!it[encoding]) it[encoding] = encoding === 'br' ? await squeeze.br(it.plain, { params: brotli(it.plain.length) }) : await squeeze.gzip(it.plain);
  return it[encoding]!;
}

/** Whether the reader has this very answer already. */
export const has = (request: IncomingMessage, etag: string): boolean => names(request.headers['if-none-match'], etag);

/** Whether `If-None-Match` names this ETag, weak or not. */
export const names = (asked: string | undefined, etag: string): boolean =>
  asked !== undefined && asked.split(',').some((it) => it.trim() === '*' || it.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));

export function answerKept(request: IncomingMessage, response: Out, it: Kept, encoding: Encoding | null, body: Buffer): void {
  response.setHeader('age', Math.max(0, Math.floor((performance.now() - it.at) / 1000)));
  for (const [name, value] of Object.entries(it.headers)) response.setHeader(name, value);
  if (has(request, it.etag)) {
    response.writeHead(304);
    return void response.end();
  }
  if (encoding) response.setHeader('content-encoding', encoding);
  response.setHeader('content-length', body.length);
  response.writeHead(200);
  response.end(request.method === 'HEAD' ? undefined : body);
}
