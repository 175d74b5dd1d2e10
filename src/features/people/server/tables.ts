import type { Generated } from 'kysely';
import type { Lang } from '#platform/i18n/languages.ts';
import type { ContactKind, Device, StaffRole, Verified, Via } from '../model.ts';

export type PeopleTables = {
  persons: {
    id: string; createdAt: Date; displayName: string | null; language: Lang; verified: Verified; demonstration: boolean; twoFactorsAt: Date | null; endedAt: Date | null;
  };
  personContacts: { id: string; personId: string; kind: ContactKind; value: string; valueHash: Buffer; verifiedAt: Date };
  personRoles: {
    id: string; personId: string; role: StaffRole; bodyId: string | null; grantedBy: string | null; grantedAt: Date;
    confirmedBy: string | null; confirmedAt: Date | null; endedBy: string | null; endedAt: Date | null;
  };
  peopleState: { single: Generated<boolean>; twoPersonsSince: Date | null };
  sessions: {
    id: string; tokenHash: Buffer; personId: string; assurance: 'one' | 'two'; via: Via; device: Device; createdAt: Date; seenAt: Date;
    locksAt: Date; expiresAt: Date; endedAt: Date | null;
  };
  signInCodes: {
    id: string; contactHash: Buffer; codeHash: Buffer; codeSealed: Buffer | null; contactSealed: Buffer; contactKind: ContactKind; language: Lang;
    issuedBy: string | null; papersSeen: boolean; attempts: number; createdAt: Date; expiresAt: Date; usedAt: Date | null; sentAt: Generated<Date | null>;
  };
  signInLinks: {
    id: string; tokenHash: Buffer; tokenSealed: Buffer | null; personId: string; createdBy: string | null; reusable: boolean; createdAt: Date; expiresAt: Date; usedAt: Date | null;
  };
  secondFactors: { personId: string; secretSealed: Buffer; confirmedAt: Date; lastStep: bigint };
  recoveryCodes: { personId: string; codeHash: Buffer; createdAt: Date; usedAt: Date | null };
  passkeys: { id: string; personId: string; credentialId: Buffer; publicKey: Buffer; counter: bigint; transports: string[]; name: string; createdAt: Date; usedAt: Date | null };
  passkeyChallenges: { challenge: string; expiresAt: Date };
  rateLimits: { bucket: string; keyHash: Buffer; windowStart: Date; count: number };
};
