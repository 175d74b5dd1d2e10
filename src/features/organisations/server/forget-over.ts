import { keptSince } from '#kernel/kept-days.ts';
import { allow } from '#kernel/refusal.ts';
import { removeAttachmentsOf } from '../../attachments/server/index.ts';
import { eraseContents } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { deleteApplication, deleteInvitationsBefore, deleteMembersBefore, deleteUploadsBefore, endMemberships, lockStaleApplications } from './forget-store.ts';

const PIECE = 50;

/** Whoever erases their account is no member any more; the organisation stays. The calling feature has checked whose account it is. */
export async function leaveOrganisations(ctx: Ctx, person: string): Promise<void> {
  await endMemberships(ctx, person);
}

/** Run by the worker: tables that nobody took in, invitations that are over, members who left, and applications that came to nothing. */
export async function forgetOrganisations(ctx: Ctx): Promise<void> {
  allow(ctx.actor.kind === 'system', 'forget organisations');
  await deleteUploadsBefore(ctx, keptSince(ctx.now, 'table'));
  await deleteInvitationsBefore(ctx, keptSince(ctx.now, 'invitation'));
  await deleteMembersBefore(ctx, keptSince(ctx.now, 'member'));
  for (const { id, papers } of await lockStaleApplications(ctx, keptSince(ctx.now, 'application'), PIECE)) {
    for (const paper of papers) await removeAttachmentsOf(ctx, paper);
    await eraseContents(ctx, { kind: 'organisation', id });
    await deleteApplication(ctx, id);
  }
}
