/** Accounts of staff: invited, given a new link, ended. */
import type { BodyId, PersonId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepPeople, mayKeepPerson } from '../access.ts';
import type { GrantedRole, StaffRole } from '../model.ts';
import { actorId, grantRole, recordRole, refuseLastAdministrator } from './roles.ts';
import { makeLink } from './sign-in-links.ts';
import { dropFactors, factorsOf, hasFactor } from './store/factors.ts';
import { forgetLinks } from './store/links.ts';
import { insertPerson, lockPerson, saveEnded, saveLanguage } from './store/persons.ts';
import { insertGrant, liveGrants, lockState, saveGrantEnded } from './store/roles.ts';
import { endSessions } from './store/sessions.ts';

export type Invitation = { name: string; role: GrantedRole; body: BodyId | null; language: Lang };
export type Invited = { person: PersonId; token: string; counts: boolean };

/** Makes an account with a role and a link to hand over; nothing is sent anywhere. */
export async function inviteStaff(ctx: Ctx, input: Invitation): Promise<Invited> {
  allow(mayKeepPeople(ctx.actor), 'invite staff');
  const person = await insertPerson(ctx, { displayName: input.name, language: input.language, verified: 'none', demonstration: false });
  const { counts } = await grantRole(ctx, { person, role: input.role, body: input.body });
  const token = await makeLink(ctx, person, actorId(ctx));
  await record(ctx, 'person.invited', { kind: 'person', id: person }, { public: false, detail: { role: input.role }, as: { role: 'administrator' } });
  return { person, token, counts };
}

/**
 * A new link for somebody whose link was lost or is over; with `reset`, also for somebody who lost the second factor.
 * Whoever has no second factor (any more) could be anybody who holds the link: when roles need two persons, theirs
 * wait for confirmation again, so that no single administrator can take over an account.
 */
export async function renewLink(ctx: Ctx, input: { person: PersonId; reset: boolean }): Promise<{ token: string; confirmAgain: number }> {
  allow(mayKeepPerson(ctx.actor, input.person), 'make a link');
  const { twoPersons } = await lockState(ctx);
  await lockPerson(ctx, input.person);
  const open = input.reset || !hasFactor(await factorsOf(ctx, input.person));
  if (input.reset) {
    await dropFactors(ctx, input.person);
    await endSessions(ctx, input.person, { all: true });
  }
  const confirmAgain = open && twoPersons ? await askAgain(ctx, input.person) : 0;
  const token = await makeLink(ctx, input.person, actorId(ctx));
  const kind = input.reset ? 'person.factor-reset' : 'person.link-renewed';
  await record(ctx, kind, { kind: 'person', id: input.person }, { public: false, detail: { confirmAgain }, as: { role: 'administrator' } });
  return { token, confirmAgain };
}

/** Held roles end and are granted anew, waiting for a second person. */
async function askAgain(ctx: Ctx, person: PersonId): Promise<number> {
  const held = (await liveGrants(ctx, person)).filter((grant) => grant.state === 'held');
  if (held.some((grant) => grant.role === 'administrator')) await refuseLastAdministrator(ctx);
  for (const grant of held) {
    await saveGrantEnded(ctx, grant.id, actorId(ctx));
    const id = await insertGrant(ctx, { person, role: grant.role, body: grant.body, grantedBy: actorId(ctx), counts: false });
    if (id) await recordRole(ctx, 'role.granted', id, { role: grant.role, counts: false });
  }
  return held.length;
}

/** Closes an account: roles, sittings, links, factors and contacts end. The acts stay, with the id that says nothing. */
export async function endAccount(ctx: Ctx, input: { person: PersonId }): Promise<void> {
  allow(mayKeepPerson(ctx.actor, input.person), 'end this account');
  await lockState(ctx);
  await lockPerson(ctx, input.person);
  const grants = await liveGrants(ctx, input.person);
  if (grants.some((grant) => grant.role === ('administrator' satisfies StaffRole) && grant.state === 'held')) await refuseLastAdministrator(ctx);
  for (const grant of grants) await saveGrantEnded(ctx, grant.id, actorId(ctx));
  await endSessions(ctx, input.person, { all: true });
  await dropFactors(ctx, input.person);
  await forgetLinks(ctx, input.person);
  await saveEnded(ctx, input.person);
  await record(ctx, 'person.ended', { kind: 'person', id: input.person }, { public: false, detail: { roles: grants.length }, as: { role: 'administrator' } });
}

/** In which language letters to oneself are written. */
export async function chooseLanguage(ctx: Ctx, input: { language: Lang }): Promise<void> {
  if (ctx.actor.kind !== 'person') return refuse({ because: 'not-allowed', to: 'choose a language' });
  await saveLanguage(ctx, ctx.actor.id, input.language);
}
