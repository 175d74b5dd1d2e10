/** A witness over HTTP, as C2SP tlog-witness says it: `add-checkpoint` for logs, the last cosigned checkpoint for everybody, and a page in words. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { entryCount } from '#engines/merkle-log/index.ts';
import type { WitnessKeeper } from './witness.ts';

/** 63 hashes and a checkpoint with a hundred signatures fit easily. */
const LONGEST_REQUEST = 128_000;
const TEXT = 'text/plain; charset=utf-8';
type Answer = { status: number; body: string; type?: string; allow?: string };

/** `prefix`: the path below which it answers, such as `/witness`; empty for all of a host. */
export function serveWitness(witness: WitnessKeeper, at: { host: string; port: number; prefix: string }): Promise<Server> {
  const server = createServer((asked, answer) => {
    void answerTo(witness, at.prefix, asked).catch((): Answer => ({ status: 500, body: 'The witness cannot keep what it sees. Nothing was cosigned.\n' })).then(({ status, body, type, allow }) => {
      answer.writeHead(status, {
        'content-type': type ?? TEXT, 'content-length': Buffer.byteLength(body), 'cache-control': 'no-cache', 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff',
        ...(allow ? { allow } : {}), ...(status === 413 ? { connection: 'close' } : {}),
      }).end(asked.method === 'HEAD' ? undefined : body);
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.maxConnections = 256;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => resolve(server));
  });
}

async function answerTo(witness: WitnessKeeper, prefix: string, asked: IncomingMessage): Promise<Answer> {
  const path = (asked.url ?? '').split('?')[0]!;
  if (!path.startsWith(`${prefix}/`) && path !== prefix) return NOTHING;
  const below = path.slice(prefix.length);
  const reads = asked.method === 'GET' || asked.method === 'HEAD';
  if (below === '/add-checkpoint') return asked.method === 'POST' ? added(witness, asked) : { status: 405, body: 'Checkpoints are sent with POST.\n', allow: 'POST' };
  if (!reads) return { status: 405, body: 'This is only read.\n', allow: 'GET' };
  if (below === '/' || below === '') return { status: 200, body: await inWords(witness) };
  const note = await witness.checkpoint(/^\/([0-9a-f]{64})\/checkpoint$/.exec(below)?.[1] ?? '');
  return note ? { status: 200, body: note } : NOTHING;
}

const NOTHING: Answer = { status: 404, body: 'There is nothing here.\n' };

async function added(witness: WitnessKeeper, asked: IncomingMessage): Promise<Answer> {
  let size = 0;
  const parts: Buffer[] = [];
  for await (const part of asked as AsyncIterable<Buffer>) {
    if ((size += part.length) > LONGEST_REQUEST) return { status: 413, body: 'No request to cosign is that long.\n' };
    parts.push(part);
  }
  const { status, body } = await witness.addCheckpoint(Buffer.concat(parts).toString('utf8'));
  return { status, body, ...(status === 409 ? { type: 'text/x.tlog.size' } : {}) };
}

async function inWords(witness: WitnessKeeper): Promise<string> {
  const lines = (await witness.seen()).map(({ origin, size, at, forks }) =>
    `${origin}\n  ${at ? `${entryCount(size)}, last seen ${at.toISOString()}` : 'nothing seen yet'}${forks > 0 ? `\n  ${forks === 1 ? '1 signed checkpoint' : `${forks} signed checkpoints`} did not continue what was seen before: kept as evidence` : ''}\n`);
  return `This is a witness of transparency logs (https://c2sp.org/tlog-witness). It cosigns what continues the past that it has seen.\nIts key: ${witness.vkey}\n\nIt watches:\n${lines.join('')}`;
}
