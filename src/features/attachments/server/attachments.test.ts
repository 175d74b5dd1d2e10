import { randomBytes, randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { mp3, mp4 } from '#engines/media/samples.ts';
import type { House } from '../../context.ts';
import type { Variant } from '../model.ts';
import { attachmentOwner, attachmentsOf, attachTo, publishAttachments, readAttachment, removeAttachment, stageFile, sweepDraftFiles } from './index.ts';
import { prepareAttachment } from './jobs.ts';
import { telling } from '#testing/telling.ts';
import { SYSTEM, VISITOR, world, type TestPerson } from '#testing/world.ts';

const given = await world();

const house: House = { ask: (who, query, input) => given.as(who).ask(query, input), glance: (who, query, input) => given.as(who).ask(query, input), act: (who, work, input) => given.as(who).act(work, input), close: async () => undefined };
const stage = (bytes: Buffer, ownerId: string = randomUUID(), ownerKind: 'draft' | 'entry' | 'confirmation' = 'entry') => given.act(stageFile, { ownerKind, ownerId, bytes });
async function prepared(bytes: Buffer, ownerId: string = randomUUID()) {
  const { id } = await stage(bytes, ownerId);
  await prepareAttachment(house, SYSTEM, id);
  const files = await given.ask(attachmentsOf, { ownerIds: [ownerId], publicOnly: false });
  return { id, ownerId, view: files.find((file) => file.id === id)! };
}
const read = (id: string, variant: Variant, who: TestPerson | typeof VISITOR = VISITOR, concerned = true) => given.as(who).ask(readAttachment, { id, variant, concerned });

const noise = (width: number, height: number) => sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });
const EXIF = {
  IFD0: { Make: 'Samsung', Model: 'A12', Artist: 'Um Ahmad', Copyright: 'Um Ahmad' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 12/1 7/1', GPSLongitudeRef: 'E', GPSLongitude: '37/1 9/1 2/1' },
};
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="Um Ahmad"/></rdf:RDF></x:xmpmeta>';
const telltale = async (width = 1600, height = 1000) => (await sharp({ create: { width, height, channels: 3, background: '#684' } }).jpeg().withMetadata({ orientation: 6 }).withExifMerge(EXIF).withXmp(XMP).withIccProfile('p3').toBuffer());

test('a photo tells nothing about camera, place, time and owner, and stands upright', async () => {
  const original = await telltale();
  expect(telling(original)).toEqual(expect.arrayContaining(['Exif\0', 'xmpmeta', 'e1', 'e2']));
  const { id, view } = await prepared(original);
  expect(view).toMatchObject({ state: 'ready', media: 'photo', width: 800, height: 1280 });
  for (const variant of ['large', 'small'] as const) {
    const file = await read(id, variant);
    expect(file.mediaType).toBe('image/webp');
    expect(telling(file.data)).toEqual([]);
    expect(file.data.includes('Ahmad')).toBe(false);
  }
  expect(await given.sql(`select variant from attachment_files where attachment_id = $1 and variant = 'staged'`, [id])).toEqual([]);
});

test('a photo of seven megabytes passes and becomes small enough for a phone; one of nine is refused', async () => {
  const large = await noise(2000, 1500).jpeg({ quality: 97, chromaSubsampling: '4:4:4' }).toBuffer();
  const seven = Buffer.concat([large, Buffer.alloc(Math.max(0, 7_000_000 - large.length))]);
  expect(seven.length).toBeGreaterThan(6_900_000);
  const { id, view } = await prepared(seven);
  expect(view.state).toBe('ready');
  expect((await read(id, 'small')).data.length).toBeLessThan(60_000);
  await expect(stage(Buffer.concat([large, Buffer.alloc(9_000_000)]))).rejects.toMatchObject({ refusal: { fields: { files: 'too-big' } } });
});

test('an ordinary photo stays under 150 kB', async () => {
  const picture = await noise(60, 45).resize(3000, 2250, { kernel: 'cubic' }).jpeg({ quality: 92 }).toBuffer();
  const { id } = await prepared(picture);
  expect((await read(id, 'large')).data.length).toBeLessThan(150_000);
});

test('PNG, WebP, GIF and AVIF become WebP whatever they are called', async () => {
  const square = sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } });
  for (const bytes of [await square.png().toBuffer(), await square.webp().toBuffer(), await square.gif().toBuffer(), await square.avif().toBuffer()]) {
    const { id, view } = await prepared(bytes);
    expect(view).toMatchObject({ state: 'ready', width: 40, height: 30 });
    expect((await sharp((await read(id, 'large')).data).metadata()).format).toBe('webp');
  }
});

test('what hides behind a picture is gone', async () => {
  const jpeg = await telltale(60, 40);
  const polyglot = Buffer.concat([jpeg, Buffer.from('PK\u0003\u0004<script>alert(1)</script>')]);
  const { id } = await prepared(polyglot);
  expect((await read(id, 'large')).data.includes('script')).toBe(false);
});

