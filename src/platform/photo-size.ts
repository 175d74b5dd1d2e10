/** How large a photo is, from its header alone: cheap enough for a form, before anything is stored. */
import sharp from 'sharp';

export const MOST_PIXELS = 40_000_000;
export type Size = { width: number; height: number };

/** Width and height from the header alone; null when this is no picture that can be decoded here. */
export async function measurePhoto(bytes: Buffer): Promise<Size | null> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { width, height };
  } catch {
    return null;
  }
}
