/**
 * SvelteKit compresses nothing that it renders. The whole answer is gathered (pages are small) and handed over once, so that it can be
 * compressed, kept, or left out because the reader has it.
 */
import type { ServerResponse } from 'node:http';
import { handedOver, SAME_FOR_ALL, type Out, type Whole } from './answer.ts';

const COMPRESSIBLE = /^(text\/|application\/(json|problem\+json|xml|atom\+xml|manifest\+json|javascript|ld\+json)|image\/svg)/;

export type Sender = { send(whole: Omit<Whole, 'body'>, body: Buffer, head: boolean): void; /** what the site says from now on is let go, however late it comes; whoever is given this answers in its place */ instead(): Out };

/**
 * Takes over `response`; `finish` is given the whole answer. `passed` is called when it goes by ungathered, with its ETag, and says whether
 * the reader has it already.
 */
export function gather(response: ServerResponse, finish: (whole: Whole, sender: Sender) => void, passed: (etag: string | null) => boolean): Sender {
  const parts: Buffer[] = [];
  const plain = { setHeader: response.setHeader.bind(response), write: response.write.bind(response), end: response.end.bind(response), writeHead: response.writeHead.bind(response) };
  let wanted: boolean | null = null;
  let dropped = false;
  let known = false;

  const isWanted = () => {
    if (wanted !== null) return wanted;
    // A file to keep may be long: it is passed on as it grows.
    wanted = COMPRESSIBLE.test(String(response.getHeader('content-type') ?? '')) && !response.getHeader('content-encoding') && response.statusCode !== 304 && !response.getHeader('content-disposition');
    if (!wanted) {
      response.removeHeader(SAME_FOR_ALL);
      const etag = response.getHeader('etag');
      known = passed(etag === undefined ? null : String(etag)) && response.statusCode === 200;
      if (known) for (const name of ['content-length', 'content-type']) response.removeHeader(name);
    }
    return wanted;
  };
  const sender: Sender = {
    send({ status, headers }, body, head) {
      for (const [name, value] of Object.entries(headers)) if (name !== SAME_FOR_ALL) plain.setHeader(name, value);
      response.removeHeader(SAME_FOR_ALL);
      // Where only the head is asked for, nothing may have been made of which the length could be told.
      if (status !== 304 && !(head && body.length === 0)) plain.setHeader('content-length', body.length);
      plain.writeHead(status);
      plain.end(head ? undefined : body);
    },
    instead() {
      dropped = true;
      return plain;
    },
  };

  response.setHeader = (name, value) => (dropped ? response : plain.setHeader(name, value));
  // Kit hands all headers to writeHead: they are set one by one, so that the encoding can still be added.
  response.writeHead = ((status: number, headers?: Record<string, string | string[]>) => {
    if (dropped) return response;
    response.statusCode = status;
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    if (isWanted()) return response;
    plain.writeHead(known ? 304 : status);
    // Whoever has it waits for nothing more, and what would have grown is let go with the reader.
    if (known) plain.end();
    return response;
  }) as typeof response.writeHead;
  response.write = ((chunk: Buffer | string, ...rest: never[]) => {
    if (dropped) return true;
    if (!isWanted()) return known || plain.write(chunk, ...rest);
    parts.push(Buffer.from(chunk));
    return true;
  }) as typeof response.write;
  response.end = ((chunk?: Buffer | string, ...rest: never[]) => {
    if (dropped) return response;
    const made = handedOver(response.req);
    if (!isWanted()) return known ? response : made && response.statusCode !== 304 ? plain.end(made) : plain.end(chunk, ...rest);
    if (made) parts.unshift(made);
    if (chunk) parts.push(Buffer.from(chunk));
    const headers = Object.fromEntries(Object.entries(response.getHeaders()).map(([name, value]) => [name, typeof value === 'number' ? String(value) : value!]));
    for (const name of Object.keys(headers)) response.removeHeader(name);
    delete headers['content-length'];
    finish({ status: response.statusCode, headers, body: parts.length === 1 ? parts[0]! : Buffer.concat(parts) }, sender);
    return response;
  }) as typeof response.end;
  return sender;
}
