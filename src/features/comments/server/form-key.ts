/**
 * The key that a form of comments carries: when it was given, a random part, a mark. Nothing is stored for it. Under attack it is
 * what the proof of work is made for: a number after which SHA-256 of key and number begins with so many zero bits.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '#platform/secrets.ts';

const TIME_BYTES = 6;
const RANDOM_BYTES = 12;
const MARK_BYTES = 12;
const LONGEST_MS = 24 * 3_600_000;

export type FormKeyRead = { id: string; ageSeconds: number };

export function makeFormKey(secrets: Secrets, now: Date): string {
  const body = Buffer.alloc(TIME_BYTES + RANDOM_BYTES);
  body.writeUIntBE(now.getTime(), 0, TIME_BYTES);
  randomBytes(RANDOM_BYTES).copy(body, TIME_BYTES);
  return Buffer.concat([body, markOf(secrets, body)]).toString('base64url');
}

/** Null when it was not made here, or a day ago. */
export function readFormKey(secrets: Secrets, token: string, now: Date): FormKeyRead | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== TIME_BYTES + RANDOM_BYTES + MARK_BYTES) return null;
  const body = bytes.subarray(0, -MARK_BYTES);
  if (!timingSafeEqual(bytes.subarray(-MARK_BYTES), markOf(secrets, body))) return null;
  const age = now.getTime() - body.readUIntBE(0, TIME_BYTES);
  return age > LONGEST_MS || age < -LONGEST_MS ? null : { id: bytes.toString('base64url'), ageSeconds: Math.floor(age / 1000) };
}

const markOf = (secrets: Secrets, body: Buffer): Buffer => secrets.keyedHash('form of comments', body.toString('hex')).subarray(0, MARK_BYTES);

/** Whether somebody's device worked for it. */
export function isProof(token: string, proof: string, bits: number): boolean {
  if (!/^\d{1,16}$/.test(proof)) return false;
  const hash = createHash('sha256').update(`${token}:${proof}`).digest();
  return hash.readUInt32BE(0) >>> (32 - bits) === 0;
}

/** What an author without an account keeps: it opens their own comment, and no other. */
export const ownKey = (secrets: Secrets, commentId: string): string => secrets.keyedHash('own comment', commentId).subarray(0, 15).toString('base64url');

export function isOwnKey(secrets: Secrets, commentId: string, key: string): boolean {
  const right = Buffer.from(ownKey(secrets, commentId));
  const given = Buffer.from(key);
  return right.length === given.length && timingSafeEqual(right, given);
}
