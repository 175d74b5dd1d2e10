import type { PersonId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { hasRole } from '#kernel/actor.ts';
import type { Names } from '#platform/i18n/words.ts';
import type { Ctx } from '../../../context.ts';
import { mayConfirmRole, mayKeepPeople, mayKeepPerson, mayRefuseRole } from '../../access.ts';
import type { GrantId, GrantState, StaffRole } from '../../model.ts';
import { toGrant } from '../store/roles.ts';

const MOST = 200;

export type StaffRoleView = { id: GrantId; role: StaffRole; bodyNames: Names | null; state: GrantState };
export type StaffView = { id: PersonId; name: string; /** has signed in with two factors */ proven: boolean; hasFactor: boolean; demonstration: boolean; mayKeep: boolean; roles: StaffRoleView[] };

const escaped = (text: string): string => text.replace(/[\\%_]/g, (it) => `\\${it}`);

/** Accounts that were invited or hold a role, by name. Residents are not in it, and contacts are never searched. */
export async function staffList(ctx: Ctx, input: { q: string }): Promise<StaffView[]> {
  allow(mayKeepPeople(ctx.actor), 'see accounts of staff');
  const q = input.q.trim().slice(0, 80);
  let query = ctx.db.selectFrom('persons').select(['id', 'displayName', 'twoFactorsAt', 'demonstration']).where('endedAt', 'is', null).where((eb) => eb.or([
    eb.exists(eb.selectFrom('personRoles').select('personRoles.id').whereRef('personRoles.personId', '=', 'persons.id')),
    eb.exists(eb.selectFrom('signInLinks').select('signInLinks.id').whereRef('signInLinks.personId', '=', 'persons.id')),
  ]));
  if (q) query = query.where('displayName', 'ilike', `%${escaped(q)}%`);
  const persons = await query.orderBy('displayName').orderBy('id').limit(MOST).execute();
  const ids = persons.map((it) => it.id);
  const roles = await rolesOfAll(ctx, ids);
  const factors = await withFactor(ctx, ids);
  return persons.map((it) => ({
    id: it.id as PersonId, name: it.displayName ?? '', proven: it.twoFactorsAt !== null, hasFactor: factors.has(it.id), demonstration: it.demonstration,
    mayKeep: mayKeepPerson(ctx.actor, it.id as PersonId), roles: roles.get(it.id) ?? [],
  }));
}

async function rolesOfAll(ctx: Ctx, ids: readonly string[]): Promise<Map<string, StaffRoleView[]>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('personRoles').leftJoin('bodies', 'bodies.id', 'personRoles.bodyId')
    .select(['personRoles.id', 'personId', 'role', 'bodyId', 'grantedBy', 'confirmedAt', 'endedAt', 'nameAr', 'nameEn', 'nameKu'])
    .where('personId', 'in', [...ids]).where('endedAt', 'is', null).orderBy('grantedAt').execute();
  const found = new Map<string, StaffRoleView[]>();
  for (const row of rows) {
    const list = found.get(row.personId) ?? [];
    found.set(row.personId, [...list, { ...toGrant(row), bodyNames: namesOf(row) }]);
  }
  return found;
}

type Named = { nameAr: string | null; nameEn: string | null; nameKu: string | null };
const namesOf = (row: Named): Names | null => (row.nameAr === null ? null : { ar: row.nameAr, en: row.nameEn ?? '', ku: row.nameKu ?? '' });

async function withFactor(ctx: Ctx, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const totp = await ctx.db.selectFrom('secondFactors').select('personId').where('personId', 'in', [...ids]).execute();
  const keys = await ctx.db.selectFrom('passkeys').select('personId').where('personId', 'in', [...ids]).execute();
  return new Set([...totp, ...keys].map((row) => row.personId));
}

export type WaitingRole = { id: GrantId; name: string; role: StaffRole; bodyNames: Names | null; grantedBy: string | null; grantedAt: Date; ready: boolean; mayConfirm: boolean; mayRefuse: boolean };

