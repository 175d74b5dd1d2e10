/**
 * Sends a body to an address that somebody else has named. The name is looked up once; every address behind it has to be public, and the
 * one that was checked is the one that is called. Nothing is followed, little is read, and nobody is waited for long.
 */
import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.ts';

export type Problem = 'no-address' | 'own-network' | 'unreachable' | 'too-slow';
export type Posted = { status: number; milliseconds: number } | { problem: Problem; milliseconds: number };
export type Post = (url: string, body: string, headers: Record<string, string>) => Promise<Posted>;

/** For tests: another resolver, other rules, another way to ask. */
export type PostOptions = { resolve?: (host: string) => Promise<readonly string[]>; allowed?: (address: string) => boolean; ask?: typeof request; timeoutMs?: number };

const TIMEOUT_MS = 10_000;
const resolveAll = async (host: string): Promise<string[]> => (await lookup(host, { all: true, verbatim: true })).map((it) => it.address);

export function openPost({ resolve = resolveAll, allowed = isPublicAddress, ask = request, timeoutMs = TIMEOUT_MS }: PostOptions = {}): Post {
  return async (url, body, headers) => {
    const began = Date.now();
    const target = new URL(url);
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const found = await addressOf(host, resolve, allowed);
    const result = 'problem' in found ? found : await send({ target, host, address: found.address, body, headers, ask, timeoutMs });
    return { ...result, milliseconds: Date.now() - began };
  };
}

async function addressOf(host: string, resolve: NonNullable<PostOptions['resolve']>, allowed: (address: string) => boolean): Promise<{ address: string } | { problem: Problem }> {
  const addresses = isIP(host) ? [host] : await resolve(host).catch(() => []);
  const [first] = addresses;
  if (first === undefined) return { problem: 'no-address' };
  // One closed address among them is enough: whoever answers for the name could give that one next time.
  return addresses.every(allowed) ? { address: first } : { problem: 'own-network' };
}

type Sending = { target: URL; host: string; address: string; body: string; headers: Record<string, string>; ask: typeof request; timeoutMs: number };

function send({ target, host, address, body, headers, ask, timeoutMs }: Sending): Promise<{ status: number } | { problem: Problem }> {
  return new Promise((done) => {
    const asked = ask({
      host: address, servername: isIP(host) ? undefined : host, port: target.port || 443, path: target.pathname + target.search, method: 'POST', agent: false,
      headers: { ...headers, host: target.host, 'content-length': Buffer.byteLength(body) },
    }, (answer) => {
      done({ status: answer.statusCode ?? 0 });
      // What the other side says is not read: only that it has answered counts.
      answer.destroy();
    });
    const timer = setTimeout(() => {
      done({ problem: 'too-slow' });
      asked.destroy();
    }, timeoutMs);
    asked.on('close', () => clearTimeout(timer));
    asked.on('error', () => done({ problem: 'unreachable' }));
    asked.end(body);
  });
}
