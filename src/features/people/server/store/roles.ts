import type { Selectable } from 'kysely';
import { newId, type BodyId, type PersonId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../../context.ts';
import type { GrantId, RoleGrant, StaffRole } from '../../model.ts';
import type { PeopleTables } from '../tables.ts';

type Row = Pick<Selectable<PeopleTables['personRoles']>, 'id' | 'personId' | 'role' | 'bodyId' | 'grantedBy' | 'confirmedAt' | 'endedAt'>;
const COLUMNS = ['id', 'personId', 'role', 'bodyId', 'grantedBy', 'confirmedAt', 'endedAt'] as const;

export function toGrant(row: Row): RoleGrant {
  return {
    id: row.id as GrantId, person: row.personId as PersonId, role: row.role, body: row.bodyId as BodyId | null, grantedBy: row.grantedBy as PersonId | null,
    state: row.endedAt ? 'ended' : row.confirmedAt ? 'held' : 'waiting',
  };
}

export async function lockGrant(ctx: Ctx, id: GrantId): Promise<RoleGrant> {
  const row = await ctx.db.selectFrom('personRoles').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst();
  return row ? toGrant(row) : refuse({ because: 'not-found', what: 'role' });
}

export async function liveGrants(ctx: Ctx, person: PersonId): Promise<RoleGrant[]> {
  const rows = await ctx.db.selectFrom('personRoles').select(COLUMNS).where('personId', '=', person).where('endedAt', 'is', null).orderBy('grantedAt').execute();
  return rows.map(toGrant);
}

export type NewGrant = { person: PersonId; role: StaffRole; body: BodyId | null; grantedBy: PersonId | null; counts: boolean };

/** Null when the person holds it, or waits for it, already. */
export async function insertGrant(ctx: Ctx, it: NewGrant): Promise<GrantId | null> {
  const row = await ctx.db.insertInto('personRoles').values({
    id: newId<'grant'>(ctx.now.getTime()), personId: it.person, role: it.role, bodyId: it.body, grantedBy: it.grantedBy, grantedAt: ctx.now,
    confirmedBy: null, confirmedAt: it.counts ? ctx.now : null, endedBy: null, endedAt: null,
  }).onConflict((on) => on.doNothing()).returning('id').executeTakeFirst();
  return (row?.id ?? null) as GrantId | null;
}

export async function saveConfirmed(ctx: Ctx, id: GrantId, by: PersonId): Promise<void> {
  await ctx.db.updateTable('personRoles').set({ confirmedBy: by, confirmedAt: ctx.now }).where('id', '=', id).execute();
}

export async function saveGrantEnded(ctx: Ctx, id: GrantId, by: PersonId | null): Promise<void> {
  await ctx.db.updateTable('personRoles').set({ endedBy: by, endedAt: ctx.now }).where('id', '=', id).execute();
}

export async function bodyCode(ctx: Ctx, id: BodyId): Promise<string | null> {
  return (await ctx.db.selectFrom('bodies').select('code').where('id', '=', id).where('active', '=', true).executeTakeFirst())?.code ?? null;
}

export async function bodyOfCode(ctx: Ctx, code: string): Promise<BodyId | null> {
  return ((await ctx.db.selectFrom('bodies').select('id').where('code', '=', code).where('active', '=', true).executeTakeFirst())?.id ?? null) as BodyId | null;
}

/** One decision about administrators at a time: whether two persons are needed, whether this is the last one. */
export async function lockState(ctx: Ctx): Promise<{ twoPersons: boolean }> {
  const row = await ctx.db.selectFrom('peopleState').select('twoPersonsSince').forUpdate().executeTakeFirstOrThrow();
  return { twoPersons: row.twoPersonsSince !== null };
}

export async function saveTwoPersons(ctx: Ctx): Promise<void> {
  await ctx.db.updateTable('peopleState').set({ twoPersonsSince: ctx.now }).execute();
}

/** Administrators whose role counts; `proven`: only those who have signed in with two factors. */
export async function countAdministrators(ctx: Ctx, proven: boolean): Promise<number> {
  let query = ctx.db.selectFrom('personRoles').innerJoin('persons', 'persons.id', 'personRoles.personId').select((eb) => eb.fn.count<bigint>('personId').distinct().as('count'))
    .where('role', '=', 'administrator').where('confirmedAt', 'is not', null).where('personRoles.endedAt', 'is', null).where('persons.endedAt', 'is', null);
  if (proven) query = query.where('twoFactorsAt', 'is not', null);
  return Number((await query.executeTakeFirstOrThrow()).count);
}

/** An administrator of this installation (not of a demonstration), the one who signed in first. */
export async function firstAdministrator(ctx: Ctx): Promise<{ id: PersonId; twoFactorsAt: Date | null } | null> {
  const row = await ctx.db.selectFrom('personRoles').innerJoin('persons', 'persons.id', 'personRoles.personId').select(['persons.id', 'twoFactorsAt'])
    .where('role', '=', 'administrator').where('confirmedAt', 'is not', null).where('personRoles.endedAt', 'is', null).where('persons.endedAt', 'is', null).where('demonstration', '=', false)
    .orderBy('twoFactorsAt', (it) => it.asc().nullsLast()).orderBy('persons.createdAt').limit(1).executeTakeFirst();
  return row ? { ...row, id: row.id as PersonId } : null;
}

/** Whether this person was ever of staff. */
export async function everGranted(ctx: Ctx, person: PersonId): Promise<boolean> {
  return (await ctx.db.selectFrom('personRoles').select('id').where('personId', '=', person).limit(1).executeTakeFirst()) !== undefined;
}