test('what is cut off, of no known kind, or no picture at all is refused beside the field', async () => {
  const jpeg = await noise(300, 300).jpeg().toBuffer();
  const cases: [Buffer, string][] = [
    [jpeg.subarray(0, jpeg.length / 2), 'broken-file'],
    [(await noise(90, 90).png().toBuffer()).subarray(0, 9000), 'broken-file'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'not-supported'],
    [Buffer.from('<!doctype html>'), 'not-supported'],
    [Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(90)]), 'broken-file'],
    [Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('IEND')]), 'broken-file'],
    [Buffer.alloc(0), 'not-supported'],
  ];
  for (const [bytes, code] of cases) await expect(stage(bytes)).rejects.toMatchObject({ refusal: { fields: { files: code } } });
});

test('a picture whose middle is damaged is found out by the job, and its bytes are deleted', async () => {
  const damaged = await noise(400, 400).png().toBuffer();
  damaged.fill(0x77, 30_000, 200_000);
  const { id, view } = await prepared(damaged);
  expect(view).toMatchObject({ state: 'refused', problem: 'broken-file' });
  expect(await given.sql('select 1 from attachment_files where attachment_id = $1', [id])).toEqual([]);
  await expect(read(id, 'large')).rejects.toMatchObject({ refusal: { because: 'not-found' } });
});

/** A PNG of 30000 × 30000 pixels in some kilobytes: 2.7 GB when unfolded. */
function bomb(): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(kind, 4, 'latin1');
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(Buffer.concat([head.subarray(4), data])));
    return Buffer.concat([head, data, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(30_000);
  header.writeUInt32BE(30_000, 4);
  header.set([8, 2], 8);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))), chunk('IEND', Buffer.alloc(0))]);
}
function crc(bytes: Buffer): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

test('a picture that would fill all memory is refused by its header', async () => {
  await expect(stage(bomb())).rejects.toMatchObject({ refusal: { fields: { files: 'too-big' } } });
});

async function paper(change: (pdf: PDFDocument) => void | Promise<void> = () => undefined): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.setAuthor('Um Ahmad');
  pdf.setProducer('Writer of Um Ahmad');
  pdf.setTitle('From Um Ahmad');
  pdf.addPage([300, 300]).drawText('Water', { x: 30, y: 30 });
  await change(pdf);
  return Buffer.from(await pdf.save({ useObjectStreams: false }));
}

test('a paper keeps its pages and loses author, dates, XMP, notes and the place in its photos', async () => {
  const jpeg = await telltale(200, 100);
  const original = await paper(async (pdf) => {
    const page = pdf.addPage([300, 300]);
    page.drawImage(await pdf.embedJpg(jpeg), { x: 0, y: 0, width: 200, height: 100 });
    page.node.set(PDFName.of('Metadata'), pdf.context.register(pdf.context.stream(XMP)));
    const note = pdf.context.obj({ Type: 'Annot', Subtype: 'Text', Rect: [0, 0, 20, 20], T: PDFString.of('Um Ahmad'), Contents: PDFString.of('please') });
    page.node.set(PDFName.of('Annots'), pdf.context.obj([pdf.context.register(note)]));
    pdf.catalog.set(PDFName.of('Metadata'), pdf.context.register(pdf.context.stream(XMP)));
  });
  expect(original.includes('Samsung')).toBe(true);
  const { id, view } = await prepared(original);
  expect(view).toMatchObject({ state: 'ready', media: 'pdf' });
  const { data } = await read(id, 'file');
  expect(telling(data)).toEqual([]);
  const again = await PDFDocument.load(data, { updateMetadata: false });
  expect(again.getPageCount()).toBe(2);
  const whole = Buffer.from(await again.save({ useObjectStreams: false }));
  for (const word of ['Ahmad', 'Samsung', 'xmpmeta']) expect(whole.includes(word), word).toBe(false);
});

test('a paper that acts by itself, hides files or is locked is refused', async () => {
  const cases = [
    await paper((pdf) => pdf.addJavaScript('main', 'app.alert(1)')),
    await paper((pdf) => pdf.attach(Buffer.from('inside'), 'inside.txt')),
    await paper((pdf) => pdf.catalog.set(PDFName.of('OpenAction'), pdf.context.obj({ S: 'Launch', F: PDFString.of('calc') }))),
    await paper((pdf) => pdf.encrypt({ userPassword: 'x', ownerPassword: 'y' })),
  ];
  for (const bytes of cases) expect((await prepared(bytes)).view).toMatchObject({ state: 'refused', problem: 'not-supported' });
});

test('a paper that unfolds into gigabytes, or is none, is refused without bringing the house down', async () => {
  const stream = deflateSync(Buffer.alloc(130_000_000));
  const heavy = Buffer.concat([Buffer.from('%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length 1>>\nstream\n'), stream, Buffer.from('\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF')]);
  expect((await prepared(heavy)).view).toMatchObject({ state: 'refused', problem: 'too-big' });
  expect((await prepared(Buffer.from('%PDF-1.7\nnothing\n%%EOF'))).view).toMatchObject({ state: 'refused', problem: 'broken-file' });
});

