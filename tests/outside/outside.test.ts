/** What we publish, and what our witness answers, checked by a program that shares no code with us. */
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkpointText, openLog, receiptText, signingKey, signNote, utf8, verifierText } from '#engines/merkle-log/index.ts';
import { makeLog, type TestLog } from '#engines/merkle-log/testing.ts';
import { openWitness } from '#platform/tlog/witness.ts';
import { serveWitness } from '#platform/tlog/witness-server.ts';
import { NOT_HERE, openOutside } from './outside.ts';

const outside = openOutside();
if (!outside) process.stderr.write(`${NOT_HERE}\n`);
const base = mkdtempSync(join(tmpdir(), 'abwab-outside-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe.skipIf(!outside)('a program of others', async () => {
  const key = await signingKey('log.test/record');
  const vkey = verifierText(key.verifier);
  const entries = Array.from({ length: 1_000 }, (_, at) => utf8(`entry ${at} أبواب`));
  let shown: TestLog = makeLog([]);
  const noteOf = (log: TestLog) => signNote(checkpointText({ origin: key.verifier.name, size: log.size, root: log.root }), key);
  const server = createServer(async (asked, answer) => {
    const path = asked.url!.slice(1);
    const body = path === 'checkpoint' ? await noteOf(shown) : await shown.read(path);
    answer.writeHead(body ? 200 : 404).end(body ?? '');
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  afterAll(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  test.for([0, 1, 2, 255, 256, 257, 768, 1_000])('verifies a log of %i entries, and that it continues a shorter one', async (size) => {
    shown = makeLog(entries.slice(0, Math.floor(size / 3)));
    const old = join(base, `old-${size}`);
    writeFileSync(old, await noteOf(shown));
    shown = makeLog(entries.slice(0, size));
    expect(await outside!('verify', vkey, url, ...(size > 0 ? [old] : []))).toMatchObject({ code: 0, out: expect.stringContaining(`OK ${size} entries`) });
  });

  test('finds a changed entry, and a past that was changed', async () => {
    shown = makeLog(entries.slice(0, 600));
    const old = join(base, 'honest');
    writeFileSync(old, await noteOf(shown));
    const bundle = shown.files.get('tile/entries/001')!;
    bundle[40]! ^= 1;
    expect(await outside!('verify', vkey, url)).toMatchObject({ code: 1, err: expect.stringContaining('E_ROOT') });
    shown = makeLog(entries.map((entry, at) => (at === 5 ? utf8('another') : entry)));
    expect(await outside!('verify', vkey, url, old)).toMatchObject({ code: 1, err: expect.stringContaining('E_CONSISTENCY') });
  });

  test('accepts our receipts, and no changed one', async () => {
    shown = makeLog(entries);
    const file = join(base, 'receipt');
    const receipt = receiptText({ extra: entries[500]!, index: 500, proof: await openLog(shown, shown.read).inclusionProof(500), checkpoint: await noteOf(shown) });
    writeFileSync(file, receipt);
    expect(await outside!('receipt', vkey, file)).toMatchObject({ code: 0, out: expect.stringContaining('entry 500 of 1000') });
    writeFileSync(file, receipt.replace('index 500', 'index 501'));
    expect(await outside!('receipt', vkey, file)).toMatchObject({ code: 1 });
  });

  test('asks our witness, and its cosignature holds', async () => {
    const witness = await openWitness(join(base, 'witness'), 'witness.test/w', [{ key: key.verifier, origin: key.verifier.name }]);
    const answering = await serveWitness(witness, { host: '127.0.0.1', port: 0, prefix: '' });
    const at = `http://127.0.0.1:${(answering.address() as AddressInfo).port}`;
    for (const [size, old] of [[300, 0], [300, 300], [1_000, 300]] as const) {
      shown = makeLog(entries.slice(0, size));
      expect(await outside!('submit', vkey, url, at, witness.vkey)).toMatchObject({ code: 0, out: expect.stringContaining(`cosigned ${size} after ${old}`) });
    }
    shown = makeLog(entries.slice(0, 900).map((entry, n) => (n === 5 ? utf8('another') : entry)));
    expect(await outside!('submit', vkey, url, at, witness.vkey)).toMatchObject({ code: 1 });
    answering.closeAllConnections();
    answering.close();
    await witness.close();
  });
});

test('where it is missing, the rest is tested all the same', () => {
  expect(NOT_HERE).toContain('golang-go');
});
