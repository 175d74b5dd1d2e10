import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A whole answer on its way out, and whoever sends it. */
export type Whole = { status: number; headers: Record<string, string | string[]>; body: Buffer };
export type Out = { setHeader(name: string, value: string | number | readonly string[]): unknown; writeHead(status: number): unknown; end(body?: Buffer): unknown };

/** Set by the site on an answer that everybody would get; taken away before it leaves. */
export const SAME_FOR_ALL = 'x-abwab-same';

/** Where the body of an answer waits for the server in front: Kit would take it through two streams. A name that the built site and the server share. */
const BODY = Symbol.for('abwab.body');
type Waiting = { [BODY]?: Buffer };

/** `request` is the one that the platform names; without it, as while developing, the body goes Kit's way and false is said. */
export function handOver(request: IncomingMessage | undefined, body: Buffer): boolean {
  if (request) (request as Waiting)[BODY] = body;
  return request !== undefined;
}

/** What was handed over for this request, if anything. */
export const handedOver = (request: IncomingMessage): Buffer | undefined => (request as Waiting)[BODY];

/** Names these bytes. */
export const etagOf = (body: Buffer): string => `"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
