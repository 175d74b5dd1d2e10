/** Files that belong to something: what they are and how far they are prepared. */
import type { Format } from '#engines/media/index.ts';
import type { AttachmentId } from '#kernel/ids.ts';

export const OWNER_KINDS = ['draft', 'entry', 'commitment', 'confirmation', 'document', 'sheet'] as const;
export type OwnerKind = (typeof OWNER_KINDS)[number];
export type Owner = { kind: OwnerKind; id: string };

export type Media = 'photo' | 'pdf' | 'voice';
export const VARIANTS = ['large', 'small', 'file'] as const;
/** `large` and `small` of photos, `file` of papers and voice notes. */
export type Variant = (typeof VARIANTS)[number];

/** Codes beside the field `files`. */
export type FileProblem = 'too-big' | 'not-supported' | 'too-many-files' | 'broken-file';

export const LARGEST_FILE = 8 * 1024 * 1024;
export const MOST_FILES = 5;

export type AttachmentState = { state: 'staged' } | { state: 'ready' } | { state: 'refused'; problem: Exclude<FileProblem, 'too-many-files'> };

export type Attachment = { id: AttachmentId; owner: Owner; media: Media; public: boolean } & AttachmentState;

export function mediaOf(format: Format): Media {
  switch (format) {
    case 'jpeg': case 'png': case 'webp': case 'gif': case 'avif': case 'heic': return 'photo';
    case 'pdf': return 'pdf';
    case 'opus': case 'mp3': case 'aac': case 'mp4': case 'webm': return 'voice';
  }
}
