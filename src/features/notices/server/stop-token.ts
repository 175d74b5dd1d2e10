/** The token behind «stop all letters»: it names a recipient and is signed, so that nothing has to be kept for it. */
import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '#platform/secrets.ts';

export type StopTarget = { person: string } | { contactHash: Buffer };

const MARK_BYTES = 16;
const KIND = { person: 1, contact: 2 } as const;

export function stopToken(secrets: Secrets, target: StopTarget): string {
  const body = 'person' in target
    ? Buffer.concat([Buffer.of(KIND.person), Buffer.from(target.person.replaceAll('-', ''), 'hex')])
    : Buffer.concat([Buffer.of(KIND.contact), target.contactHash]);
  return Buffer.concat([body, markOf(secrets, body)]).toString('base64url');
}

/** Whom a token stops; null when it was not made here. */
export function readStopToken(secrets: Secrets, token: string): StopTarget | null {
  const bytes = Buffer.from(token.slice(0, 200), 'base64url');
  const body = bytes.subarray(0, -MARK_BYTES);
  if (bytes.length <= MARK_BYTES || !timingSafeEqual(bytes.subarray(-MARK_BYTES), markOf(secrets, body))) return null;
  const hex = body.subarray(1).toString('hex');
  return body[0] === KIND.person ? { person: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') } : { contactHash: Buffer.from(body.subarray(1)) };
}

function markOf(secrets: Secrets, body: Buffer): Buffer {
  return secrets.keyedHash('stop letters', body.toString('hex')).subarray(0, MARK_BYTES);
}
