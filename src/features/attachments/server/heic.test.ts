import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodeHeic } from '#platform/files/heic.ts';
import { telling } from '#testing/telling.ts';
import { SYSTEM, world } from '#testing/world.ts';
import type { House } from '../../context.ts';
import type { Variant } from '../model.ts';
import { attachmentsOf, readAttachment, stageFile } from './index.ts';
import { prepareAttachment } from './jobs.ts';

const given = await world();
const house: House = { ask: (who, query, input) => given.as(who).ask(query, input), glance: (who, query, input) => given.as(who).ask(query, input), act: (who, work, input) => given.as(who).act(work, input), close: async () => undefined };
const stage = (bytes: Buffer, ownerId: string = randomUUID()) => given.act(stageFile, { ownerKind: 'entry', ownerId, bytes });
const read = (id: string, variant: Variant) => given.ask(readAttachment, { id, variant, concerned: true });
async function prepared(bytes: Buffer) {
  const ownerId = randomUUID();
  const { id } = await stage(bytes, ownerId);
  await prepareAttachment(house, SYSTEM, id);
  return { id, view: (await given.ask(attachmentsOf, { ownerIds: [ownerId], publicOnly: false }))[0] };
}

const HEIC = readFileSync(new URL('../../../platform/files/samples/phone.heic', import.meta.url));

test('a photo of an iPhone (HEIC) is shown as any other, and tells nothing about camera, place and owner', async () => {
  expect(telling(HEIC)).toContain('xmpmeta');
  const { id, view } = await prepared(HEIC);
  expect(view).toMatchObject({ state: 'ready', media: 'photo', width: 640, height: 400 });
  const large = await read(id, 'large');
  for (const file of [large, await read(id, 'small')]) {
    expect(file.mediaType).toBe('image/webp');
    expect(telling(file.data)).toEqual([]);
    expect(file.data.includes('Canary')).toBe(false);
  }
  // What is drawn on it: red at the left, blue in the circle.
  const { data, info } = await sharp(large.data).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * info.channels).subarray(0, 3)];
  expect(at(60, 200)[0]).toBeGreaterThan(at(60, 200)[2]! + 80);
  expect(at(480, 200)[2]).toBeGreaterThan(at(480, 200)[0]! + 80);
});

test('a HEIC that is cut off is refused before anything is stored; one that cannot be decoded is found out by the job', async () => {
  await expect(stage(HEIC.subarray(0, HEIC.length - 1500))).rejects.toMatchObject({ refusal: { fields: { files: 'broken-file' } } });
  for (const job of [{ bytes: HEIC, mostPixels: 640 * 400 - 1 }, { bytes: Buffer.alloc(3000), mostPixels: 1_000_000 }]) await expect(decodeHeic({ ...job, side: 1280 })).rejects.toThrow('no answer');
});
