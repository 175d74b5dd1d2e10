/** Files that people send: what they are, and the same without what they tell about the sender. */
import { cleanAdts } from './adts.ts';
import { cleanMp3 } from './mp3.ts';
import { cleanMp4 } from './mp4.ts';
import { cleanOpus } from './ogg.ts';
import { cleanWebm } from './webm.ts';

export { Unreadable } from './bytes.ts';
export { cleanJpeg } from './jpeg.ts';
export { isWhole, recognise, type Format } from './recognise.ts';

export type VoiceFormat = 'opus' | 'mp3' | 'aac' | 'mp4' | 'webm';

const CLEANERS: Record<VoiceFormat, (bytes: Uint8Array) => Uint8Array> = { opus: cleanOpus, mp3: cleanMp3, aac: cleanAdts, mp4: cleanMp4, webm: cleanWebm };

/** The same sound without tags, dates and names; throws `Unreadable` when that cannot be done with certainty. */
export const cleanVoice = (format: VoiceFormat, bytes: Uint8Array): Uint8Array => CLEANERS[format](bytes);
