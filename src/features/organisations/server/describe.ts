import { newId, type AttachmentId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { publishAttachments, removeAttachmentsOf, stageFile } from '../../attachments/server/index.ts';
import { allSectors } from '../../places/server/index.ts';
import { nextReference, record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayDescribe, mayKeepRegistry, mayRegister, maySeeInside, type Membership } from '../access.ts';
import type { ContactInput } from '../input.ts';
import { isPublic, MOST, type DocumentKind, type Organisation, type Profile } from '../model.ts';
import { mayAskRenewal, mayChange, mayObjectTo, maySend, missing } from '../rules.ts';
import { contactsOf, documentKinds, freeContact, freeDocument, hasOwner, insertContact, insertDocument, insertMember, ownDrafts, removeContactRow, removeDocumentRow, saveDocumentPublic, unknownPlaces } from './describe-store.ts';
import { membershipOf } from './membership-queries.ts';
import { readNumber } from './show-queries.ts';
import { insertOrganisations, lockOrganisation, saveProfile, saveStanding, today } from './store.ts';

const EMPTY: Profile = {
  kind: null, names: { ar: '', en: '', ku: '' }, about: '', sectors: [], places: [], services: [], expertise: [], staff: null, volunteers: null, answerDays: null, licence: { number: '', by: '', until: null }, consented: false,
};

/** Begins an organisation: a draft of whoever begins it, with a number under which it is found again. */
export async function startOrganisation(ctx: Ctx): Promise<string> {
  allow(mayRegister(ctx.actor), 'register an organisation');
  const person = ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'register an organisation' });
  if ((await ownDrafts(ctx, person)) >= MOST.drafts) refuse({ because: 'invalid', fields: { form: 'too-many-drafts' } });
  const id = newId<'organisation'>(ctx.now.getTime());
  const number = await nextReference(ctx);
  await insertOrganisations(ctx, [{ id, number, state: 'draft', profile: EMPTY }]);
  await insertMember(ctx, { organisation: id, person, roles: ['owner'], name: '' });
  await record(ctx, 'organisation.created', { kind: 'organisation', id }, { public: false, detail: { number }, as: { role: 'member' } });
  return number;
}

export type Held = { it: Organisation; mine: Membership };

/** The organisation, held, for somebody of its inside; to everybody else it is not there, public or not. */
export async function holdInside(ctx: Ctx, typed: string): Promise<Held> {
  const it = await lockOrganisation(ctx, readNumber(ctx, typed));
  const mine = await membershipOf(ctx, it.id);
  if (!maySeeInside(ctx.actor, mine)) refuse({ because: 'not-found', what: 'organisation' });
  return { it, mine };
}

/** For those who write in its name; the registry writes for one that is nobody's yet. */
async function holdToDescribe(ctx: Ctx, typed: string): Promise<Held> {
  const held = await holdInside(ctx, typed);
  allow(mayDescribe(held.mine) || (mayKeepRegistry(ctx.actor) && !(await hasOwner(ctx, held.it.id))), 'describe this organisation');
  if (!mayChange(held.it.state)) refuse({ because: 'wrong-state', is: held.it.state, wanted: 'draft' });
  return held;
}

const as = (mine: Membership) => ({ role: mine.length > 0 ? 'member' : 'registry' } as const);
/** What a verification stands on: the registry looks again when it changes. */
const JUDGED = (it: Profile): string => JSON.stringify([it.names.ar, it.kind, it.licence]);

export type Description = { number: string; version: number; change: Partial<Profile> };

/** Writes one page of the description. Of two who write the same page, the second reads what the first has saved. */
export async function describeOrganisation(ctx: Ctx, input: Description): Promise<void> {
  const { it, mine } = await holdToDescribe(ctx, input.number);
  const after: Profile = { ...it, ...input.change };
  if (JSON.stringify(after) === JSON.stringify(it)) return;
  if (input.version !== it.version) refuse({ because: 'conflict', what: 'organisation' });
  await refuseUnknown(ctx, input.change);
  if (isPublic(it.state) && (after.names.ar === '' || after.kind === null)) refuse({ because: 'invalid', fields: { 'name-ar': 'required' } });
  if (after.kind === 'figure' && isPublic(it.state) && !after.consented) refuse({ because: 'invalid', fields: { consent: 'required' } });
  await saveProfile(ctx, it.id, after);
  if (it.state === 'verified' && JUDGED(after) !== JUDGED(it) && !it.renewal) await saveStanding(ctx, it.id, { renewalAt: ctx.now });
  await record(ctx, 'organisation.changed', { kind: 'organisation', id: it.id }, { public: isPublic(it.state), detail: { number: it.number, fields: Object.keys(input.change).toSorted() }, as: as(mine) });
}

async function refuseUnknown(ctx: Ctx, change: Partial<Profile>): Promise<void> {
  if (change.sectors) {
    const known = new Set((await allSectors(ctx)).map((it) => it.code as string));
    if (change.sectors.some((code) => !known.has(code))) refuse({ because: 'invalid', fields: { sectors: 'unknown' } });
  }
  if (change.places && (await unknownPlaces(ctx, change.places)).length > 0) refuse({ because: 'invalid', fields: { places: 'unknown' } });
}