test('a voice note says nothing but what is heard, and is never public', async () => {
  const { id, ownerId, view } = await prepared(Buffer.from(mp3()));
  expect(view).toMatchObject({ state: 'ready', media: 'voice' });
  const { data } = await read(id, 'file');
  expect(telling(data)).toEqual([]);
  await given.act((ctx) => publishAttachments(ctx, ownerId, true), undefined);
  expect(await given.ask(attachmentsOf, { ownerIds: [ownerId], publicOnly: true })).toEqual([]);
  expect((await prepared(Buffer.from(mp4('vide')))).view).toMatchObject({ state: 'refused', problem: 'not-supported' });
});

test('of twelve files sent at once to one owner five stay', async () => {
  const owner = randomUUID();
  const dot = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'blue' } }).png().toBuffer();
  const results = await Promise.allSettled(Array.from({ length: 12 }, () => stage(dot, owner)));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(5);
  expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { refusal: { fields: { files: 'too-many-files' } } } });
});

test('before it is prepared nobody reads a file; afterwards strangers only what is public, and the concerned all', async () => {
  const dot = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'blue' } }).png().toBuffer();
  const owner = randomUUID();
  const { id } = await stage(dot, owner);
  const coordinator = await given.person([{ role: 'coordinator' }]);
  const resident = await given.person();
  await expect(read(id, 'large', coordinator)).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  await prepareAttachment(house, SYSTEM, id);
  for (const who of [VISITOR, resident]) await expect(read(id, 'large', who, false)).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  expect((await read(id, 'large', resident, true)).public).toBe(false);
  expect((await read(id, 'large', coordinator, false)).etag).toBe(`"${id}-large"`);
  await given.act((ctx) => publishAttachments(ctx, owner, true), undefined);
  expect((await read(id, 'large', VISITOR, false)).public).toBe(true);
  await given.act((ctx) => publishAttachments(ctx, owner, false), undefined);
  await expect(read(id, 'large', VISITOR, false)).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  await expect(read(randomUUID(), 'large', coordinator)).rejects.toMatchObject({ refusal: { because: 'not-found' } });
});

test('the job run twice, or by two workers at once, prepares once', async () => {
  const { id } = await stage(await telltale(50, 50));
  await Promise.all([prepareAttachment(house, SYSTEM, id), prepareAttachment(house, SYSTEM, id)]);
  await prepareAttachment(house, SYSTEM, id);
  expect(await given.sql('select variant from attachment_files where attachment_id = $1 order by variant', [id])).toEqual([{ variant: 'large' }, { variant: 'small' }]);
});

test('files of a draft move to what it became; those of a form that nobody sent are deleted', async () => {
  const dot = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'blue' } }).png().toBuffer();
  const [draft, forgotten, entry] = [randomUUID(), randomUUID(), randomUUID()];
  const { id } = await stage(dot, draft, 'draft');
  await stage(dot, forgotten, 'draft');
  await given.act(attachTo, { draftId: draft, owner: { kind: 'entry', id: entry } });
  expect(await given.ask(attachmentOwner, id)).toEqual({ kind: 'entry', id: entry, public: false });
  given.clock.addDays(15);
  expect(await given.as(SYSTEM).act(sweepDraftFiles, undefined)).toBe(1);
  expect(await given.ask(attachmentsOf, { ownerIds: [draft, forgotten, entry], publicOnly: false })).toMatchObject([{ ownerId: entry }]);
});

test('a file is removed by its owner only', async () => {
  const owner = randomUUID();
  const { id } = await stage(await telltale(20, 20), owner);
  await expect(given.act(removeAttachment, { id, ownerId: randomUUID() })).rejects.toMatchObject({ refusal: { because: 'not-found' } });
  await given.act(removeAttachment, { id, ownerId: owner });
  expect(await given.sql('select 1 from attachment_files where attachment_id = $1', [id])).toEqual([]);
});

test('a file that is taken leaves a job behind', async () => {
  const { id } = await stage(await telltale(20, 20));
  expect(await given.sql(`select 1 from graphile_worker.jobs where task_identifier = 'attachments.prepare' and key = $1`, [`prepare ${id}`])).toHaveLength(1);
});

test('what a resident showed of a delivery stays private when the body shows its own files', async () => {
  const owner = randomUUID();
  const theirs = await stage(PNG_OF_ONE, owner, 'confirmation');
  const own = await stage(PNG_OF_ONE, owner);
  await given.act((ctx) => publishAttachments(ctx, owner, true), undefined);
  expect(await given.sql('select id, public from attachments where owner_id = $1 order by position', [owner])).toEqual([{ id: theirs.id, public: false }, { id: own.id, public: true }]);
});

const PNG_OF_ONE = await noise(1, 1).png().toBuffer();
