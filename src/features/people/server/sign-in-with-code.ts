import { timingSafeEqual } from 'node:crypto';
import { foldDigits } from '#kernel/digits.ts';
import type { PersonId } from '#kernel/ids.ts';
import { allow, refuse, type Refusal } from '#kernel/refusal.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Contact, ContactKind, Device } from '../model.ts';
import { mayAddContact } from '../access.ts';
import { CODE, LIMITS, readDigits } from '../rules.ts';
import { unsealContact } from './contact.ts';
import { counted } from './limits.ts';
import { asPerson, isRefused, openSitting, type SignedIn, type Tried } from './sitting.ts';
import { countTry, lockCode, lockDeskCodes, useCodesOf, type CodeRow } from './store/codes.ts';
import { factorsOf, hasFactor } from './store/factors.ts';
import { holdContact, insertContact, insertPerson, personOfContact, saveVerified } from './store/persons.ts';
import { codeHash } from './tokens.ts';

const OVER: Refusal = { because: 'gone', what: 'code' };
const WRONG: Refusal = { because: 'invalid', fields: { code: 'wrong' } };
const TOO_MANY: Refusal = { because: 'too-many', retryAfterSeconds: CODE.lifeMs / 1000 };

export type CodeTry = { request: string; code: string; device: Device; language: Lang };

/**
 * Signs in with the code of a request, or with one that a desk gave for the same contact; the first time makes the
 * account. A wrong code is *returned* as a refusal, so that its count is committed: five tries a code, whatever happens.
 */
export async function signInWithCode(ctx: Ctx, input: CodeTry): Promise<Tried<SignedIn>> {
  const judged = await judgeCode(ctx, input);
  if (isRefused(judged)) return judged;
  const { request, matching } = judged;
  const person = await accountOf(ctx, request, input.language);
  if (matching.papersSeen) await verifyAtDesk(ctx, person, matching);
  const next = hasFactor(await factorsOf(ctx, person)) ? 'ask' : 'none';
  return { ...(await openSitting(ctx, { person, via: 'code', assurance: 'one', device: input.device })), next };
}

/**
 * Adds a mail or a phone to the own account of staff, so that letters reach them. With two factors only: whoever finds
 * an open sitting must not add a way in of their own. One contact belongs to one account.
 */
export async function addContact(ctx: Ctx, input: { request: string; code: string }): Promise<Tried<{ contact: ContactKind }>> {
  allow(mayAddContact(ctx.actor) && ctx.actor.kind === 'person', 'add a contact');
  const judged = await judgeCode(ctx, input);
  if (isRefused(judged)) return judged;
  const { request } = judged;
  await holdContact(ctx, request.contactHash);
  if (await personOfContact(ctx, request.contactHash)) return { refused: { because: 'conflict', what: 'contact' } };
  await insertContact(ctx, ctx.actor.id, { kind: request.contactKind, value: unsealContact(ctx, request.contactSealed) }, request.contactHash);
  await record(ctx, 'person.contact-added', { kind: 'person', id: ctx.actor.id }, { public: false, detail: { contact: request.contactKind } });
  return { contact: request.contactKind };
}

/** Whether the code is right; the right one uses up all codes of its contact, a wrong one is counted. */
async function judgeCode(ctx: Ctx, input: { request: string; code: string }): Promise<Tried<{ request: CodeRow; matching: CodeRow }>> {
  const digits = readDigits(foldDigits(input.code)) ?? refuse({ because: 'invalid', fields: { code: 'six-digits' } });
  const tooMany = await counted(ctx, { ...LIMITS.triesFromNetwork, key: ctx.caller ?? 'none' });
  if (tooMany) return { refused: tooMany };
  const request = await lockCode(ctx, input.request);
  if (!request || request.issuedBy || request.usedAt || request.expiresAt <= ctx.now) return { refused: OVER };
  if (request.attempts >= CODE.tries) return { refused: TOO_MANY };
  const matching = [request, ...(await lockDeskCodes(ctx, request.contactHash))].find((row) => timingSafeEqual(row.codeHash, codeHash(ctx, row.id, digits)));
  if (!matching) {
    await countTry(ctx, request.id);
    return { refused: request.attempts + 1 >= CODE.tries ? TOO_MANY : WRONG };
  }
  await useCodesOf(ctx, request.contactHash);
  return { request, matching };
}

async function accountOf(ctx: Ctx, row: CodeRow, language: Lang): Promise<PersonId> {
  await holdContact(ctx, row.contactHash);
  const known = await personOfContact(ctx, row.contactHash);
  if (known) return known;
  const contact: Contact = { kind: row.contactKind, value: unsealContact(ctx, row.contactSealed) };
  const person = await insertPerson(ctx, { displayName: null, language, verified: 'contact', demonstration: false });
  await insertContact(ctx, person, contact, row.contactHash);
  await record(asPerson(ctx, person), 'person.joined', { kind: 'person', id: person }, { public: false, detail: { contact: contact.kind } });
  return person;
}

async function verifyAtDesk(ctx: Ctx, person: PersonId, row: CodeRow): Promise<void> {
  await saveVerified(ctx, person, 'desk');
  await record(asPerson(ctx, person), 'person.verified', { kind: 'person', id: person }, { public: false, detail: { level: 'desk', code: row.id } });
}
