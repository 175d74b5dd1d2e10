/** People: who has an account, how they signed in, what they were asked to do. */
import type { Role } from '#kernel/actor.ts';
import type { BodyId, Id, PersonId, SessionId } from '#kernel/ids.ts';

export type ContactKind = 'mail' | 'phone';
export type Contact = { kind: ContactKind; value: string };

export type Verified = 'none' | 'contact' | 'desk';
/** How a sitting began. A demonstration's links exist in demonstration data only. */
export type Via = 'code' | 'link' | 'passkey' | 'demonstration';

/** As much of a device as its owner needs to recognise it, and no more. */
export const DEVICES = ['android', 'iphone', 'tablet', 'windows', 'mac', 'linux', 'other'] as const;
export type Device = (typeof DEVICES)[number];

export type StaffRole = Exclude<Role, 'resident'>;
/** Roles that an administrator hands out; `member` comes from an organisation. */
export const GRANTED_ROLES = ['officer', 'head', 'coordinator', 'clerk', 'registry', 'moderator', 'auditor', 'administrator'] as const satisfies readonly StaffRole[];
export type GrantedRole = (typeof GRANTED_ROLES)[number];
/** Roles that mean something only inside one body. */
const BODY_ROLES: readonly StaffRole[] = ['officer', 'head'];
export const needsBody = (role: StaffRole): boolean => BODY_ROLES.includes(role);

export type GrantId = Id<'grant'>;
export type GrantState = 'waiting' | 'held' | 'ended';
/** One role of one person, from its granting to its end. */
export type RoleGrant = { id: GrantId; person: PersonId; role: StaffRole; body: BodyId | null; grantedBy: PersonId | null; state: GrantState };

export type Sitting = { id: SessionId; person: PersonId; via: Via; assurance: 'one' | 'two'; locked: boolean };
