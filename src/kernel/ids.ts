// Every thing that lives in the database has an id of its own type, so that an entry is never asked for by a body's id.
import * as v from 'valibot';

/** A string that names one thing of kind `K`. Nothing but the type tells kinds apart. */
export type Id<K extends string> = string & { readonly __id: K };

export type EntryId = Id<'entry'>;
export type CommitmentId = Id<'commitment'>;
export type AnswerId = Id<'answer'>;
export type BodyId = Id<'body'>;
export type PersonId = Id<'person'>;
export type AttachmentId = Id<'attachment'>;
export type ActId = Id<'act'>;
export type SessionId = Id<'session'>;
export type DraftId = Id<'draft'>;

/** A P-code of a place, as `SY020000`: given by its publisher, never by `newId`. */
export type PlaceCode = Id<'place-code'>;
/** A code of a sector or sub-sector of the profile, as `EDU` or `EDU-01`: never made by `newId`. */
export type SectorCode = Id<'sector-code'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const LAST_MILLISECOND = 2 ** 48 - 1;

/**
 * A new id: UUID version 7 (RFC 9562, 5.7) in lower case. Ids of a later millisecond sort after earlier ones, which
 * keeps database indexes dense; within one millisecond their order is random.
 * @param at milliseconds since 1970, at most 2^48 - 1; now when left out. Throws RangeError outside that range.
 */
export function newId<K extends string>(at: number = Date.now()): Id<K> {
  if (!Number.isInteger(at) || at < 0 || at > LAST_MILLISECOND) throw new RangeError(`not a time for an id: ${at}`);
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(at / 2 ** 32));
  view.setUint32(2, at % 2 ** 32);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  return dashed(bytes) as Id<K>;
}

/**
 * A new id that tells nothing of when: UUID version 4 (RFC 9562, 5.4) in lower case. For what a resident makes and the
 * public sees: the millisecond inside a `newId` would give away a moment that the page and the record round to a day.
 */
export function randomId<K extends string>(): Id<K> {
  return globalThis.crypto.randomUUID() as Id<K>;
}

function dashed(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** An id as text from outside, in lower case, or null; anything that PostgreSQL's uuid type would refuse is null. */
export function parseId<K extends string>(text: string): Id<K> | null {
  const lower = text.toLowerCase();
  return UUID.test(lower) ? (lower as Id<K>) : null;
}

/** Valibot schema of an id that comes from outside; its issue message is the code `not-an-id`. */
export function idSchema<K extends string>() {
  return v.pipe(
    v.string('not-an-id'),
    v.toLowerCase(),
    v.regex(UUID, 'not-an-id'),
    v.transform((text) => text as Id<K>),
  );
}
