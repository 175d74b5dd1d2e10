import type { Media, OwnerKind, Variant } from '../model.ts';

export type AttachmentsTables = {
  attachments: {
    id: string; ownerKind: OwnerKind; ownerId: string; position: number; media: Media; state: 'staged' | 'ready' | 'refused';
    problem: 'broken-file' | 'not-supported' | 'too-big' | null; bytes: number; width: number | null; height: number | null; public: boolean; createdAt: Date;
  };
  attachmentFiles: { attachmentId: string; variant: 'staged' | Variant; mediaType: string; data: Buffer };
};