export async function addContactPoint(ctx: Ctx, input: { number: string } & ContactInput): Promise<void> {
  const { it, mine } = await holdToDescribe(ctx, input.number);
  const position = (await freeContact(ctx, it.id)) ?? refuse({ because: 'invalid', fields: { value: 'too-many' } });
  await insertContact(ctx, { organisationId: it.id, kind: input.kind, value: input.value, public: input.public, position });
  await record(ctx, 'organisation.contact-changed', { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number, kind: input.kind, public: input.public }, as: as(mine) });
}

export async function removeContactPoint(ctx: Ctx, input: { number: string; id: string }): Promise<void> {
  const { it, mine } = await holdToDescribe(ctx, input.number);
  if (!(await removeContactRow(ctx, it.id, input.id))) refuse({ because: 'not-found', what: 'contact' });
  await record(ctx, 'organisation.contact-changed', { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number }, as: as(mine) });
}

/** A paper with its file; nobody but its members and the registry reads it, unless it is shown on purpose. */
export async function addDocument(ctx: Ctx, input: { number: string; kind: DocumentKind; public: boolean; bytes: Buffer }): Promise<AttachmentId> {
  const { it, mine } = await holdToDescribe(ctx, input.number);
  const position = (await freeDocument(ctx, it.id)) ?? refuse({ because: 'invalid', fields: { files: 'too-many-files' } });
  const id = await insertDocument(ctx, { organisationId: it.id, kind: input.kind, public: input.public, position });
  const file = await stageFile(ctx, { ownerKind: 'document', ownerId: id, bytes: input.bytes });
  if (input.public) await publishAttachments(ctx, id, true);
  await record(ctx, 'organisation.paper-added', { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number, kind: input.kind }, as: as(mine) });
  return file.id;
}

export async function removeDocument(ctx: Ctx, input: { number: string; id: string }): Promise<void> {
  const { it, mine } = await holdToDescribe(ctx, input.number);
  if (!(await removeDocumentRow(ctx, it.id, input.id))) refuse({ because: 'not-found', what: 'document' });
  await removeAttachmentsOf(ctx, input.id);
  await record(ctx, 'organisation.paper-removed', { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number }, as: as(mine) });
}

export async function showDocument(ctx: Ctx, input: { number: string; id: string; public: boolean }): Promise<void> {
  const { it } = await holdToDescribe(ctx, input.number);
  if (!(await saveDocumentPublic(ctx, it.id, input.id, input.public))) refuse({ because: 'not-found', what: 'document' });
  await publishAttachments(ctx, input.id, input.public);
}

/** Hands it to the registry; what is still missing is named, each by its page. */
export async function submitOrganisation(ctx: Ctx, input: { number: string }): Promise<void> {
  const { it, mine } = await holdInside(ctx, input.number);
  allow(mayDescribe(mine), 'hand in this organisation');
  if (it.state === 'submitted') return;
  if (!maySend(it.state)) refuse({ because: 'wrong-state', is: it.state, wanted: 'draft' });
  const gaps = missing({ profile: it, contacts: await contactsOf(ctx, it.id), documents: await documentKinds(ctx, it.id), today: today(ctx) });
  if (gaps.length > 0) refuse({ because: 'invalid', fields: Object.fromEntries(gaps.toReversed().map((gap) => [gap.task, gap.what])) });
  await saveStanding(ctx, it.id, { state: 'submitted', submittedAt: ctx.now, reason: '', objection: '' });
  await record(ctx, 'organisation.submitted', { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number }, as: { role: 'member' } });
}

/** A verified one asks that its newer papers be looked at, before the old ones run out. */
export async function askRenewal(ctx: Ctx, input: { number: string }): Promise<void> {
  const { it, mine } = await holdInside(ctx, input.number);
  allow(mayDescribe(mine), 'ask for renewal');
  if (it.renewal) return;
  if (!mayAskRenewal(it)) refuse({ because: 'wrong-state', is: it.state, wanted: 'verified' });
  await saveStanding(ctx, it.id, { renewalAt: ctx.now });
  await record(ctx, 'organisation.renewal-asked', { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number }, as: { role: 'member' } });
}

/** Against a refusal or a suspension; heard by two people who did not decide it. That a suspended one has objected is public. */
export async function objectToDecision(ctx: Ctx, input: { number: string; text: string }): Promise<void> {
  const { it, mine } = await holdInside(ctx, input.number);
  allow(mayDescribe(mine), 'object');
  if (!mayObjectTo(it)) refuse({ because: 'wrong-state', is: it.state, wanted: 'suspended' });
  await saveStanding(ctx, it.id, { objection: input.text });
  await record(ctx, 'organisation.objected', { kind: 'organisation', id: it.id }, { public: isPublic(it.state), detail: { number: it.number }, as: { role: 'member' } });
}

