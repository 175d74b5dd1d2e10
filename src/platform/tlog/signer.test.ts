/** What the signer signs and what it refuses; the way to it is tested with the publisher. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { additionText, checkpointText } from '#engines/merkle-log/index.ts';
import { openSigner } from './signer.ts';
import { serveSigner, signerAt, SignerAway, socketOf } from './signer-server.ts';

const base = mkdtempSync(join(tmpdir(), 'abwab-signer-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const text = (size: number, root: Uint8Array, origin = 'log.test/record') => checkpointText({ origin, size, root });
const ROOT = new Uint8Array(32).fill(5);

test('signs what continues, says where it stands, and refuses the rest', async () => {
  const signer = await openSigner(join(base, 'a'), 'log.test/record');
  const sign = (old: number, size: number, root: Uint8Array, proof: Uint8Array[] = [], origin?: string) => signer.sign(additionText({ old, proof, checkpoint: text(size, root, origin) }));
  expect(signer.last().size).toBe(0);
  const first = await sign(0, 3, ROOT);
  expect(first).toMatchObject({ status: 200 });
  expect(await sign(0, 3, ROOT)).toEqual(first);
  expect(await sign(0, 5, ROOT)).toEqual({ status: 409, size: 3 });
  expect(await sign(3, 3, new Uint8Array(32))).toMatchObject({ status: 422, code: 'E_SPLIT_VIEW' });
  expect(await sign(3, 2, ROOT)).toMatchObject({ status: 422, code: 'E_SHRUNK' });
  expect(await sign(3, 5, ROOT, [ROOT])).toMatchObject({ status: 422, code: 'E_CONSISTENCY' });
  expect(await sign(3, 5, ROOT, [], 'log.test/other')).toMatchObject({ status: 422, code: 'E_ORIGIN' });
  expect(await signer.sign('nonsense')).toMatchObject({ status: 422, code: 'E_PROOF_FORMAT' });
  expect((await openSigner(join(base, 'a'), 'ignored')).last().size).toBe(3);
});

test('keeps its key where nobody else reads it, and does not work without its memory', async () => {
  await openSigner(join(base, 'b'), 'log.test/record');
  expect([statSync(join(base, 'b')).mode & 0o777, statSync(join(base, 'b/key')).mode & 0o777]).toEqual([0o700, 0o600]);
  rmSync(join(base, 'b/last-signed'));
  await expect(openSigner(join(base, 'b'), 'log.test/record')).rejects.toThrow('another past');
});

test('two signers on one folder never sign two records of one size', async () => {
  const [one, two] = [await openSigner(join(base, 'c'), 'log.test/record'), await openSigner(join(base, 'c'), 'log.test/record')];
  expect(await one.sign(additionText({ old: 0, proof: [], checkpoint: text(2, ROOT) }))).toMatchObject({ status: 200 });
  const other = text(2, new Uint8Array(32));
  expect(await two.sign(additionText({ old: 0, proof: [], checkpoint: other }))).toEqual({ status: 409, size: 2 });
  expect(await two.sign(additionText({ old: 2, proof: [], checkpoint: other }))).toMatchObject({ status: 422, code: 'E_SPLIT_VIEW' });
});

test('it is asked over a socket in the same words, and says so when nobody answers', async () => {
  const signer = await openSigner(join(base, 'd'), 'log.test/record');
  const socket = socketOf(join(base, 'd-data-folder'.repeat(20)));
  const client = signerAt(socket);
  await expect(client.vkey()).rejects.toThrow(SignerAway);
  const server = await serveSigner(signer, socket);
  await expect(serveSigner(signer, socket)).rejects.toThrow('at work already');
  expect([await client.vkey(), await client.last()]).toEqual([signer.vkey, signer.last().note]);
  expect(await client.sign(additionText({ old: 0, proof: [], checkpoint: text(4, ROOT) }))).toEqual({ status: 200, note: signer.last().note });
  expect(await client.sign(additionText({ old: 0, proof: [], checkpoint: text(9, ROOT) }))).toEqual({ status: 409, size: 4 });
  expect(await client.sign('nonsense')).toMatchObject({ status: 422, code: 'E_PROOF_FORMAT' });
  expect(statSync(socket).mode & 0o777).toBe(0o600);
  await expect(client.sign('x'.repeat(30_000))).rejects.toThrow(SignerAway);
  server.close();
});