/** Roles that wait for a second person. `ready`: the person has a second factor, so the link is no longer anybody's. */
export async function waitingRoles(ctx: Ctx): Promise<WaitingRole[]> {
  allow(mayKeepPeople(ctx.actor), 'see waiting roles');
  const rows = await ctx.db.selectFrom('personRoles').innerJoin('persons', 'persons.id', 'personRoles.personId')
    .leftJoin('persons as givers', 'givers.id', 'personRoles.grantedBy').leftJoin('bodies', 'bodies.id', 'personRoles.bodyId')
    .select(['personRoles.id', 'personRoles.personId', 'role', 'bodyId', 'grantedBy', 'grantedAt', 'confirmedAt', 'personRoles.endedAt', 'persons.displayName', 'givers.displayName as giver', 'nameAr', 'nameEn', 'nameKu'])
    .where('confirmedAt', 'is', null).where('personRoles.endedAt', 'is', null).where('persons.endedAt', 'is', null).orderBy('grantedAt').limit(MOST).execute();
  const factors = await withFactor(ctx, rows.map((row) => row.personId));
  return rows.map((row) => {
    const grant = toGrant(row);
    return {
      id: grant.id, name: row.displayName ?? '', role: row.role, bodyNames: namesOf(row), grantedBy: row.giver, grantedAt: row.grantedAt,
      ready: factors.has(row.personId), mayConfirm: mayConfirmRole(ctx.actor, grant), mayRefuse: mayRefuseRole(ctx.actor, grant),
    };
  });
}

/** Display names for pages that only staff sees; whoever has no role is given none. */
export async function personNamesForStaff(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  allow(STAFF.some((role) => hasRole(ctx.actor, role)), 'see names of staff');
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('persons').select(['id', 'displayName']).where('id', 'in', [...new Set(ids)]).where('displayName', 'is not', null)
    .where((eb) => eb.exists(eb.selectFrom('personRoles').select('personRoles.id').whereRef('personRoles.personId', '=', 'persons.id'))).execute();
  return new Map(rows.map((row) => [row.id, row.displayName ?? '']));
}

const STAFF = ['officer', 'head', 'coordinator', 'clerk', 'registry', 'moderator', 'auditor', 'administrator'] as const;

/** The bodies in which a role may be held, by name, for the choice in a form. */
export async function bodyOptions(ctx: Ctx): Promise<{ id: string; names: Names }[]> {
  allow(mayKeepPeople(ctx.actor), 'choose a body');
  const rows = await ctx.db.selectFrom('bodies').select(['id', 'nameAr', 'nameEn', 'nameKu']).where('active', '=', true).orderBy('nameAr').limit(500).execute();
  return rows.map((row) => ({ id: row.id, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } }));
}

export type RolesState = { twoPersons: boolean; waiting: number };

/** Whether two persons are needed yet, and how many roles wait. */
export async function rolesState(ctx: Ctx): Promise<RolesState> {
  allow(mayKeepPeople(ctx.actor), 'see waiting roles');
  const state = await ctx.db.selectFrom('peopleState').select('twoPersonsSince').executeTakeFirstOrThrow();
  const row = await ctx.db.selectFrom('personRoles').select((eb) => eb.fn.countAll<bigint>().as('count')).where('confirmedAt', 'is', null).where('endedAt', 'is', null).executeTakeFirstOrThrow();
  return { twoPersons: state.twoPersonsSince !== null, waiting: Number(row.count) };
}

export type DemoLink = { token: string; name: string; roles: { role: StaffRole; bodyNames: Names | null }[] };

/** The entry links of a demonstration, one a person. Empty in every installation without demonstration content. */
export async function demoLinks(ctx: Ctx): Promise<DemoLink[]> {
  const rows = await ctx.db.selectFrom('signInLinks').innerJoin('persons', 'persons.id', 'signInLinks.personId').select(['persons.id', 'displayName', 'tokenSealed'])
    .where('demonstration', '=', true).where('reusable', '=', true).where('endedAt', 'is', null).where('expiresAt', '>', ctx.now).orderBy('persons.createdAt').orderBy('persons.id').limit(200).execute();
  const roles = await rolesOfAll(ctx, rows.map((row) => row.id));
  return rows.flatMap((row) => (row.tokenSealed ? [{
    token: ctx.secrets.unseal('demonstration link', row.tokenSealed), name: row.displayName ?? '',
    roles: (roles.get(row.id) ?? []).map(({ role, bodyNames }) => ({ role, bodyNames })),
  }] : []));
}
