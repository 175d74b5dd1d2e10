/** The record's key changes in public: every step of it, and stopped between any two. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { auditLog, checkReceipt, followKeys, openCheckpoint, openLog, parseReceipt, parseVerifier, receiptText, trusting, utf8 } from '#engines/merkle-log/index.ts';
import { openFolder } from '#platform/tlog/files.ts';
import { beginRotation, endRotation, openSigner } from '#platform/tlog/signer.ts';
import { recordOf } from '#testing/record.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { announcedKey } from '../leaf.ts';
import { catchUp } from './catch-up.ts';
import { recordStanding } from './index.ts';
import { announceKey, changeKey, indexOfAnnouncement, logState } from './log-state.ts';

test('the new key signs beside the old one, the record names it, and what was sealed before still holds', async () => {
  const given = await world();
  const it = await recordOf(given);
  const signer = join(it.base, 'signer');
  const publisher = await it.publisher();
  await it.write(10);
  await publisher.round();
  const before = await it.checkpoint();
  const log = openLog(before, it.folder.read);
  const receipt = receiptText({ extra: await log.entry(3), index: 3, proof: await log.inclusionProof(3), checkpoint: before.note });
  const old = (await openSigner(signer, '')).vkey;

  await expect(endRotation(signer, it.folder.read, announcedKey)).rejects.toThrow('No other key');
  const next = await beginRotation(signer);
  expect(await beginRotation(signer)).toBe(next);
  await expect(endRotation(signer, it.folder.read, announcedKey)).rejects.toThrow('does not announce');
  for (let n = 0; n < 3; n++) await publisher.round();
  expect(await given.as(VISITOR).ask(recordStanding, undefined)).toMatchObject({ nextVkey: next });
  expect((await openCheckpoint((await it.folder.read('checkpoint'))!, [it.key, parseVerifier(next)])).signed).toHaveLength(2);
  expect(await given.as(SYSTEM).ask(indexOfAnnouncement, next)).toBe(10);
  const { keys, seals } = await followKeys(it.key, it.folder.read, announcedKey);
  expect([keys.length, seals.map((seal) => seal.size)]).toEqual([2, [11]]);

  expect(await endRotation(signer, it.folder.read, announcedKey)).toBe(next);
  await it.write(7);
  await publisher.round();
  const now = await openCheckpoint((await it.folder.read('checkpoint'))!, parseVerifier(next));
  expect([now.size, now.signed.length]).toEqual([18, 1]);
  expect(await given.as(SYSTEM).ask(logState, undefined)).toMatchObject({ log: { vkey: next, nextVkey: null, fault: null } });
  await expect(openCheckpoint(now.note, parseVerifier(old))).rejects.toMatchObject({ code: 'E_NOTE_UNSIGNED' });
  await checkReceipt(parseReceipt(receipt), await log.entry(3), trusting(...keys));
  await auditLog({ key: keys[1]!, earlier: [keys[0]!], read: it.folder.read, old: [before.note, ...seals.map((seal) => seal.note)] });

  // And once more, from the first key to the third.
  const third = await beginRotation(signer);
  for (let n = 0; n < 3; n++) await publisher.round();
  await endRotation(signer, it.folder.read, announcedKey);
  expect((await followKeys(it.key, it.folder.read, announcedKey)).keys.map((key) => key.publicKey)).toEqual([it.key, parseVerifier(next), parseVerifier(third)].map((key) => key.publicKey));
  expect((await followKeys(parseVerifier(next), it.folder.read, announcedKey)).keys).toHaveLength(2);
});

test('a database from before the change, beside a folder that was lost, finds the new key in a copy elsewhere', async () => {
  const given = await world();
  const it = await recordOf(given);
  const signer = join(it.base, 'signer');
  const publisher = await it.publisher();
  const old = (await openSigner(signer, '')).vkey;
  await it.write(300);
  const next = await beginRotation(signer);
  for (let n = 0; n < 3; n++) await publisher.round();
  await endRotation(signer, it.folder.read, announcedKey);
  await publisher.round();
  cpSync(join(it.base, 'log'), join(it.base, 'copy'), { recursive: true });
  rmSync(join(it.base, 'log'), { recursive: true });
  await given.sql(`update record_log set vkey = '${old}', next_vkey = null`);
  await expect((await it.publisher()).round()).rejects.toMatchObject({ kind: 'other-key' });
  await catchUp(await it.parts(), openFolder(join(it.base, 'copy')).read);
  await it.write(5);
  await it.publishAll();
  expect(await given.as(SYSTEM).ask(logState, undefined)).toMatchObject({ log: { vkey: next, fault: null } });
  const { keys } = await followKeys(it.key, it.folder.read, announcedKey);
  expect(await auditLog({ key: keys.at(-1)!, read: it.folder.read })).toMatchObject({ entries: 306 });
});

test('a key that the record did not announce is the wrong one, and an announcement that was not sealed with the old key leads nowhere', async () => {
  const given = await world();
  const it = await recordOf(given);
  await it.write(3);
  await it.publishAll();
  const foreign = await openSigner(join(it.base, 'foreign'), 'log.test/record');
  const honest = await it.checkpoint();
  const forged = `{"act":"key.rotated","at":"2026-11-25T10:00Z","by":{"role":"system"},"detail":{"from":${JSON.stringify((await openSigner(join(it.base, 'signer'), '')).vkey)},"to":${JSON.stringify(foreign.vkey)}},"id":"00000000-0000-4000-8000-000000000001","object":{"id":"00000000-0000-7000-8000-000000000009","kind":"record"},"v":1}`;
  expect(announcedKey(utf8(forged))).toMatchObject({ to: foreign.vkey });
  const served = (text: string) => async (path: string) => (path === 'rotation/1' ? utf8(text) : it.folder.read(path));
  const receipt = receiptText({ extra: utf8(forged), index: 1, proof: await openLog(honest, it.folder.read).inclusionProof(1), checkpoint: honest.note });
  await expect(followKeys(it.key, served(receipt), announcedKey)).rejects.toMatchObject({ code: 'E_INCLUSION' });
  await expect(followKeys(it.key, served('hello'), announcedKey)).rejects.toMatchObject({ code: 'E_PROOF_FORMAT' });
  await given.as(SYSTEM).act(changeKey, { from: (await given.as(SYSTEM).ask(logState, undefined)).log!.vkey, to: foreign.vkey });
  await expect((await it.publisher()).round()).rejects.toMatchObject({ kind: 'other-key' });
});

test('neither a visitor nor somebody with every role changes the key', async () => {
  const given = await world();
  const all = await given.person((['administrator', 'auditor', 'coordinator'] as const).map((role) => ({ role })));
  for (const who of [VISITOR, all]) {
    const refused = { refusal: { because: 'not-allowed', to: 'keep the record' } };
    await expect(given.as(who).act(announceKey, { from: 'a', to: 'b' })).rejects.toMatchObject(refused);
    await expect(given.as(who).act(changeKey, { from: 'a', to: 'b' })).rejects.toMatchObject(refused);
  }
});
