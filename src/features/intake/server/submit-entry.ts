import { createHash } from 'node:crypto';
import { randomId, type EntryId, type PersonId } from '#kernel/ids.ts';
import type { ReferenceNumber } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import { localDate } from '#kernel/working-days.ts';
import { parsePhone } from '#platform/phone.ts';
import { nextReference, record } from '../../record/server/index.ts';
import { limit } from '../../people/server/index.ts';
import { workingCalendar } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import { makeKey } from '../follow-up-key.ts';
import { readPoint } from '../input.ts';
import type { Channel, EntryKind } from '../model.ts';
import { DOOR_LIMITS } from '../rules.ts';
import type { Receipt } from '../views.ts';
import { receiptOf } from './queries/receipt.ts';
import { firstDeadlines } from './store.ts';
import { holdOnce, insertEntry, insertPoint, insertSubmission, insertSubmitter, knownSectors, placeExists } from './submission-store.ts';

export type Submission = {
  /** the form's own key: the same form sent again gives the same answer and no second entry */
  once: string;
  kind: EntryKind;
  title: string;
  text: string;
  language: string;
  place: string;
  placeWords: string;
  point: string;
  /** the sender agrees to the point's being shown */
  showPoint?: boolean;
  sectors: readonly string[];
  served: string;
  servedCount: number | null;
  contact: string;
  name: string;
  named: boolean;
  channel: Channel;
};

/** What a desk has settled before the entry is written: a number and a key that stand on paper already, and the day on which it came. */
export type Settled = {
  id?: EntryId;
  number?: ReferenceNumber;
  /** the follow-up key, or its hash where only the paper holds it */
  key?: string | Buffer;
  receivedAt?: Date;
  /** the clerk, and the code of the body at whose desk they sit */
  clerk?: { id: PersonId; body: string };
  detail?: Record<string, string | number | boolean>;
};

/** Takes an entry at the door: it gets a number, two dates and a key, and stays unseen until triage. */
export async function submitEntry(ctx: Ctx, input: Submission): Promise<Receipt> {
  return receiveEntry(ctx, input, {});
}

/** The same with what is settled already. Its clock runs from the day on which it came. The calling feature has checked that the actor may. */
export async function receiveEntry(ctx: Ctx, input: Submission, settled: Settled): Promise<Receipt> {
  const earlier = await holdOnce(ctx, input.once);
  if (earlier) return repeated(ctx, input, earlier);
  if (input.channel === 'web') await limit(ctx, { ...DOOR_LIMITS.submissions, key: ctx.caller ?? 'none' });
  const contact = readContact(input.contact);
  await refuseUnknown(ctx, input);
  const id = settled.id ?? randomId<'entry'>();
  const number = settled.number ?? (await nextReference(ctx));
  const submittedAt = settled.receivedAt ?? ctx.now;
  const { clock, acknowledgeDue, answerDue } = firstDeadlines(ctx, await workingCalendar(ctx), localDate(submittedAt, ctx.profile.zone));
  const confidential = input.kind === 'complaint';
  await insertEntry(ctx, {
    id, number, kind: input.kind, state: 'received', confidential, publishedAt: null, title: input.title, text: input.text, language: input.language,
    place: input.place || null, placeWords: input.placeWords, served: input.served, servedCount: input.servedCount, sectors: [...input.sectors],
    channel: input.channel, named: input.named && input.name !== '', submittedAt, clockStarted: clock.started, acknowledgeDue, answerDue,
  });
  const key = typeof settled.key === 'string' ? settled.key : settled.key ? null : makeKey();
  const hash = settled.key instanceof Buffer ? settled.key : keyHash(ctx, id, key!);
  await insertSubmitter(ctx, {
    entryId: id, personId: senderAccount(ctx, input), name: input.name, contactKind: contact?.kind ?? null, contact: contact?.value ?? null,
    keyHash: hash, takenBy: settled.clerk?.id ?? (input.channel === 'desk' && ctx.actor.kind === 'person' ? ctx.actor.id : null),
  });
  const point = input.point ? readPoint(input.point) : null;
  if (point) await insertPoint(ctx, id, { ...point, shown: input.showPoint ?? false });
  await insertSubmission(ctx, { once: input.once, entryId: id, requestHash: fingerprint(input), keySealed: key ? ctx.secrets.seal('repeated submission', key) : Buffer.alloc(0) });
  await record(ctx, 'entry.received', { kind: 'entry', id }, {
    public: false, detail: { number, kind: input.kind, channel: input.channel, answerDue, ...settled.detail }, onBehalf: input.channel === 'desk' || settled.clerk !== undefined,
    ...(settled.clerk ? { as: { role: 'clerk', body: settled.clerk.body } } : {}),
  });
  return { id, number, key, kind: input.kind, confidential, answerDue, submittedAt };
}

/** A keyed hash bound to its entry: a key found elsewhere opens nothing. */
export function keyHash(ctx: Ctx, entryId: EntryId | string, key: string): Buffer {
  return ctx.secrets.keyedHash('follow-up key', `${entryId}:${key}`);
}

async function repeated(ctx: Ctx, input: Submission, earlier: { requestHash: Buffer }): Promise<Receipt> {
  if (!earlier.requestHash.equals(fingerprint(input))) refuse({ because: 'conflict', what: 'submission' });
  return (await receiptOf(ctx, input.once)) ?? refuse({ because: 'gone', what: 'submission' });
}

function fingerprint(input: Submission): Buffer {
  return createHash('sha256').update(JSON.stringify(Object.entries(input).sort())).digest();
}

/** A complaint is never tied to an account: whoever sends one may be the one at risk. */
function senderAccount(ctx: Ctx, input: Submission): string | null {
  return ctx.actor.kind === 'person' && input.channel === 'web' && input.kind !== 'complaint' ? ctx.actor.id : null;
}

async function refuseUnknown(ctx: Ctx, input: Submission): Promise<void> {
  if (input.place && !(await placeExists(ctx, input.place))) refuse({ because: 'invalid', fields: { place: 'unknown' } });
  if ((await knownSectors(ctx, input.sectors)) !== new Set(input.sectors).size) refuse({ because: 'invalid', fields: { sectors: 'invalid' } });
}

/** A phone number or a mail address, whichever it is; refused beside its field when it is neither. */
export function readContact(text: string): { kind: 'mail' | 'phone'; value: string } | null {
  if (text === '') return null;
  if (text.includes('@')) {
    const mail = text.trim().toLowerCase();
    return /^[^\s@<>"',;]{1,64}@[a-z0-9.-]{1,180}\.[a-z]{2,24}$/.test(mail) ? { kind: 'mail', value: mail } : refuse({ because: 'invalid', fields: { contact: 'not-a-contact' } });
  }
  const phone = parsePhone(text);
  return phone ? { kind: 'phone', value: phone.number } : refuse({ because: 'invalid', fields: { contact: 'not-a-contact' } });
}
