/** The process behind `decodeHeic`. Made smaller here: tens of millions of pixels are not handed on. */
import libheif from 'libheif-js/wasm-bundle.js';
import sharp from 'sharp';
import { work } from '../workers/working.ts';
import type { HeicJob } from './heic.ts';

work(async ({ bytes, side, mostPixels }: HeicJob): Promise<Buffer> => {
  const images = new libheif.HeifDecoder().decode(bytes);
  const image = images.find((it) => it.is_primary()) ?? images[0];
  if (!image) throw new Error('no picture');
  const [width, height] = [image.get_width(), image.get_height()];
  if (width * height > mostPixels) throw new Error('too large');
  const data = new Uint8ClampedArray(width * height * 4);
  await new Promise<void>((done, failed) => {
    image.display({ data, width, height }, (shown) => (shown ? done() : failed(new Error('a picture that cannot be opened'))));
  });
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: mostPixels }).removeAlpha().resize(side, side, { fit: 'inside', withoutEnlargement: true }).png({ compressionLevel: 1 }).toBuffer();
});
