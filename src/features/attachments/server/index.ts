/** The door of attachments. */
export { attachTo, publishAttachments, removeAttachment, removeAttachmentsOf, sweepDraftFiles } from './move-attachments.ts';
export { attachmentOwner, attachmentsOf, readAttachment } from './queries.ts';
export { stageFile, type FileToStage } from './stage-file.ts';
