import { randomBytes } from 'node:crypto';
import { newId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepMembers, mayKeepRegistry, mayRegister } from '../access.ts';
import { INVITATION_DAYS, MEMBER_ROLES, MOST, type MemberRole, type OrganisationId } from '../model.ts';
import { withRoles } from '../rules.ts';
import { hasOwner, insertMember } from './describe-store.ts';
import { holdInside, type Held } from './describe.ts';
import { endInvitation, hashOf, insertInvitation, lockInvitation, lockMembers, openInvitations, saveMember } from './members-store.ts';

const me = (ctx: Ctx): string => (ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'be a member' }));

async function recordMembers(ctx: Ctx, { it, mine }: Held, kind: string, detail: Record<string, string | string[]> = {}): Promise<void> {
  await record(ctx, kind, { kind: 'organisation', id: it.id }, { public: false, detail: { number: it.number, ...detail }, as: { role: mine.length > 0 ? 'member' : 'registry' } });
}

export type Invitation = { number: string; name: string; roles: readonly MemberRole[] };

/** A link that works once within a week, for its owner to hand over. The registry invites the first owner of one that came in by a table. */
export async function inviteMember(ctx: Ctx, input: Invitation): Promise<{ token: string }> {
  const held = await holdInside(ctx, input.number);
  const first = mayKeepRegistry(ctx.actor) && !(await hasOwner(ctx, held.it.id));
  allow(mayKeepMembers(held.mine) || first, 'invite to this organisation');
  if ((await openInvitations(ctx, held.it.id)) >= MOST.invitations || (await lockMembers(ctx, held.it.id)).length >= MOST.members) refuse({ because: 'invalid', fields: { name: 'too-many' } });
  const token = randomBytes(24).toString('base64url');
  const roles: MemberRole[] = first ? ['owner'] : MEMBER_ROLES.filter((role) => input.roles.includes(role));
  await insertInvitation(ctx, { id: newId<'invitation'>(ctx.now.getTime()), organisationId: held.it.id, roles, name: input.name, tokenHash: hashOf(token), createdBy: me(ctx), expiresAt: new Date(ctx.now.getTime() + INVITATION_DAYS * 86_400_000) });
  await recordMembers(ctx, held, 'organisation.member-invited', { roles });
  return { token };
}

/** Takes a link back that nobody has used. */
export async function revokeInvitation(ctx: Ctx, input: { number: string; id: string }): Promise<void> {
  const held = await holdInside(ctx, input.number);
  allow(mayKeepMembers(held.mine) || (mayKeepRegistry(ctx.actor) && !(await hasOwner(ctx, held.it.id))), 'take an invitation back');
  if (!(await endInvitation(ctx, input.id, held.it.id))) refuse({ because: 'not-found', what: 'invitation' });
}

/** Uses a link: whoever is signed in becomes a member. What is used, taken back or over is gone. */
export async function joinOrganisation(ctx: Ctx, input: { token: string }): Promise<string> {
  allow(mayRegister(ctx.actor), 'join an organisation');
  const found = await lockInvitation(ctx, hashOf(input.token));
  if (!found) return refuse({ because: 'not-found', what: 'invitation' });
  if (found.endedAt || found.expiresAt <= ctx.now) return refuse({ because: 'gone', what: 'invitation' });
  const id = found.organisationId as OrganisationId;
  const known = (await lockMembers(ctx, id)).find((it) => it.person === me(ctx));
  const roles = MEMBER_ROLES.filter((role) => found.roles.includes(role) || known?.roles.includes(role));
  await insertMember(ctx, { organisation: id, person: me(ctx), roles, name: found.name });
  await endInvitation(ctx, found.id, id);
  await record(ctx, 'organisation.member-joined', { kind: 'organisation', id }, { public: false, detail: { number: found.number, roles }, as: { role: 'member' } });
  return found.number;
}

/** Other roles for a member, or none: then they are one no more. The last owner stays. */
export async function setMemberRoles(ctx: Ctx, input: { number: string; person: string; roles: readonly MemberRole[] }): Promise<void> {
  const held = await holdInside(ctx, input.number);
  allow(mayKeepMembers(held.mine), 'keep members');
  await change(ctx, held, input.person, input.roles);
}

/** Leaves by oneself; the last owner hands over first. */
export async function leaveOrganisation(ctx: Ctx, input: { number: string }): Promise<void> {
  const held = await holdInside(ctx, input.number);
  allow(held.mine.length > 0, 'leave');
  await change(ctx, held, me(ctx), []);
}

/** Another member becomes owner in one's place, at the same moment. */
export async function handOver(ctx: Ctx, input: { number: string; person: string }): Promise<void> {
  const held = await holdInside(ctx, input.number);
  const members = await lockMembers(ctx, held.it.id);
  // Pressed twice it is done once.
  if (held.mine.length > 0 && !held.mine.includes('owner') && members.some((it) => it.person === input.person && it.roles.includes('owner'))) return;
  allow(mayKeepMembers(held.mine), 'hand over');
  if (input.person === me(ctx)) refuse({ because: 'invalid', fields: { person: 'self' } });
  const next = members.find((it) => it.person === input.person) ?? refuse({ because: 'invalid', fields: { person: 'unknown' } });
  await saveMember(ctx, held.it.id, next.person, MEMBER_ROLES.filter((role) => role === 'owner' || next.roles.includes(role)));
  const rest = held.mine.filter((role) => role !== 'owner');
  await saveMember(ctx, held.it.id, me(ctx), rest.length > 0 ? rest : ['editor']);
  await recordMembers(ctx, held, 'organisation.handed-over');
}

async function change(ctx: Ctx, held: Held, person: string, roles: readonly MemberRole[]): Promise<void> {
  const members = await lockMembers(ctx, held.it.id);
  if (!members.some((it) => it.person === person)) refuse({ because: 'not-found', what: 'member' });
  const after = withRoles(members, person, roles).find((it) => it.person === person)?.roles ?? [];
  await saveMember(ctx, held.it.id, person, after);
  await recordMembers(ctx, held, after.length > 0 ? 'organisation.member-changed' : 'organisation.member-left', { roles: [...after] });
}
