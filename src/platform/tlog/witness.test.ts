/** The witness protocol, answer by answer (C2SP tlog-witness), over HTTP and with logs that have nothing to do with ours. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  additionText, checkpointText, cosignatureIn, openCheckpoint, openLog, openNote, parseVerifier, signingKey, signNote, toBase64, utf8, withSignatures, type Hash, type SigningKey,
} from '#engines/merkle-log/index.ts';
import { makeLog } from '#engines/merkle-log/testing.ts';
import { askWitness } from './witness-client.ts';
import { serveWitness } from './witness-server.ts';
import { openWitness, type WatchedLog } from './witness.ts';

const base = mkdtempSync(join(tmpdir(), 'abwab-witness-'));
const endings: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of endings) await end();
  rmSync(base, { recursive: true, force: true });
});

const entries = Array.from({ length: 600 }, (_, at) => utf8(`entry ${at}`));
const forked = entries.map((entry, at) => (at === 5 ? utf8('another') : entry));
const logOf = (size: number, of = entries) => makeLog(of.slice(0, size));

async function watch(name: string, logs: readonly WatchedLog[], prefix = '') {
  const keeper = await openWitness(join(base, name), `witness.test/${name}`, logs);
  const server = await serveWitness(keeper, { host: '127.0.0.1', port: 0, prefix });
  endings.push(() => { server.closeAllConnections(); server.close(); });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;
  const post = async (body: string) => {
    const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
  };
  return { keeper, url, post, key: parseVerifier(keeper.vkey) };
}

async function request(key: SigningKey, old: number, size: number, more: { proof?: Hash[]; of?: Uint8Array[]; origin?: string } = {}): Promise<string> {
  const log = logOf(size, more.of);
  const text = checkpointText({ origin: more.origin ?? key.verifier.name, size, root: log.root });
  return additionText({ old, proof: more.proof ?? (await openLog(log, log.read).consistencyProof(Math.min(old, size))), checkpoint: await signNote(text, key) });
}

describe('the protocol', async () => {
  const [key, stranger] = [await signingKey('log.test/one'), await signingKey('log.test/other')];
  const it = await watch('protocol', [{ key: key.verifier, origin: key.verifier.name }], '/w');
  const noteOf = (body: string) => body.slice(body.indexOf('\n\n') + 2);

  test('cosigns what it has never seen, what continues it, and the same again', async () => {
    for (const [old, size] of [[0, 300], [300, 300], [300, 301], [301, 512], [512, 600]] as const) {
      const body = await request(key, old, size);
      const answer = await it.post(body);
      expect(answer.status).toBe(200);
      const { at } = await cosignatureIn(answer.body, (await openNote(noteOf(body), [key.verifier])).text, it.key);
      expect(Math.abs(at - Date.now() / 1000)).toBeLessThan(100);
    }
  });

  test.for<[string, number, (good: string) => Promise<string> | string]>([
    ['an old size above the size', 400, () => request(key, 10, 5, { proof: [] })], ['no request at all', 400, () => 'hello'], ['a size with a leading zero', 400, (good) => good.replace('old 600', 'old 0600')],
    ['64 proof lines', 400, () => request(key, 600, 600, { proof: Array.from({ length: 64 }, () => new Uint8Array(32)) })], ['a line of the proof that is no hash', 400, (good) => good.replace('\n\n', '\nAAAA\n\n')],
    ['a checkpoint without a signature', 400, (good) => good.slice(0, good.indexOf('\n\n—') + 1)],
    ['a log that it does not watch', 404, () => request(stranger, 0, 5)],
    ['a signature of a stranger', 403, async (good) => additionText({ old: 600, proof: [], checkpoint: await signNote((await openNote(noteOf(good), [key.verifier])).text, stranger) })],
    ['a false signature', 403, async (good) => good.replace(/— (\S+) (.{8}).{8}/, '— $1 $2AAAAAAAA')],
    ['another size than the last', 409, () => request(key, 300, 600)], ['a size from before', 409, () => request(key, 300, 301)],
    ['the same size with another past', 422, () => request(key, 600, 600, { of: forked })],
    ['a proof for nothing', 422, () => request(key, 600, 600, { proof: [new Uint8Array(32)] })],
  ])('%s is answered with %i', async ([, status, make]) => {
    const answer = await it.post(await make(await request(key, 600, 600)));
    expect(answer.status).toBe(status);
    if (status === 409) expect(answer).toMatchObject({ body: '600\n', type: 'text/x.tlog.size' });
    expect((await it.post(await request(key, 0, 600))).body).toBe('600\n');
  });

  test('what it signed last is read by everybody, with both signatures', async () => {
    const read = await fetch(`${it.url}/${createHash('sha256').update('log.test/one').digest('hex')}/checkpoint`);
    const seen = await openCheckpoint(await read.text(), key.verifier, [it.key]);
    expect([seen.size, seen.signed.length]).toEqual([600, 2]);
    for (const [path, status] of [['/0000/checkpoint', 404], [`/${'0'.repeat(64)}/checkpoint`, 404], ['/../key', 404], ['/key', 404], ['/add-checkpoint', 405], ['', 200]] as const) expect((await fetch(it.url + path)).status, path).toBe(status);
    expect(await (await fetch(it.url)).text()).toContain('600 entries');
  });

  test('too long a request ends early, and another way of asking is refused', async () => {
    expect((await it.post('x'.repeat(200_000)).catch(() => ({ status: 413 }))).status).toBe(413);
    expect((await fetch(it.url, { method: 'DELETE' })).status).toBe(405);
  });
});

test('a log whose origin is another than its key’s name, and one with two keys', async () => {
  const [one, two] = [await signingKey('somebody.test'), await signingKey('somebody.test')];
  const it = await watch('names', [one, two].map((key) => ({ key: key.verifier, origin: 'log.elsewhere.test' })));
  expect((await it.post(await request(one, 0, 4))).status).toBe(404);
  expect((await it.post(await request(one, 0, 4, { origin: 'log.elsewhere.test' }))).status).toBe(200);
  expect((await it.post(await request(two, 4, 9, { origin: 'log.elsewhere.test' }))).status).toBe(200);
});

test('an empty log has the root of nothing, and the first proof is empty', async () => {
  const key = await signingKey('log.test/empty');
  const it = await watch('empty', [{ key: key.verifier, origin: key.verifier.name }]);
  const odd = await signNote(`log.test/empty\n0\n${toBase64(new Uint8Array(32))}\n`, key);
  expect((await it.post(additionText({ old: 0, proof: [], checkpoint: odd }))).status).toBe(422);
  expect((await it.post(await request(key, 0, 0))).status).toBe(200);
  expect((await it.post(await request(key, 0, 7, { proof: [new Uint8Array(32)] }))).status).toBe(422);
  expect((await it.post(await request(key, 0, 7))).status).toBe(200);
});

test('it remembers across a restart, keeps what contradicts it as evidence, and lets nobody else into its folder', async () => {
  const key = await signingKey('log.test/memory');
  const logs = [{ key: key.verifier, origin: key.verifier.name }];
  const folder = join(base, 'memory');
  const before = await openWitness(folder, 'witness.test/memory', logs);
  await expect(openWitness(folder, null, logs)).rejects.toThrow('open already');
  expect(await before.addCheckpoint(await request(key, 0, 500))).toMatchObject({ status: 200 });
  await before.close();
  const after = await openWitness(folder, null, logs);
  expect(after.vkey).toBe(before.vkey);
  expect(await after.addCheckpoint(await request(key, 0, 500, { of: forked }))).toEqual({ status: 409, body: '500\n' });
  expect(await after.addCheckpoint(await request(key, 500, 500, { of: forked }))).toMatchObject({ status: 422 });
  expect(readdirSync(join(folder, 'evidence'))).toHaveLength(1);
  expect(await after.seen()).toMatchObject([{ origin: 'log.test/memory', size: 500, forks: 1 }]);
  expect([statSync(folder).mode & 0o777, statSync(join(folder, 'key')).mode & 0o777]).toEqual([0o700, 0o600]);
  await after.close();
  await expect(openWitness(join(base, 'nameless'), null, logs)).rejects.toThrow('needs a name');
});

test('of two that continue the same past differently one is cosigned', async () => {
  const key = await signingKey('log.test/race');
  const it = await watch('race', [{ key: key.verifier, origin: key.verifier.name }]);
  const answers = await Promise.all([entries, forked, entries, forked].map(async (of, at) => it.post(await request(key, 0, 300 + at, { of }))));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409, 409, 409]);
});

test('whoever asks believes no answer that is not one of the protocol, and waits for none for long', async () => {
  const ask = askWitness(300);
  const { createServer } = await import('node:http');
  const say = (status: number, body: string, headers: Record<string, string> = {}) => (_: unknown, answer: import('node:http').ServerResponse) => { answer.writeHead(status, headers).end(body); };
  const cases: [(asked: unknown, answer: import('node:http').ServerResponse) => void, unknown][] = [
    [say(409, '12\n'), { status: 409, size: 12 }], [say(409, 'twelve'), { status: 'unreachable' }], [say(409, '99999999999999999999'), { status: 'unreachable' }], [say(500, ''), { status: 'unreachable' }],
    [say(302, '', { location: '/elsewhere' }), { status: 'unreachable' }], [say(422, 'no'), { status: 422 }], [say(200, 'x'.repeat(100_000)), { status: 'unreachable' }], [() => undefined, { status: 'unreachable' }],
    [(_, answer) => { answer.writeHead(200); answer.write('—'); }, { status: 'unreachable' }],
  ];
  for (const [handler, expected] of cases) {
    const server = createServer(handler);
    await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
    expect(await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'old 0\n')).toEqual(expected);
    server.closeAllConnections();
    server.close();
  }
  expect(await ask('http://127.0.0.1:1', '')).toEqual({ status: 'unreachable' });
});

test('a newer line of a witness takes the place of its older one', async () => {
  const [log, witness] = [await signingKey('log.test/lines'), await signingKey('w.test', undefined, 4)];
  const { signLine } = await import('#engines/merkle-log/index.ts');
  const text = checkpointText({ origin: 'log.test/lines', size: 3, root: new Uint8Array(32) });
  let note = await signNote(text, log);
  for (const at of [100, 200]) note = withSignatures(note, [await signLine(text, witness, at)]);
  expect((await openNote(note, [log.verifier, witness.verifier])).signed.map((it) => it.at)).toEqual([null, 200]);
  expect(note.split('\n— ')).toHaveLength(3);
});
