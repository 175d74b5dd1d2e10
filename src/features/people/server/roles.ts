import type { BodyId, PersonId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayConfirmRole, mayKeepPerson, mayRefuseRole } from '../access.ts';
import type { GrantedRole, GrantId, RoleGrant } from '../model.ts';
import { countsAtOnce, isWaiting } from '../rules.ts';
import { beginTwoPersons } from './two-persons.ts';
import { factorsOf, hasFactor } from './store/factors.ts';
import { lockPerson } from './store/persons.ts';
import { bodyCode, countAdministrators, insertGrant, lockGrant, lockState, saveConfirmed, saveGrantEnded } from './store/roles.ts';

export const actorId = (ctx: Ctx): PersonId => (ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'act without an account' }));

/** The body's code for acts; refused beside its field when there is no such body. */
export async function codeOfBody(ctx: Ctx, body: BodyId | null): Promise<string | null> {
  return body === null ? null : ((await bodyCode(ctx, body)) ?? refuse({ because: 'invalid', fields: { body: 'unknown' } }));
}

type Granting = { person: PersonId; role: GrantedRole; body: BodyId | null };

/** Gives a role. It counts at once while there is one administrator; later when a second one confirms it. */
export async function grantRole(ctx: Ctx, input: Granting): Promise<{ counts: boolean }> {
  allow(mayKeepPerson(ctx.actor, input.person), 'grant a role');
  const counts = countsAtOnce((await lockState(ctx)).twoPersons);
  await lockPerson(ctx, input.person);
  const body = await codeOfBody(ctx, input.body);
  const id = await insertGrant(ctx, { ...input, grantedBy: actorId(ctx), counts });
  if (!id) return refuse({ because: 'conflict', what: 'role' });
  await recordRole(ctx, 'role.granted', id, { role: input.role, body, counts });
  if (counts) await beginTwoPersons(ctx);
  return { counts };
}

/**
 * The second person's yes. The person must have set a second factor before: until then whoever made the link could
 * still use it in their place.
 */
export async function confirmRole(ctx: Ctx, input: { grant: GrantId }): Promise<void> {
  const grant = await lockGrant(ctx, input.grant);
  allow(mayConfirmRole(ctx.actor, grant), 'confirm this role');
  refuseUnlessWaiting(grant);
  await lockPerson(ctx, grant.person);
  if (!hasFactor(await factorsOf(ctx, grant.person))) refuse({ because: 'wrong-state', is: 'no-factor', wanted: 'factor' });
  await saveConfirmed(ctx, grant.id, actorId(ctx));
  await recordRole(ctx, 'role.confirmed', grant.id, { role: grant.role });
  await beginTwoPersons(ctx);
}

/** The second person's no, or the first one's change of mind. */
export async function refuseRole(ctx: Ctx, input: { grant: GrantId }): Promise<void> {
  const grant = await lockGrant(ctx, input.grant);
  allow(mayRefuseRole(ctx.actor, grant), 'refuse this role');
  refuseUnlessWaiting(grant);
  await saveGrantEnded(ctx, grant.id, actorId(ctx));
  await recordRole(ctx, 'role.refused', grant.id, { role: grant.role });
}

/** Takes a role away, which one administrator may do alone: it makes nobody more powerful. Never the last administrator's. */
export async function endRole(ctx: Ctx, input: { grant: GrantId }): Promise<void> {
  await lockState(ctx);
  const grant = await lockGrant(ctx, input.grant);
  allow(mayKeepPerson(ctx.actor, grant.person), 'end this role');
  if (grant.state !== 'held') refuse({ because: 'wrong-state', is: grant.state, wanted: 'held' });
  if (grant.role === 'administrator') await refuseLastAdministrator(ctx);
  await saveGrantEnded(ctx, grant.id, actorId(ctx));
  await recordRole(ctx, 'role.ended', grant.id, { role: grant.role });
}

/** Called while the state is locked, so that two administrators cannot end each other at the same moment. */
export async function refuseLastAdministrator(ctx: Ctx): Promise<void> {
  if ((await countAdministrators(ctx, false)) < 2) refuse({ because: 'wrong-state', is: 'last-administrator', wanted: 'another administrator' });
}

function refuseUnlessWaiting(grant: RoleGrant): void {
  if (!isWaiting(grant)) refuse({ because: 'wrong-state', is: grant.state, wanted: 'waiting' });
}

export async function recordRole(ctx: Ctx, kind: string, id: GrantId, detail: Record<string, string | boolean | null>): Promise<void> {
  await record(ctx, kind, { kind: 'role', id }, { public: false, detail, as: { role: ctx.actor.kind === 'system' ? 'system' : 'administrator' } });
}
