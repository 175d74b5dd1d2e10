import { isWhole, recognise, type Format } from '#engines/media/index.ts';
import { refuse } from '#kernel/refusal.ts';
import { LARGEST_FILE, mediaOf, MOST_FILES, type FileProblem, type Media } from './model.ts';

export const refuseFile = (problem: FileProblem): never => refuse({ because: 'invalid', fields: { files: problem } });

/** What a file is, or a refusal beside the field: too big, of no known kind, or cut off on its way. */
export function takeFile(bytes: Uint8Array): { format: Format; media: Media } {
  if (bytes.length > LARGEST_FILE) return refuseFile('too-big');
  const format = recognise(bytes);
  if (!format) return refuseFile('not-supported');
  return isWhole(format, bytes) ? { format, media: mediaOf(format) } : refuseFile('broken-file');
}

/** The lowest place that is free among those of an owner. */
export function freePosition(taken: readonly number[]): number {
  for (let position = 1; position <= MOST_FILES; position++) if (!taken.includes(position)) return position;
  return refuseFile('too-many-files');
}
