/** The process behind `cleanPdf`. */
import { inflateSync } from 'node:zlib';
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef, PDFStream, type PDFContext, type PDFObject } from '@cantoo/pdf-lib';
import { cleanJpeg } from '#engines/media/index.ts';
import { work } from '../workers/working.ts';
import type { CleanPdf } from './pdf.ts';

const MOST_PAGES = 200;
const MOST_INFLATED = 400_000_000;
const LARGEST_STREAM = 128_000_000;

/** What acts when the page is read: none of it has a place in a paper that somebody hands in. */
const ACTIVE = new Set(['/JavaScript', '/Launch', '/SubmitForm', '/ImportData', '/RichMedia', '/FileAttachment', '/EmbeddedFile', '/Movie', '/Sound', '/Rendition', '/GoToE', '/3D']);
const ACTIVE_KEYS = ['JS', 'EmbeddedFiles', 'EF', 'XFA'].map((key) => PDFName.of(key));
/** What tells about people and programs, or acts by itself. `T` is a note's author. */
const TELLING_KEYS = ['Metadata', 'PieceInfo', 'LastModified', 'AA', 'A', 'OpenAction', 'T', 'M', 'CreationDate', 'RC', 'Popup', 'Info', 'Thumb', 'AF'].map((key) => PDFName.of(key));
const ACTION_TYPES = [PDFName.of('S'), PDFName.of('Subtype'), PDFName.of('Type')];

work((bytes: Uint8Array): Promise<CleanPdf> => clean(Buffer.from(bytes)).catch((): CleanPdf => ({ problem: 'broken-file' })));

async function clean(bytes: Buffer): Promise<CleanPdf> {
  if (inflatedSize(bytes) > MOST_INFLATED) return { problem: 'too-big' };
  const source = await PDFDocument.load(bytes, { ignoreEncryption: true, updateMetadata: false, throwOnInvalidObject: true });
  if (source.isEncrypted || isActive(source.context)) return { problem: 'not-supported' };
  if (source.getPageCount() > MOST_PAGES) return { problem: 'too-big' };
  // Only pages are carried over: what hangs on the document itself (names, outlines, forms, XMP) stays behind.
  const target = await PDFDocument.create({ updateMetadata: false });
  for (const page of await target.copyPages(source, source.getPageIndices())) target.addPage(page);
  for (const [ref, object] of target.context.enumerateIndirectObjects()) strip(target.context, ref, object);
  dropUnreachable(target.context);
  const data = await target.save({ useObjectStreams: true, updateFieldAppearances: false });
  return { data: Buffer.from(data), pages: target.getPageCount() };
}

/** What the streams would grow to, counted before anything reads them whole; a bomb is known by this alone. */
function inflatedSize(bytes: Buffer): number {
  let sum = 0;
  for (let at = bytes.indexOf('stream'); at >= 0 && sum <= MOST_INFLATED; at = bytes.indexOf('stream', at + 6)) {
    const start = bytes[at + 6] === 0x0d ? at + 8 : at + 7;
    if (((bytes[start] ?? 0) & 0x0f) === 8) sum += inflated(bytes.subarray(start));
  }
  return sum;
}

function inflated(bytes: Buffer): number {
  try {
    return inflateSync(bytes, { maxOutputLength: LARGEST_STREAM }).length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? MOST_INFLATED + 1 : 0;
  }
}

function isActive(context: PDFContext): boolean {
  return context.enumerateIndirectObjects().some(([, object]) => dictsIn(object).some((dict) => acts(context, dict)));
}

function acts(context: PDFContext, dict: PDFDict): boolean {
  if (ACTIVE_KEYS.some((key) => dict.has(key))) return true;
  return ACTION_TYPES.some((key) => ACTIVE.has(String(context.lookup(dict.get(key)) ?? '')));
}

/** The dictionaries that an object consists of; those behind references are objects of their own. */
function dictsIn(object: PDFObject): PDFDict[] {
  if (object instanceof PDFStream) return dictsIn(object.dict);
  if (object instanceof PDFArray) return object.asArray().flatMap(dictsIn);
  return object instanceof PDFDict ? [object, ...object.values().flatMap(dictsIn)] : [];
}

function strip(context: PDFContext, ref: PDFRef, object: PDFObject): void {
  for (const dict of dictsIn(object)) for (const key of tellingKeys(dict)) dict.delete(key);
  if (object instanceof PDFRawStream && filters(object).at(-1) === '/DCTDecode') context.assign(ref, cleanPicture(object));
}

/** Links out of a page may stay when they only name an address. `A`, `T`, `M` and `S` mean other things in other dictionaries. */
function tellingKeys(dict: PDFDict): PDFName[] {
  const annotation = dict.has(PDFName.of('Rect')) || dict.get(PDFName.of('Type')) === PDFName.of('Annot') || dict.get(PDFName.of('Type')) === PDFName.of('Page');
  const kept = annotation ? [] : ['A', 'T', 'M', 'Info', 'RC', 'Popup'];
  return TELLING_KEYS.filter((key) => dict.has(key) && !kept.includes(key.decodeText()));
}

/** What no page needs any more would still be written into the file, readable for whoever looks into it. */
function dropUnreachable(context: PDFContext): void {
  const reached = new Set<PDFRef>();
  const waiting: PDFObject[] = [context.trailerInfo.Root!];
  for (let object = waiting.pop(); object; object = waiting.pop()) {
    if (object instanceof PDFRef) {
      if (reached.has(object)) continue;
      reached.add(object);
      waiting.push(...[context.lookup(object)].filter((it) => it !== undefined));
    } else if (object instanceof PDFStream) waiting.push(object.dict);
    else if (object instanceof PDFDict) waiting.push(...object.values());
    else if (object instanceof PDFArray) waiting.push(...object.asArray());
  }
  for (const [ref] of context.enumerateIndirectObjects()) if (!reached.has(ref)) context.delete(ref);
}

function filters(stream: PDFRawStream): string[] {
  const filter = stream.dict.get(PDFName.of('Filter'));
  return filter instanceof PDFArray ? filter.asArray().map(String) : [String(filter ?? '')];
}

/** A photo on a page keeps the place where it was taken unless it is taken out of the photo as well. */
function cleanPicture(stream: PDFRawStream): PDFRawStream {
  const chain = filters(stream);
  if (chain.length > 2 || (chain.length === 2 && chain[0] !== '/FlateDecode')) throw new Error('a picture that cannot be opened');
  const jpeg = chain.length === 2 ? inflateSync(stream.contents, { maxOutputLength: LARGEST_STREAM }) : stream.contents;
  stream.dict.set(PDFName.of('Filter'), PDFName.of('DCTDecode'));
  stream.dict.delete(PDFName.of('DecodeParms'));
  return PDFRawStream.of(stream.dict, cleanJpeg(jpeg));
}
