/** The published record as readers and programs get it; the folder is a real one, the log a small one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { addEntries, checkpointText, EMPTY_EDGE, rootOf, signingKey, signNote, toHex, utf8, verifierText, type SigningKey } from '#engines/merkle-log/index.ts';
import { openFolder } from '../tlog/files.ts';

const data = mkdtempSync(join(tmpdir(), 'abwab-web-'));
vi.stubEnv('ABWAB_DATA', data);
const { judgeEntry, judgeReceipt, logFile, publishedLog, receiptOf } = await import('./log-files.ts');
const folder = openFolder(join(data, 'record/log'));
const entries = Array.from({ length: 300 }, (_, at) => `entry ${at}`);
let key: SigningKey;

async function publish(texts: readonly string[], over = false): Promise<void> {
  const { edge, files } = addEntries(EMPTY_EDGE, texts.map(utf8));
  await folder.store(files, over);
  await folder.replace('vkey', `${verifierText(key.verifier)}\n`);
  await folder.replace('checkpoint', await signNote(checkpointText({ origin: key.verifier.name, size: edge.size, root: rootOf(edge) }), key));
}

const get = (path: string, headers: Record<string, string> = {}) => logFile(path, new Request(`http://x/${path}`, { headers }));

beforeAll(async () => {
  expect([await publishedLog(), await receiptOf(0), await judgeEntry(0, 'entry 0')]).toEqual([null, null, { holds: false, why: 'not-published' }]);
  key = await signingKey('log.test/web');
  await publish(entries.slice(0, 270));
  await publish(entries);
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe('files', () => {
  test.for([['checkpoint', 'text/plain; charset=utf-8', 'no-cache'], ['vkey', 'text/plain; charset=utf-8', 'no-cache'], ['tile/0/000', 'application/octet-stream', 'public, max-age=31536000, immutable'], ['tile/0/001.p/44', 'application/octet-stream', 'public, max-age=31536000, immutable'], ['tile/entries/000', 'application/octet-stream', 'public, max-age=31536000, immutable']])('%s has its type and may be kept as long as it stays', async ([path, type, cache]) => {
    const answer = (await get(path!))!;
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control'), answer.headers.get('access-control-allow-origin')]).toEqual([200, type, cache, '*']);
    const etag = answer.headers.get('etag')!;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) expect((await get(path!, { 'if-none-match': known }))!.status, known).toBe(304);
    expect((await get(path!, { 'if-none-match': '"other"' }))!.status).toBe(200);
  });

  test.for(['', 'tile', 'tile/0', 'tile/0/002', 'tile/0/0', 'tile/0/000.p/0', 'tile/9/000', '../secret', 'tile/../checkpoint', 'tile/0/%2e%2e', 'checkpoint/', 'key'])('«%s» is nothing', async (path) => {
    expect(await get(path)).toBeNull();
  });

  test('a partial tile that gave way to the full one is its beginning', async () => {
    for (const [path, full] of [['tile/0/000.p/200', 'tile/0/000'], ['tile/entries/000.p/200', 'tile/entries/000']] as const) {
      const [part, whole] = await Promise.all([path, full].map(async (it) => new Uint8Array(await (await get(it))!.arrayBuffer())));
      expect(toHex(whole!).startsWith(toHex(part!))).toBe(true);
      expect(part!.length).toBeLessThan(whole!.length);
    }
  });
});

test('a partial tile that a restore left out is the beginning of a wider one', async () => {
  for (const level of ['0', 'entries']) {
    const [part, wider] = await Promise.all([20, 44].map(async (width) => new Uint8Array(await (await get(`tile/${level}/001.p/${width}`))!.arrayBuffer())));
    expect(toHex(wider!).startsWith(toHex(part!))).toBe(true);
    expect(part!.length).toBeLessThan(wider!.length);
    expect(await get(`tile/${level}/001.p/45`)).toBeNull();
  }
});

describe('receipts', () => {
  test('hold for what stands there, whatever a form or a message did to their line ends', async () => {
    const receipt = (await receiptOf(42))!;
    for (const text of [receipt, receipt.replaceAll('\n', '\r\n'), `\n${receipt.trim()}`]) expect(await judgeReceipt(text)).toEqual({ holds: true, index: 42, entry: 'entry 42', size: 300 });
    expect(await judgeReceipt(receipt.replace(/^extra .*\n/m, ''))).toMatchObject({ holds: true, entry: 'entry 42' });
    expect(await judgeEntry(42, 'entry 42')).toMatchObject({ holds: true });
    expect(await judgeEntry(42, 'entry 43')).toEqual({ holds: false, why: 'E_LEAF_HASH' });
    expect(await judgeEntry(300, 'entry 300')).toEqual({ holds: false, why: 'not-published' });
    expect(await receiptOf(300)).toBeNull();
  });

  test('that were changed, cut or signed by somebody else do not hold, each for its reason', async () => {
    const receipt = (await receiptOf(42))!;
    const foreign = await signNote(checkpointText({ origin: 'log.test/web', size: 300, root: new Uint8Array(32) }), await signingKey('log.test/web'));
    const cases = [
      [receipt.replace('index 42', 'index 43'), 'E_INCLUSION'], [receipt.replace(/^extra .*$/m, `extra ${btoa('entry 7')}`), 'E_INCLUSION'],
      [receipt.replace('\n300\n', '\n301\n'), 'E_NOTE_SIG'], [`${receipt.slice(0, receipt.indexOf('\n\n'))}\n\n${foreign}`, 'E_NOTE_UNSIGNED'],
      [receipt.slice(0, 200), 'unreadable'], ['hello', 'unreadable'], ['', 'unreadable'],
    ] as const;
    for (const [text, why] of cases) expect(await judgeReceipt(text)).toEqual({ holds: false, why });
  });

  test('of a record that was rewritten accuse the one that is published', async () => {
    const receipt = (await receiptOf(42))!;
    await publish(entries.map((it, at) => (at === 7 ? 'rewritten' : it)), true);
    expect(await judgeReceipt(receipt)).toEqual({ holds: false, why: 'E_SPLIT_VIEW' });
    await publish([...entries.map((it, at) => (at === 7 ? 'rewritten' : it)), 'more'], true);
    expect(await judgeReceipt(receipt)).toEqual({ holds: false, why: 'E_CONSISTENCY' });
    await publish(entries.slice(0, 100), true);
    expect(await judgeReceipt(receipt)).toEqual({ holds: false, why: 'E_SHRUNK' });
  });

  test('cannot be judged where the published files do not hold together', async () => {
    await publish(entries, true);
    await folder.store([{ path: 'tile/1/000.p/1', bytes: new Uint8Array(32) }], true);
    expect(await judgeEntry(42, 'entry 42')).toEqual({ holds: false, why: 'E_TILE_HASH' });
  });
});
