/**
 * The canonical leaf of a public act: closed schema, RFC 8785 JSON, at most 2 KiB, nothing personal and no free text.
 * Source: shared record format (leaf, salted commitment, truncated time).
 */
import canonicalize from 'canonicalize';
import * as v from 'valibot';
import { fromUtf8, leafHash, utf8 } from '#engines/merkle-log/index.ts';
import { isResidents, publicMoment, SUBJECT_KINDS, type Content, type Detail, type Subject } from './model.ts';

export type LeafInput = {
  id: string;
  kind: string;
  subject: Subject;
  role: string;
  body: string | null;
  onBehalf: boolean;
  at: Date;
  detail: Detail;
  /** hexadecimal hash of the subject's previous leaf */
  previous: string | null;
  /** hexadecimal commitment to the content */
  content: string | null;
};

export function makeLeaf(act: LeafInput): string {
  const leaf = {
    v: 1,
    act: act.kind,
    id: act.id,
    object: { kind: act.subject.kind, id: act.subject.id },
    by: { role: act.role, ...(act.body ? { body: act.body } : {}), ...(act.onBehalf ? { onBehalf: true } : {}) },
    at: truncated(act.at, act.role),
    detail: act.detail,
    ...(act.content ? { content: act.content } : {}),
    ...(act.previous ? { prev: act.previous } : {}),
  };
  const text = canonicalize(leaf);
  if (text === undefined) throw new Error(`no canonical form for ${act.kind}`);
  return text;
}

/** RFC 6962: a leaf is hashed behind a zero byte, so that it can never be taken for a node. */
export const leafHashOf = (leaf: string): Uint8Array => leafHash(utf8(leaf));

const Uuid = v.pipe(v.string(), v.uuid());
const Digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const Code = v.pipe(v.string(), v.regex(/^[\w.-]{1,80}$/));
const LeafSchema = v.strictObject({
  v: v.literal(1),
  act: v.pipe(v.string(), v.regex(/^[a-z-]+\.[a-z-]+$/)),
  id: Uuid,
  object: v.strictObject({ kind: v.picklist(SUBJECT_KINDS), id: Uuid }),
  by: v.strictObject({ role: Code, body: v.optional(Code), onBehalf: v.optional(v.literal(true)) }),
  at: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\dZ)?$/)),
  detail: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null(), v.array(v.string())])),
  content: v.optional(Digest),
  prev: v.optional(Digest),
});

/** The way back; null when the text is not a leaf, or not the one way to write it. */
export function readLeaf(text: string): (LeafInput & { leaf: string }) | null {
  const parsed = v.safeParse(LeafSchema, jsonOf(text));
  if (!parsed.success || canonicalize(parsed.output) !== text) return null;
  const { act, id, object, by, at, detail, content, prev } = parsed.output;
  return {
    id, kind: act, subject: object, role: by.role, body: by.body ?? null, onBehalf: by.onBehalf ?? false, at: new Date(at), detail,
    previous: prev ?? null, content: content ?? null, leaf: text,
  };
}

/** The keys that an entry names which tells that the record's key changes; null for every other entry. */
export function announcedKey(entry: Uint8Array): { from: string; to: string } | null {
  const act = readLeaf(fromUtf8(entry) ?? '');
  const { from, to } = act?.detail ?? {};
  return act?.kind === 'key.rotated' && typeof from === 'string' && typeof to === 'string' ? { from, to } : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What the salted commitment covers: salt bytes, then the canonical content. */
export function contentBytes(salt: Uint8Array, content: Content): Uint8Array {
  const text = new TextEncoder().encode(canonicalize(content) ?? '');
  const bytes = new Uint8Array(salt.length + text.length);
  bytes.set(salt);
  bytes.set(text, salt.length);
  return bytes;
}

function truncated(at: Date, role: string): string {
  const iso = publicMoment(at, role).toISOString();
  return isResidents(role) ? iso.slice(0, 10) : `${iso.slice(0, 16)}Z`;
}
