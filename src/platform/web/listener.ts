/**
 * The server in front of SvelteKit: bounds requests in size, time and number, answers what everybody gets from memory, and
 * compresses what is dynamic.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { brotliCompress, gzip } from 'node:zlib';
import { splitPath } from '../i18n/languages.ts';
import { isForPrograms } from './programs.ts';
import type { Out, Whole } from './answer.ts';
import { answerBusy } from './busy.ts';
import { answerKept, brotli, encoded, has, names, openCache, type Cache, type Encoding, type Kept } from './cache.ts';
import { gather, type Sender } from './gather.ts';
import { kindOf, openMeasures, type Measures } from './measures.ts';
import { knows } from './metrics.ts';
import { openQueue, type Queue } from './queue.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
export type ListenOptions = { handler: Handler; host: string; port: number; origin: string | null; /** whether X-Forwarded-For is the word of a proxy of ours */ proxy?: boolean; /** null: nothing is kept */ cache?: Cache | null; queue?: Queue; measures?: Measures; /** who may read the figures, and what they are */ metrics?: { token: string | null; text(): Promise<string> } };

const SMALLEST = 600;
const LARGEST_BODY = 2 * 1024 * 1024;
/** While the database does not answer, readers of what is kept wait no longer than this. */
const PATIENCE_MS = 1_200;
const AWAY_MS = 1_000;
/** Asked by machines that decide whether the site is alive, also in a rush. */
const ALWAYS = /^\/health(\?|$)/;

type Rendering = { at: number; generation: number; done: Promise<Kept | null> };
type Entry = { handler: Handler; cache: Cache | null; queue: Queue; rendering: Map<string, Rendering>; awayUntil: number };

export function listen(options: ListenOptions): Promise<Server> {
  const proto = options.origin?.startsWith('https:') ? 'https' : 'http';
  const host = options.origin && new URL(options.origin).host;
  const measures = options.measures ?? openMeasures();
  const entry: Entry = { handler: options.handler, cache: options.cache === undefined ? openCache() : options.cache, queue: options.queue ?? openQueue(), rendering: new Map(), awayUntil: 0 };
  const server = createServer((request, response) => {
    const began = performance.now();
    response.once('close', () => measures.answered(kindOf(request.method, request.url), response.statusCode, (performance.now() - began) / 1000));
    request.headers['x-abwab-proto'] = proto;
    request.headers['x-abwab-address'] = addressOf(request, options.proxy ?? false);
    if (host) request.headers.host = host;
    if (tooLarge(request)) return void response.writeHead(413, { connection: 'close' }).end();
    if (isNobodys(request)) request.headers.origin = `${proto}://${request.headers.host ?? ''}`;
    // Whoever does not know the word finds nothing here, as at any address that is none.
    if (options.metrics && request.url === '/metrics' && knows(request.headers.authorization, options.metrics.token)) return void answerMetrics(options.metrics, response);
    void serve(entry, request, response);
  });
  server.headersTimeout = 15_000;
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 20_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => resolve(server));
  });
}

async function answerMetrics({ text }: { text(): Promise<string> }, response: ServerResponse): Promise<void> {
  const body = await text().catch(() => null);
  response.writeHead(body === null ? 500 : 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' }).end(body ?? '');
}

/** The last address in the list is the one that our own proxy saw. */
function addressOf({ headers, socket }: IncomingMessage, proxy: boolean): string {
  const last = proxy ? String(headers['x-forwarded-for'] ?? '').split(',').at(-1)!.trim() : '';
  return last || (socket.remoteAddress ?? '');
}

/** A form with files is read piece by piece and bounded there; everything else has to fit. */
function tooLarge({ headers }: IncomingMessage): boolean {
  const form = (headers['content-type'] ?? '').startsWith('multipart/form-data');
  return !form && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > LARGEST_BODY);
}

/**
 * A form sent without Origin and without a cookie comes from no browser, since they name the origin of every form: a mail program
 * that unsubscribes its reader. Who is nobody has nothing that a foreign page could misuse, so the guard against such pages lets it in.
 */
const isNobodys = ({ method, headers, url }: IncomingMessage): boolean =>
  // Addresses for programs read no cookie: whoever sends there is known by a key, from whatever page.
  (method !== 'GET' && isForPrograms(splitPath(url ?? '/').path)) || (method === 'POST' && !headers.origin && !headers.cookie && !headers['sec-fetch-site']);

function encodingOf(request: IncomingMessage): Encoding | null {
  const accepts = String(request.headers['accept-encoding'] ?? '');
  return /\bbr\b/.test(accepts) ? 'br' : /\bgzip\b/.test(accepts) ? 'gzip' : null;
}

