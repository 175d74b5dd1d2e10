import { createHash } from 'node:crypto';
import { refuse } from '#kernel/refusal.ts';

/** A short name for what somebody has read, so that a save over somebody else's is noticed. */
export const fingerprint = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

/** Refuses to save over what the form was not filled in from. */
export function needSeen(seen: string, now: unknown, what: string): void {
  if (seen !== fingerprint(now)) refuse({ because: 'conflict', what });
}
