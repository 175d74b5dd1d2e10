/** Photos as they are shown: turned upright, in sRGB, without a word about camera, place or time. */
import sharp, { type Sharp } from 'sharp';
import { recognise } from '#engines/media/index.ts';
import { MOST_PIXELS } from '../photo-size.ts';
import { decodeHeic } from './heic.ts';

export type Picture = { data: Buffer; width: number; height: number };

const LARGE = 1280;
const SMALL = 320;
const TARGET_BYTES = 150_000;
const QUALITIES = [60, 48, 36, 26];

// One picture at a time on one thread: phones send many at once, and the pages must stay quick beside it.
sharp.concurrency(1);
sharp.cache(false);

/** Large (at most 1280 px and about 150 kB) and small (320 px), as WebP. Throws when the picture is cut off or broken. */
export async function encodePhoto(bytes: Buffer): Promise<{ large: Picture; small: Picture }> {
  const upright = await (await opened(bytes)).resize(LARGE, LARGE, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb').png({ compressionLevel: 1 }).toBuffer();
  return { large: await withinTarget(upright), small: await webp(upright, SMALL, 55) };
}

/** Turned upright. sharp reads everything but HEIC by itself; libheif has turned that already. */
async function opened(bytes: Buffer): Promise<Sharp> {
  if (recognise(bytes) !== 'heic') return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' }).autoOrient();
  return sharp(await decodeHeic({ bytes, side: LARGE, mostPixels: MOST_PIXELS }));
}

async function withinTarget(upright: Buffer): Promise<Picture> {
  let picture = await webp(upright, LARGE, QUALITIES[0]!);
  for (const quality of QUALITIES.slice(1)) {
    if (picture.data.length <= TARGET_BYTES) break;
    picture = await webp(upright, LARGE, quality);
  }
  return picture;
}

// Without `keepMetadata` sharp writes none: no EXIF, XMP, IPTC, profile or thumbnail.
async function webp(upright: Buffer, side: number, quality: number): Promise<Picture> {
  const { data, info } = await sharp(upright).resize(side, side, { fit: 'inside', withoutEnlargement: true }).webp({ quality, effort: 4 }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