async function serve(entry: Entry, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { cache } = entry;
  const key = cache?.keyOf(request) ?? null;
  if (cache && key !== null) {
    const fresh = cache.fresh(key);
    if (fresh) {
      cache.counts.hits++;
      return sendKept(request, response, fresh);
    }
    const last = cache.last(key);
    if (last && cache.now() < entry.awayUntil) {
      cache.counts.stale++;
      return sendKept(request, response, last);
    }
    // Whoever asks for the same while it is made waits for it, unless something has changed since.
    const rendering = entry.rendering.get(key);
    if (rendering && rendering.generation === cache.generation() && request.method === 'GET') {
      const made = await rendering.done;
      if (response.destroyed) return;
      if (made) {
        cache.counts.hits++;
        return sendKept(request, response, made);
      }
    }
  }
  const entering = ALWAYS.test(request.url ?? '') ? null : entry.queue.enter(request.method === 'POST');
  const place = entering instanceof Promise ? await entering : entering;
  if (!place && !ALWAYS.test(request.url ?? '')) {
    const last = key === null ? null : cache!.last(key);
    if (!last) return answerBusy(request, response);
    cache!.counts.stale++;
    return sendKept(request, response, last);
  }
  response.once('close', () => place?.leave());
  if (response.destroyed) return place?.leave();
  if (cache && key !== null && request.method === 'GET') return renderFor(entry, cache, key, request, response);
  gather(response, (whole, sender) => sendWhole(entry, request, whole, sender), () => false);
  entry.handler(request, response, () => response.writeHead(404).end());
}

function sendKept(request: IncomingMessage, response: Out, it: Kept): void {
  const encoding = it.plain.length < SMALLEST ? null : encodingOf(request);
  const body = encoding ? it[encoding] : it.plain;
  if (body) return answerKept(request, response, it, encoding, body);
  void encoded(it, encoding).then((made) => answerKept(request, response, it, encoding, made), () => answerKept(request, response, it, null, it.plain));
}

/** Lets the site answer, keeps the answer where it may be kept, and falls back on the one before it while the database is away. */
function renderFor(entry: Entry, cache: Cache, key: string, request: IncomingMessage, response: ServerResponse): void {
  const asked = { at: cache.now(), generation: cache.generation() };
  // What the reader has is compared here, with what is kept.
  const known = request.headers['if-none-match'];
  let done: (kept: Kept | null) => void = () => undefined;
  const rendering: Rendering = { ...asked, done: new Promise((resolve) => { done = resolve; }) };
  entry.rendering.set(key, rendering);
  cache.counts.misses++;
  const last = cache.last(key);
  const settle = (kept: Kept | null) => {
    clearTimeout(late);
    if (entry.rendering.get(key) === rendering) entry.rendering.delete(key);
    done(kept);
  };
  const fallBack = (sender: Sender) => {
    entry.awayUntil = cache.now() + AWAY_MS;
    cache.counts.stale++;
    settle(last);
    sendKept(request, sender.instead(), last!);
  };
  const sender = gather(response, (whole) => {
    const kept = cache.keep(key, whole, asked);
    if (!kept && last && whole.status === 503) return fallBack(sender);
    settle(kept);
    if (!kept) return sendWhole(entry, request, whole, sender);
    sendKept(request, sender.instead(), kept);
  }, (etag) => {
    settle(null);
    return etag !== null && names(known, etag);
  });
  const late = last ? setTimeout(() => fallBack(sender), PATIENCE_MS) : undefined;
  response.once('close', () => settle(null));
  delete request.headers['if-none-match'];
  entry.handler(request, response, () => response.writeHead(404).end());
  if (known !== undefined) request.headers['if-none-match'] = known;
}

/** So many at once are a crowd: they wait for the processor more than for the line. */
const CROWD = 6;

function sendWhole({ queue }: Entry, request: IncomingMessage, whole: Whole, sender: Sender): void {
  const { status, headers, body } = whole;
  const head = request.method === 'HEAD';
  const etag = headers.etag === undefined ? null : String(headers.etag);
  if (status === 200 && etag && has(request, etag)) return sender.send({ status: 304, headers }, Buffer.alloc(0), true);
  headers.vary ??= 'accept-encoding';
  const encoding = encodingOf(request);
  // How long it would be on its way is not known before it is compressed.
  if (head) return sender.send({ status, headers }, Buffer.alloc(0), true);
  if (!encoding || body.length < SMALLEST) return sender.send({ status, headers }, body, false);
  const finish = (error: Error | null, result: Buffer) => {
    if (error) return sender.send({ status, headers }, body, false);
    // A strong ETag names bytes, and these are other bytes now; a weak one names what they say.
    if (etag && !etag.startsWith('W/')) delete headers.etag;
    sender.send({ status, headers: { ...headers, 'content-encoding': encoding } }, result, false);
  };
  if (encoding === 'br') brotliCompress(body, { params: brotli(body.length, queue.counts.busy > CROWD ? 'crowded' : 'calm') }, finish);
  else gzip(body, finish);
}
