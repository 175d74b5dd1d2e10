/** What is served is not believed: a changed byte anywhere is found wherever one reads, and properties hold at every size. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditPath, consistencyPath, treeHash } from './naive.ts';
import { makeLog, pathsOf } from './testing.ts';
import {
  addEntries, auditLog, checkConsistency, checkInclusion, checkpointText, entriesOf, leafHash, LogError, openLog, parseAddition, parseCheckpoint, parseNote, parsePolicy, parseReceipt, parseVerifier, rootOf, signingKey, signNote, utf8,
  type Fault,
} from './index.ts';

const entriesFor = (count: number) => Array.from({ length: count }, (_, at) => utf8(`entry ${at}`));
const key = await signingKey('log.example/test');
const signed = ({ size, root }: { size: number; root: Uint8Array }) => signNote(checkpointText({ origin: key.verifier.name, size, root }), key);
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return error instanceof LogError ? error.code : error;
  }
};
const fault = (work: Promise<unknown>) => work.then(() => 'accepted' as const, (error: unknown) => (error instanceof LogError ? error.code : error));

test('roots, proofs and files are those of RFC 6962 read aloud, at every size and however the log grew', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 620 }), fc.nat(), fc.nat(), fc.array(fc.integer({ min: 1, max: 619 }), { maxLength: 4 }), async (size, a, b, steps) => {
    const entries = entriesFor(size);
    const log = makeLog(entries, [...steps.filter((it) => it < size).sort((x, y) => x - y), size]);
    expect(log.root).toEqual(treeHash(entries));
    const [index, old] = [a % size, b % (size + 1)];
    const reader = openLog(log, log.read);
    const [inclusion, consistency] = [await reader.inclusionProof(index), await reader.consistencyProof(old)];
    expect(inclusion).toEqual(auditPath(index, entries));
    expect(consistency).toEqual(old === 0 ? [] : consistencyPath(old, entries));
    expect(await reader.rootAt(old)).toEqual(treeHash(entries.slice(0, old)));
    checkInclusion(leafHash(entries[index]!), index, size, inclusion, log.root);
    checkConsistency({ size: old, root: treeHash(entries.slice(0, old)) }, log, consistency);
    expect(await reader.edge()).toEqual(log.edge);
    expect(await reader.entry(index)).toEqual(entries[index]);
    for (const path of pathsOf(size)) expect(log.files.has(path), path).toBe(true);
  }), { numRuns: 60 });
});

test('a proof of something else is refused', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 2, max: 600 }), fc.nat(), fc.nat(), fc.nat(), async (size, a, b, c) => {
    const entries = entriesFor(size);
    const log = makeLog(entries);
    const reader = openLog(log, log.read);
    const [index, old] = [a % size, 1 + (b % (size - 1))];
    const other = (index + 1 + (c % (size - 1))) % size;
    const proof = await reader.inclusionProof(index);
    expect(codeOf(() => checkInclusion(leafHash(entries[other]!), index, size, proof, log.root))).toBe('E_INCLUSION');
    expect(codeOf(() => checkInclusion(leafHash(entries[index]!), other, size, proof, log.root))).toBe('E_INCLUSION');
    expect(codeOf(() => checkInclusion(leafHash(entries[index]!), index, size, [...proof, proof[0]!], log.root))).toBe('E_INCLUSION');
    expect(codeOf(() => checkInclusion(leafHash(entries[index]!), index, size, proof.slice(1), log.root))).toBe('E_INCLUSION');
    const steps = await reader.consistencyProof(old);
    const before = { size: old, root: treeHash(entries.slice(0, old)) };
    const forged = { size: old, root: treeHash([...entries.slice(0, old - 1), utf8('forged')]) };
    expect(codeOf(() => checkConsistency(forged, log, steps))).toBe('E_CONSISTENCY');
    expect(codeOf(() => checkConsistency(before, log, [...steps, before.root]))).toBe('E_CONSISTENCY');
    expect(codeOf(() => checkConsistency(before, log, steps.slice(1)))).toBe('E_CONSISTENCY');
    expect(codeOf(() => checkConsistency({ size, root: log.root }, before, []))).toBe('E_SHRUNK');
  }), { numRuns: 60 });
});

describe('every tile that is read is checked', () => {
  // A well-known library misses a corrupted full tile at 768, 1000 and 70,000; at 512 and 65,536 it does not.
  test.for([300, 512, 513, 768, 1000, 1023, 65_536, 66_000, 70_000])('one flipped bit in any full tile of %i entries', async (size) => {
    const log = makeLog(entriesFor(size));
    const full = pathsOf(size).filter((path) => !path.includes('.p/') && !path.includes('entries'));
    const some = full.filter((_, at) => at % Math.ceil(full.length / 12) === 0 || at === full.length - 1);
    for (const path of some) {
      for (const at of [0, 4095, 8191]) {
        const bytes = Uint8Array.from(log.files.get(path)!);
        bytes[at]! ^= 1;
        const read = async (asked: string) => (asked === path ? bytes : log.read(asked));
        const [, level, ...rest] = path.split('/');
        const index = Number(rest.join('').replaceAll('x', ''));
        expect(await fault(openLog(log, read).tile(Number(level), index)), `${path} byte ${at}`).toBe('E_TILE_HASH');
        // The nearest leaf below it cannot be proven either.
        expect(await fault(openLog(log, read).inclusionProof(Math.min(size - 1, index * 256 ** (Number(level) + 1)))), path).toBe('E_TILE_HASH');
      }
    }
  });

  test('a flipped bit, a missing file and a short one are found in every resource by one pass over the log', async () => {
    const log = makeLog(entriesFor(1000));
    const checkpoint = utf8(await signed(log));
    const audit = (path: string, bytes: Uint8Array | null) => fault(auditLog({ key: key.verifier, read: async (asked) => (asked === path ? bytes : asked === 'checkpoint' ? checkpoint : log.read(asked)), proofs: 20 }));
    const flipped = (bytes: Uint8Array, at: number) => Uint8Array.from(bytes, (byte, place) => (place === at ? byte ^ 1 : byte));
    expect(await audit('nothing', null)).toBe('accepted');
    expect(await audit('checkpoint', null)).toBe('E_CHECKPOINT_MISSING');
    for (const at of [0, 30, checkpoint.length - 4]) expect(await audit('checkpoint', flipped(checkpoint, at))).toMatch(/^E_NOTE/);
    for (const path of pathsOf(1000)) {
      const bytes = log.files.get(path)!;
      const bundle = path.includes('entries');
      const wrong: Fault[] = bundle ? ['E_LEAF_HASH', 'E_BUNDLE_FORMAT'] : ['E_TILE_HASH'];
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) expect(wrong, path).toContain(await audit(path, flipped(bytes, at)));
      expect(await audit(path, null)).toBe(bundle ? 'E_BUNDLE_MISSING' : 'E_TILE_MISSING');
      expect(await audit(path, bytes.subarray(1))).toBe(bundle ? 'E_BUNDLE_FORMAT' : 'E_TILE_LEN');
      expect(await audit(path, new Uint8Array([...bytes, 0]))).toBe(bundle ? 'E_BUNDLE_FORMAT' : 'E_TILE_LEN');
    }
  });

  test('a log that forgot, forked or split is found with a checkpoint seen before', async () => {
    const entries = entriesFor(1000);
    const [seen, forked] = [makeLog(entries), makeLog(entries.map((it, at) => (at === 500 ? utf8('rewritten') : it)))];
    const audit = async (log: typeof seen, old: typeof seen) => fault(auditLog({ key: key.verifier, read: async (path) => (path === 'checkpoint' ? utf8(await signed(log)) : log.read(path)), old: [await signed(old)] }));
    const longer = makeLog([...entries, utf8('more')]);
    expect(await audit(longer, seen)).toBe('accepted');
    expect(await audit(makeLog(entries.slice(0, 900)), seen)).toBe('E_SHRUNK');
    expect(await audit(forked, seen)).toBe('E_SPLIT_VIEW');
    expect(await audit(longer, forked)).toBe('E_CONSISTENCY');
    expect(await audit({ ...forked, files: seen.files, read: seen.read }, makeLog(entries.slice(0, 300)))).toBe('E_TILE_HASH');
  });

  test('an entry that was changed is refused alone; its neighbours in the bundle can still be read, the bundle as a whole cannot', async () => {
    const log = makeLog(entriesFor(600));
    const changed = Uint8Array.from(log.files.get('tile/entries/001')!);
    changed[2 + 8]! ^= 1;
    const reader = openLog(log, async (path) => (path === 'tile/entries/001' ? changed : log.read(path)));
    expect(await fault(reader.entry(256))).toBe('E_LEAF_HASH');
    expect(await reader.entry(257)).toEqual(utf8('entry 257'));
    expect(await fault(reader.bundle(1))).toBe('E_LEAF_HASH');
    for (const index of [600, 767, 768]) expect([await fault(reader.entry(index)), await fault(reader.leaf(index)), await fault(reader.inclusionProof(index))]).toEqual(['E_TILE_MISSING', 'E_TILE_MISSING', expect.anything()]);
  });

  test('a partial tile may have given way to the full one', async () => {
    const log = makeLog(entriesFor(70_000));
    const early = makeLog(entriesFor(300));
    const reader = openLog(early, async (path) => (path.includes('.p/') && path.startsWith('tile/0') ? null : (log.files.get(path) ?? early.files.get(path) ?? null)));
    checkInclusion(leafHash(utf8('entry 280')), 280, 300, await reader.inclusionProof(280), early.root);
    expect(await reader.entry(280)).toEqual(utf8('entry 280'));
  });
});

test('whatever text comes, it is read or refused with a code, and nothing else happens', () => {
  const parsers = [parseNote, parseCheckpoint, parseAddition, parseReceipt, parsePolicy, parseVerifier] as ((text: string) => unknown)[];
  const shaped = fc.array(fc.constantFrom('old 1', 'index 3', 'extra AA==', 'c2sp.org/tlog-proof@v1', 'log.example/test', '5', '', 'AAAA', `${'A'.repeat(43)}=`, '— a b', '— log.example/test AAAAAAAA', 'log', 'quorum none', 'witness a b')).map((lines) => lines.join('\n'));
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), shaped), (text) => {
    for (const parse of parsers) {
      const code = codeOf(() => parse(text));
      expect(typeof code === 'string' ? 'told' : code).toBe('told');
    }
  }), { numRuns: 500 });
  fc.assert(fc.property(fc.uint8Array(), (bytes) => { expect(typeof codeOf(() => entriesOf(bytes, 1, 'bundle'))).toBe('string'); }));
});

test('nothing is added by adding nothing, and an entry may be empty or 65,535 bytes', async () => {
  const log = makeLog([new Uint8Array(0), new Uint8Array(65_535)]);
  expect(addEntries(log.edge, [])).toEqual({ edge: log.edge, files: [] });
  expect(await openLog(log, log.read).bundle(0)).toEqual([new Uint8Array(0), new Uint8Array(65_535)]);
  expect(() => addEntries(log.edge, [new Uint8Array(65_536)])).toThrow(RangeError);
  expect(rootOf({ levels: [] })).toEqual(makeLog([]).root);
});

test('an empty log can be read', async () => {
  const empty = makeLog([]);
  const reader = openLog(empty, empty.read);
  expect(await reader.edge()).toEqual({ size: 0, levels: [], entries: [] });
  expect(await fault(reader.leaf(0))).toBe('E_TILE_MISSING');
  expect(await fault(openLog({ size: 0, root: leafHash(utf8('x')) }, empty.read).edge())).toBe('E_ROOT');
});
