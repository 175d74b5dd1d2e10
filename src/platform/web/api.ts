/**
 * Endpoints for programs: open to every origin, no cookie counts, an ETag on every answer, and every refusal as a
 * problem of RFC 9457.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { Refused, type Refusal } from '#kernel/refusal.ts';
import { isAway, Paused } from '../db/away.ts';
import { revision } from '../db/changes.ts';
import { logError } from '../log/index.ts';
import { etagOf, handOver } from './answer.ts';
import { names } from './cache.ts';
import { statusOf } from './form.ts';
import { problemText, type Problem } from './problem.ts';

/** Browsers of other sites may read, ask again by ETag, and follow `Link`. */
const OPEN = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'etag, link, retry-after', 'cross-origin-resource-policy': 'cross-origin' };

export type { Problem } from './problem.ts';

/** Wraps the work of an endpoint; what it refuses becomes a problem, what fails is logged without its message. */
export function endpoint<E extends RequestEvent>(work: (event: E) => Promise<Response>) {
  return async (event: E): Promise<Response> => {
    try {
      return await work(event);
    } catch (error) {
      if (error instanceof Refused) return refused(error.refusal);
      const { status, headers } = failed(event, error);
      return problem(status, status === 503 ? 'away' : 'broken', headers);
    }
  };
}

/** What is not a refusal: logged, unless the database is away or its disk is full. */
export function failed(event: RequestEvent, error: unknown): { status: 500 | 503; headers: Record<string, string> } {
  if (isAway(error) || error instanceof Paused) return { status: 503, headers: { 'retry-after': '30' } };
  logError('endpoint failed', { route: event.route.id ?? 'none', method: event.request.method }, error);
  return { status: 500, headers: {} };
}

function refused(refusal: Refusal): Response {
  const status = statusOf(refusal);
  if (refusal.because === 'invalid') return problem(status, 'invalid', {}, Object.entries(refusal.fields).map(([parameter, code]) => ({ parameter, code })));
  return problem(status, refusal.because, refusal.because === 'too-many' ? { 'retry-after': String(refusal.retryAfterSeconds) } : {});
}

/** What every answer to a program carries. */
export const openTo = (headers: Record<string, string>): Record<string, string> => ({ ...OPEN, ...headers });

export function problem(status: number, code: string, headers: Record<string, string> = {}, errors?: Problem['errors']): Response {
  return new Response(problemText(status, code, errors), { status, headers: { ...OPEN, 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', ...headers } });
}

/** The whole answer with its ETag, or 304 when the reader has it already. */
export function answer(event: RequestEvent, body: string | Uint8Array, headers: Record<string, string>): Response {
  const bytes = Buffer.from(body as string);
  const etag = `W/${etagOf(bytes)}`;
  const all = { ...OPEN, etag, 'cache-control': 'public, no-cache', ...headers };
  if (names(event.request.headers.get('if-none-match') ?? undefined, etag)) return new Response(null, { status: 304, headers: all });
  return new Response(handOver(event.platform?.req, bytes) ? null : bytes, { headers: all });
}

const HOUR_MS = 3_600_000;

/**
 * An answer that grows while it is read, or whose bytes tell when it was packed. Its bytes are not known before it is sent: its ETag names what was written by then, and the hour, since what is
 * late depends on the day. `make` is not called for whoever has it already.
 */
export async function stream(event: RequestEvent, make: () => Promise<ReadableStream<Uint8Array> | Uint8Array>, headers: Record<string, string>): Promise<Response> {
  const etag = `W/${etagOf(Buffer.from(`${revision()} ${Math.floor(Date.now() / HOUR_MS)} ${event.url.href}`))}`;
  const all = { ...OPEN, etag, 'cache-control': 'public, no-cache', ...headers };
  return names(event.request.headers.get('if-none-match') ?? undefined, etag) ? new Response(null, { status: 304, headers: all }) : new Response((await make()) as BodyInit, { headers: all });
}

/** What cannot even begin is refused as everything else is: once the first line has left, a file can only break off. */
export async function begun<Part>(parts: (after: string) => Promise<Part>): Promise<(after: string) => Promise<Part>> {
  let first: Part | null = await parts('');
  return async (after) => {
    const part = first ?? (await parts(after));
    first = null;
    return part;
  };
}

export const json = (event: RequestEvent, value: unknown, headers: Record<string, string> = {}): Response =>
  answer(event, JSON.stringify(value), { 'content-type': 'application/json; charset=utf-8', ...headers });

/** One page of a list; the next one is found in the body and in the `Link` header. `after` is its cursor. */
export function page(event: RequestEvent, list: { items: readonly unknown[]; next: string | null; total?: unknown }, origin: string): Response {
  const next = list.next === null ? null : nextOf(event.url, list.next, origin);
  return json(event, { items: list.items, next, ...(list.total ? { total: list.total } : {}) }, next ? { link: `<${next}>; rel="next"` } : {});
}

function nextOf(url: URL, after: string, origin: string): string {
  const query = new URLSearchParams(url.searchParams);
  query.set('after', after);
  return `${origin}${url.pathname}?${query}`;
}

/** What a browser asks before a request with headers of its own. */
export const preflight = (methods = 'GET, HEAD, OPTIONS'): Response =>
  new Response(null, { status: 204, headers: { ...OPEN, 'access-control-allow-methods': methods, 'access-control-allow-headers': 'if-none-match, content-type, idempotency-key', 'access-control-max-age': '86400' } });

/** A file to keep, named after what it holds and its day. */
export const attachment = (name: string, day: string, ending: string): Record<string, string> => ({ 'content-disposition': `attachment; filename="abwab-${name}-${day}.${ending}"` });
