/** Byte for byte what another implementation computed (fixtures/README.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeLog, pathsOf } from './testing.ts';
import {
  additionText, bundleOf, checkConsistency, checkInclusion, checkpointText, checkReceipt, concat, cosigned, COSIGNATURE, fromBase64, fromHex, hashOf, indexPath, leafHash, LogError, openCheckpoint, openLog, openNote,
  parseAddition, parsePolicy, parseReceipt, parseSigning, parseTilePath, parseVerifier, receiptText, rootOf, signingKey, signingText, signLine, signNote, tilePath, toBase64, toHex, utf8, verifierText,
} from './index.ts';

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures/vectors.json'), 'utf8'));
const entries = Array.from({ length: 70_000 }, (_, i) => utf8(`abwab tlog vector ${i} أبواب حلب`));
const logs = new Map<number, ReturnType<typeof makeLog>>();
const logOf = (size: number) => logs.get(size) ?? logs.set(size, makeLog(entries.slice(0, size))).get(size)!;
const key = parseVerifier(vectors.log_key.vkey);
const signer = await parseSigning(vectors.log_key.skey);
const base64 = (lines: string[]) => lines.map((line) => fromBase64(line)!);
const refusal = async (work: () => Promise<unknown>) => work().then(() => 'accepted', (error: unknown) => (error instanceof LogError ? error.code : error));

test.for<{ size: number; root_hex: string; root_b64: string }>(vectors.roots)('the root of $size entries', ({ size, root_hex, root_b64 }) => {
  expect([toHex(logOf(size).root), toBase64(logOf(size).root)]).toEqual([root_hex, root_b64]);
});

test('leaves and their hashes', () => {
  for (const leaf of vectors.leaves) {
    expect([toHex(entries[leaf.index]!), new TextDecoder().decode(entries[leaf.index]!)]).toEqual([leaf.data_hex, leaf.data_utf8]);
    expect([toHex(leafHash(entries[leaf.index]!)), toBase64(leafHash(entries[leaf.index]!))]).toEqual([leaf.leaf_hash_hex, leaf.leaf_hash_b64]);
  }
});

test('the reference tree of Certificate Transparency', () => {
  const tree = vectors.ct_reference_tree.map((it: { leaf_hex: string }) => fromHex(it.leaf_hex)!);
  for (const { size, root_hex } of vectors.ct_reference_tree) expect(toHex(makeLog(tree.slice(0, size)).root)).toBe(root_hex);
});

test('inclusion proofs, made and checked', async () => {
  for (const { index, size, proof_b64 } of vectors.inclusion_proofs) {
    const log = openLog(logOf(size), logOf(size).read);
    expect((await log.inclusionProof(index)).map(toBase64), `${index} of ${size}`).toEqual(proof_b64);
    checkInclusion(leafHash(entries[index]!), index, size, base64(proof_b64), log.root);
  }
});

test('consistency proofs, made and checked', async () => {
  for (const { old_size, new_size, proof_b64 } of vectors.consistency_proofs) {
    const [old, now] = [logOf(old_size), logOf(new_size)];
    expect((await openLog(now, now.read).consistencyProof(old_size)).map(toBase64), `${old_size} to ${new_size}`).toEqual(proof_b64);
    checkConsistency(old, now, base64(proof_b64));
  }
});

describe('files', () => {
  test.for([3, 256, 257, 1000])('of %i entries: these, of these bytes, and no others', (size) => {
    const { files } = logOf(size);
    const listed: { path: string; bytes: number; sha256_hex: string }[] = vectors[`files_at_size_${size}`];
    expect(pathsOf(size).sort()).toEqual(listed.map((it) => it.path).sort());
    for (const { path, bytes, sha256_hex } of listed) {
      expect([path, files.get(path)?.length, toHex(hashOf(files.get(path)!))]).toEqual([path, bytes, sha256_hex]);
    }
  });

  test('a tile and a bundle, written out', () => {
    for (const it of [vectors.tile_at_size_3, vectors.bundle_at_size_3]) expect(toHex(logOf(3).files.get(it.path)!)).toBe(it.hex);
    expect(toHex(bundleOf(entries.slice(0, 3)))).toBe(vectors.bundle_at_size_3.hex);
    expect(toHex(concat(entries.slice(0, 3).map(leafHash)))).toBe(vectors.tile_at_size_3.hex);
  });

  test('how many tiles a log has, and which are partial', () => {
    for (const { size, full_tiles_per_level, partial_tile_per_level } of vectors.shapes) {
      const all = pathsOf(size);
      const full: Record<string, number> = {};
      for (const path of all.filter((it) => !it.includes('.p/'))) full[path.split('/')[1]!] = (full[path.split('/')[1]!] ?? 0) + 1;
      expect(full).toEqual(full_tiles_per_level);
      expect(all.filter((path) => path.includes('.p/')).sort()).toEqual(Object.values(partial_tile_per_level).sort());
    }
  });

  test('addresses', () => {
    for (const { n, path } of vectors.tile_index_paths) {
      expect(indexPath(n)).toBe(path);
      expect(parseTilePath(`tile/0/${path}`)).toEqual({ level: 0, index: n, width: 256 });
    }
    for (const path of pathsOf(70_000)) expect(tilePath(parseTilePath(path)!)).toBe(path);
    for (const wrong of ['tile/00/000', 'tile/64/000', 'tile/0/0', 'tile/0/x000/001', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/000.p/01', 'tile/0/../000', 'tile/0/000/', 'tile/data/000']) expect(parseTilePath(wrong), wrong).toBeNull();
  });
});

describe('signed notes', () => {
  test('the example of the specification', async () => {
    const { note, vkey } = vectors.specification_note;
    expect((await openNote(note, [parseVerifier(vkey)])).text).toBe('This is an example message.\n');
  });

  test('keys', async () => {
    expect([verifierText(signer.verifier), verifierText(key), signingText(signer)]).toEqual([vectors.log_key.vkey, vectors.log_key.vkey, vectors.log_key.skey]);
    expect([key.name, toHex(key.id), toHex(key.publicKey), toHex(signer.seed)]).toEqual([vectors.log_key.origin, vectors.log_key.key_id_hex, vectors.log_key.public_key_hex, vectors.log_key.seed_hex]);
  });

  test('checkpoints, signed and opened', async () => {
    for (const { size, note } of vectors.checkpoints) {
      const { root } = logOf(size);
      expect(await signNote(checkpointText({ origin: key.name, size, root }), signer)).toBe(note);
      expect(await openCheckpoint(utf8(note), key)).toMatchObject({ origin: key.name, size, root, note });
    }
  });

  test.for<{ why: string; code: string; note: string }>(vectors.checkpoints_to_reject)('refused with $code: $why', async ({ code, note }) => {
    expect(await refusal(() => openCheckpoint(note, key))).toBe(code);
  });

  test('a fork is signed as it should be, and does not continue what was seen', async () => {
    const forked = await openCheckpoint(vectors.forked_checkpoints[0].note, key);
    const real = logOf(1000);
    expect(await refusal(async () => checkConsistency(logOf(999), forked, await openLog(real, real.read).consistencyProof(999)))).toBe('E_CONSISTENCY');
    expect(await refusal(() => openLog(forked, real.read).leaf(0))).toBe('E_TILE_HASH');
  });
});

describe('witnesses and receipts', async () => {
  const witness = await signingKey(vectors.witness_key.name, fromHex(vectors.witness_key.seed_hex)!, COSIGNATURE);
  const { line, signed_message, timestamp, cosigned_checkpoint } = vectors.cosignature;
  const plain: string = vectors.checkpoints.at(-1).note;

  test('a cosignature', async () => {
    expect(verifierText(witness.verifier)).toBe(vectors.witness_key.vkey);
    const text = checkpointText({ origin: key.name, size: 1000, root: logOf(1000).root });
    expect(new TextDecoder().decode(cosigned(text, timestamp))).toBe(signed_message);
    expect(await signLine(text, witness, timestamp)).toBe(line);
    expect(plain + line).toBe(cosigned_checkpoint);
    expect((await openCheckpoint(cosigned_checkpoint, key, [witness.verifier])).signed.map((it) => it.at)).toEqual([null, timestamp]);
  });

  test('what a witness is asked', async () => {
    const proof = await openLog(logOf(1000), logOf(1000).read).consistencyProof(257);
    expect(additionText({ old: 257, proof, checkpoint: plain })).toBe(vectors.add_checkpoint_257_1000);
    expect(parseAddition(vectors.add_checkpoint_257_1000)).toEqual({ old: 257, proof, checkpoint: plain });
  });

  test('a receipt, made, read and checked against a policy', async () => {
    const { file, entry_utf8 } = vectors.tlog_proof_index_500;
    const policy = parsePolicy(vectors.tlog_policy);
    const proof = await openLog(logOf(1000), logOf(1000).read).inclusionProof(500);
    expect(receiptText({ extra: null, index: 500, proof, checkpoint: cosigned_checkpoint })).toBe(file);
    expect(await checkReceipt(parseReceipt(file), utf8(entry_utf8), policy)).toMatchObject({ size: 1000 });
    expect(await refusal(() => checkReceipt(parseReceipt(file), utf8(`${entry_utf8}.`), policy))).toBe('E_INCLUSION');
    expect(await refusal(() => checkReceipt(parseReceipt(file.replace('index 500', 'index 501')), utf8(entry_utf8), policy))).toBe('E_INCLUSION');
    expect(await refusal(() => checkReceipt(parseReceipt(file.replace(line, '')), utf8(entry_utf8), policy))).toBe('E_WITNESS_QUORUM');
    expect(receiptText({ ...parseReceipt(file), extra: utf8('more') })).toBe(file.replace('\nindex', '\nextra bW9yZQ==\nindex'));
  });
});

test('the edge says the same root as everything before it', () => {
  for (const size of [0, 1, 255, 256, 257, 65_536, 70_000]) expect(rootOf(logOf(size).edge)).toEqual(logOf(size).root);
});
