import { newId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayGiveCodes } from '../access.ts';
import type { Contact, ContactKind } from '../model.ts';
import { CODE, LIMITS } from '../rules.ts';
import { contactHash, maskContact, readContact, sealContact, unsealContact } from './contact.ts';
import { limit } from './limits.ts';
import { clearSealedCode, findCode, insertCode } from './store/codes.ts';
import { codeHash, newCode } from './tokens.ts';

/** The task of the queue that sends a code; its payload is `{codeId}` and nothing else. */
export const SEND_CODE = 'send-sign-in-code';

/**
 * Makes a code for a mail address or a phone and hands it to the queue. Whether there is an account is not even looked
 * up, so the answer cannot tell. Returns the request that the code is bound to.
 */
export async function requestCode(ctx: Ctx, input: { contact: string; language: Lang }): Promise<{ request: string }> {
  const contact = readContact(input.contact);
  await limit(ctx, { ...LIMITS.codesFromNetwork, key: ctx.caller ?? 'none' });
  await limit(ctx, { ...LIMITS.codesForContact, key: contactHash(ctx, contact).toString('hex') });
  const code = newCode();
  const request = await keepCode(ctx, contact, code, { language: input.language, sealed: true, desk: null });
  await ctx.enqueue(SEND_CODE, { codeId: request });
  return { request };
}

/** A code for somebody who stands at the desk, shown to the clerk once; papers seen raise the level of the account. */
export async function giveCode(ctx: Ctx, input: { contact: string; papersSeen: boolean }): Promise<{ code: string; contact: string; minutes: number }> {
  allow(mayGiveCodes(ctx.actor) && ctx.actor.kind === 'person', 'give a code');
  const contact = readContact(input.contact);
  await limit(ctx, { ...LIMITS.codesByDesk, key: ctx.actor.id });
  const code = newCode();
  const id = await keepCode(ctx, contact, code, { language: 'ar', sealed: false, desk: { by: ctx.actor.id, papersSeen: input.papersSeen } });
  await record(ctx, 'person.code-given', { kind: 'person', id }, { public: false, detail: { papersSeen: input.papersSeen }, as: { role: 'clerk' } });
  return { code, contact: maskContact(contact), minutes: CODE.lifeMs / 60_000 };
}

type Keeping = { language: Lang; sealed: boolean; desk: { by: string; papersSeen: boolean } | null };

async function keepCode(ctx: Ctx, contact: Contact, code: string, how: Keeping): Promise<string> {
  const id = newId<'code'>(ctx.now.getTime());
  await insertCode(ctx, {
    id, contactHash: contactHash(ctx, contact), codeHash: codeHash(ctx, id, code), codeSealed: how.sealed ? ctx.secrets.seal('code to send', code) : null,
    contactSealed: sealContact(ctx, contact), contactKind: contact.kind, language: how.language, issuedBy: how.desk?.by ?? null, papersSeen: how.desk?.papersSeen ?? false,
    attempts: 0, createdAt: ctx.now, expiresAt: new Date(ctx.now.getTime() + CODE.lifeMs), usedAt: null,
  });
  return id;
}

export type CodeToSend = { contactKind: ContactKind; contact: string; code: string; language: Lang };

/** For the job that sends: the code and where to; null when it was sent, used or is over. */
export async function codeToSend(ctx: Ctx, input: { codeId: string }): Promise<CodeToSend | null> {
  allow(ctx.actor.kind === 'system', 'read a code');
  const row = await findCode(ctx, input.codeId);
  if (!row?.codeSealed || row.usedAt || row.expiresAt <= ctx.now) return null;
  return { contactKind: row.contactKind, contact: unsealContact(ctx, row.contactSealed), code: ctx.secrets.unseal('code to send', row.codeSealed), language: row.language };
}

/** Forgets the plain code after it has left. */
export async function codeSent(ctx: Ctx, input: { codeId: string }): Promise<void> {
  allow(ctx.actor.kind === 'system', 'forget a code');
  await clearSealedCode(ctx, input.codeId);
}

/** Where a code went, masked, for the page on which it is typed; null when the request is over. */
export async function codeRequest(ctx: Ctx, input: { request: string }): Promise<{ kind: ContactKind; contact: string } | null> {
  const row = await findCode(ctx, input.request);
  if (!row || row.issuedBy || row.usedAt || row.expiresAt <= ctx.now) return null;
  return { kind: row.contactKind, contact: maskContact({ kind: row.contactKind, value: unsealContact(ctx, row.contactSealed) }) };
}
