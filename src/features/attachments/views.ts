import type { AttachmentState, Media, OwnerKind, Variant } from './model.ts';

/** One line of a list of files; without a name, which would tell about its sender. `ordinal` counts within its kind. */
export type FileView = { id: string; ownerId: string; media: Media; ordinal: number; kilobytes: number; width: number | null; height: number | null; public: boolean } & AttachmentState;

/** The bytes behind an address, with what its headers are made of. */
export type FileContent = { data: Buffer; mediaType: string; media: Media; variant: Variant; public: boolean; etag: string };

export type FileOwner = { kind: OwnerKind; id: string; public: boolean };
