/** The signer behind a socket: nobody reaches it over a network, and its folder is its own user's. */
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { chmodSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Signer, SignerAnswer } from './signer.ts';

const LONGEST_REQUEST = 20_000;
/** The system's own limit for the path of a socket is a little above. */
const LONGEST_PATH = 100;

export const signerFolder = (data: string): string => join(data, 'signer');

/** Where the embedded signer of a data folder listens. */
export function socketOf(data: string): string {
  const name = createHash('sha256').update(resolve(data)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\abwab-signer-${name}`;
  const path = join(signerFolder(data), 'socket');
  return path.length <= LONGEST_PATH ? path : join(tmpdir(), `abwab-signer-${name}`);
}

/** Answers until `close`. Throws when another signer answers on this socket already. */
export async function serveSigner(signer: Signer, socket: string, mode = 0o600): Promise<{ close(): void }> {
  const server = createServer((asked, answer) => {
    void answerTo(signer, asked).then(
      ({ status, body }) => answer.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body),
      () => answer.writeHead(500).end(),
    );
  });
  const pipe = process.platform === 'win32';
  if (!pipe && statSync(socket, { throwIfNoEntry: false })) {
    if (await answers(socket)) throw new Error(`A signer is at work already (${socket}).`);
    rmSync(socket, { force: true });
  }
  await listening(server, socket);
  if (!pipe) chmodSync(socket, mode);
  return { close: () => { server.closeAllConnections(); server.close(); } };
}

async function answerTo(signer: Signer, asked: IncomingMessage): Promise<{ status: number; body: string }> {
  if (asked.method === 'GET') await signer.refresh();
  if (asked.method === 'GET' && asked.url === '/next') return { status: 200, body: signer.next ?? '' };
  if (asked.method === 'GET' && asked.url === '/vkey') return { status: 200, body: signer.vkey };
  if (asked.method === 'GET' && asked.url === '/last') return { status: 200, body: signer.last().note };
  if (asked.method !== 'POST' || asked.url !== '/sign') return { status: 404, body: '' };
  let text = '';
  for await (const part of asked.setEncoding('utf8')) if ((text += part).length > LONGEST_REQUEST) return { status: 413, body: '' };
  const answer = await signer.sign(text);
  return { status: answer.status, body: answer.status === 200 ? answer.note : answer.status === 409 ? String(answer.size) : `${answer.code} ${answer.sentence}` };
}

function listening(server: Server, socket: string): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(socket, () => done());
  });
}

const answers = (socket: string): Promise<boolean> => ask(socket, 'GET', '/vkey').then(() => true, () => false);

export type SignerClient = {
  vkey(): Promise<string>;
  /** The key that comes after it, once one is being introduced. */
  next(): Promise<string | null>;
  last(): Promise<string>;
  sign(request: string): Promise<SignerAnswer>;
};

/** A signer that listens on a socket; every call throws SignerAway when nobody answers. */
export function signerAt(socket: string): SignerClient {
  return {
    vkey: async () => (await ask(socket, 'GET', '/vkey')).body,
    next: async () => (await ask(socket, 'GET', '/next')).body || null,
    last: async () => (await ask(socket, 'GET', '/last')).body,
    async sign(text) {
      const { status, body } = await ask(socket, 'POST', '/sign', text);
      if (status === 200) return { status, note: body };
      if (status === 409) return { status, size: Number(body) };
      if (status !== 422) throw new SignerAway(`the signer answered ${status}`);
      return { status, code: body.slice(0, body.indexOf(' ')), sentence: body.slice(body.indexOf(' ') + 1) };
    },
  };
}

/** A signer of this process, asked as one behind a socket is. */
export const signerHere = (signer: Signer): SignerClient => ({
  vkey: () => signer.refresh().then(() => signer.vkey),
  next: () => signer.refresh().then(() => signer.next),
  last: async () => signer.last().note,
  sign: signer.sign,
});

export class SignerAway extends Error {
  override name = 'SignerAway';
}

function ask(socketPath: string, method: string, path: string, body = ''): Promise<{ status: number; body: string }> {
  return new Promise((done, failed) => {
    const asking = request({ socketPath, method, path, timeout: 10_000, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('end', () => done({ status: answer.statusCode ?? 0, body: text })).on('error', failed);
    });
    asking.on('timeout', () => asking.destroy(new SignerAway('the signer does not answer')));
    asking.on('error', (error) => failed(new SignerAway(error.message)));
    asking.end(body);
  });
}
