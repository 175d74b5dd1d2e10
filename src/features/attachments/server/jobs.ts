/** What happens to a file after it was taken: outside any transaction, because it takes a while. */
import { cleanVoice, recognise, Unreadable, type VoiceFormat } from '#engines/media/index.ts';
import { cleanPdf } from '#platform/files/pdf.ts';
import { encodePhoto } from '#platform/files/photo.ts';
import type { House, Who } from '../../context.ts';
import { LARGEST_FILE } from '../model.ts';
import { keepPrepared, type Prepared } from './keep-prepared.ts';
import { stagedFile } from './queries.ts';

const SOUND_TYPE: Record<VoiceFormat, string> = { opus: 'audio/ogg', mp3: 'audio/mpeg', aac: 'audio/aac', mp4: 'audio/mp4', webm: 'audio/webm' };

/** Makes of a staged file what may be shown, and deletes the original. Run again it does nothing. */
export async function prepareAttachment(house: House, who: Who, id: string): Promise<void> {
  const staged = await house.ask(who, stagedFile, id);
  if (staged) await house.act(who, keepPrepared, { id, prepared: await prepare(staged) });
}

function prepare(staged: { media: 'photo' | 'pdf' | 'voice'; data: Buffer }): Promise<Prepared> {
  switch (staged.media) {
    case 'photo': return preparePhoto(staged.data);
    case 'pdf': return preparePdf(staged.data);
    case 'voice': return prepareVoice(staged.data);
  }
}

async function preparePhoto(data: Buffer): Promise<Prepared> {
  try {
    const { large, small } = await encodePhoto(data);
    const files = ([['large', large], ['small', small]] as const).map(([variant, picture]) => ({ variant, mediaType: 'image/webp', data: picture.data }));
    return { files, bytes: large.data.length, width: large.width, height: large.height };
  } catch {
    return { problem: 'broken-file' };
  }
}

async function preparePdf(data: Buffer): Promise<Prepared> {
  const clean = await cleanPdf(data);
  if ('problem' in clean) return clean;
  return kept(clean.data, 'application/pdf');
}

async function prepareVoice(data: Buffer): Promise<Prepared> {
  const format = recognise(data) as VoiceFormat;
  try {
    return kept(Buffer.from(cleanVoice(format, data)), SOUND_TYPE[format]);
  } catch (error) {
    if (error instanceof Unreadable) return { problem: 'not-supported' };
    throw error;
  }
}

/** Written anew a paper may grow, but not beyond twice what was taken. */
function kept(data: Buffer, mediaType: string): Prepared {
  if (data.length > 2 * LARGEST_FILE) return { problem: 'too-big' };
  return { files: [{ variant: 'file', mediaType, data }], bytes: data.length, width: null, height: null };
}
