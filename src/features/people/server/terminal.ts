/** What the terminal may do: whoever holds the machine holds the installation, so its grants stand alone. */
import type { Grant } from '#kernel/actor.ts';
import type { BodyId, PersonId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { needsBody, type GrantedRole, type StaffRole } from '../model.ts';
import { recordRole } from './roles.ts';
import { makeDemoLink, makeLink } from './sign-in-links.ts';
import { anyPerson, insertPerson, insertPersons } from './store/persons.ts';
import { bodyOfCode, firstAdministrator, insertGrant, lockState } from './store/roles.ts';

export type TerminalInvitation = { role: GrantedRole; name: string; body: string | null };

/** Makes an account whose role counts at once, and a link for it; returns the link's token. */
export async function inviteFromTerminal(ctx: Ctx, input: TerminalInvitation): Promise<string> {
  allow(ctx.actor.kind === 'system', 'invite from the terminal');
  const person = await insertPerson(ctx, { displayName: input.name, language: 'ar', verified: 'none', demonstration: false });
  await giveRole(ctx, person, input.role, input.body);
  await record(ctx, 'person.invited', { kind: 'person', id: person }, { public: false, detail: { role: input.role }, as: { role: 'system' } });
  return makeLink(ctx, person, null);
}

/**
 * The way in for the first administrator, or null when one has signed in already. Asked for at every start, so an
 * invited person who never came gets a new link instead of a second account.
 */
export async function firstAdministratorLink(ctx: Ctx, input: { name: string }): Promise<string | null> {
  allow(ctx.actor.kind === 'system', 'invite the first administrator');
  const known = await firstAdministrator(ctx);
  if (known?.twoFactorsAt) return null;
  return known ? makeLink(ctx, known.id, null) : inviteFromTerminal(ctx, { role: 'administrator', name: input.name, body: null });
}

export type DemoPerson = { name: string; language: Lang; roles: { role: StaffRole; body: string | null }[] };

/** An invented person of a demonstration with roles that count, and a link that may be shown on a page. */
export async function addDemoPerson(ctx: Ctx, input: DemoPerson): Promise<{ person: PersonId; roles: Grant[]; token: string }> {
  allow(ctx.actor.kind === 'system', 'add a demonstration person');
  const person = await insertPerson(ctx, { displayName: input.name, language: input.language, verified: 'desk', demonstration: true });
  const roles: Grant[] = [];
  for (const it of input.roles) roles.push({ role: it.role, body: await giveRole(ctx, person, it.role, it.body) });
  return { person, roles, token: await makeDemoLink(ctx, person) };
}

/** Invented residents without a name, a role or a way in: those who support, and who say whether it was done. */
export async function addDemoCrowd(ctx: Ctx, input: { count: number }): Promise<PersonId[]> {
  allow(ctx.actor.kind === 'system', 'add demonstration persons');
  return insertPersons(ctx, input.count, { displayName: null, language: 'ar', verified: 'contact', demonstration: true });
}

export type Inhabitants = 'nobody' | 'demonstration' | 'people';

/** Who lives here: nobody yet, invented persons, or people who have signed in. An invitation that nobody followed is nobody. */
export async function inhabitants(ctx: Ctx): Promise<Inhabitants> {
  allow(ctx.actor.kind === 'system', 'ask who lives here');
  return (await anyPerson(ctx, 'demonstration')) ? 'demonstration' : (await anyPerson(ctx, 'signed-in')) ? 'people' : 'nobody';
}

/** The same, and nobody else may decide by it until this transaction ends. */
export async function holdInhabitants(ctx: Ctx): Promise<Inhabitants> {
  await lockState(ctx);
  return inhabitants(ctx);
}

async function giveRole(ctx: Ctx, person: PersonId, role: StaffRole, code: string | null): Promise<BodyId | null> {
  if (needsBody(role) !== (code !== null)) refuse({ because: 'invalid', fields: { body: code ? 'not-for-role' : 'required' } });
  const body = code === null ? null : ((await bodyOfCode(ctx, code)) ?? refuse({ because: 'invalid', fields: { body: 'unknown' } }));
  const id = await insertGrant(ctx, { person, role, body, grantedBy: null, counts: true });
  if (id) await recordRole(ctx, 'role.granted', id, { role, body: code, counts: true });
  return body;
}
