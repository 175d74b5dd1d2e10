import { sql } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import type { PersonId } from '#kernel/ids.ts';
import { addDays, type PlainDate } from '#kernel/working-days.ts';
import type { Ctx } from '../../context.ts';
import { mayDescribe, mayKeepMembers, mayKeepRegistry, maySeeInside, maySpeakFor } from '../access.ts';
import type { Names } from '../../places/model.ts';
import { TASKS, type MemberRole } from '../model.ts';
import { endOf, mayChange, missing, REMIND_DAYS, reminderDay, standingOf } from '../rules.ts';
import type { ActivityView, InsideOrganisation, InvitationView, MemberView, MyOrganisation } from '../views.ts';
import { contactsOf, hasOwner } from './describe-store.ts';
import { namer } from './list-queries.ts';
import { hashOf } from './members-store.ts';
import { membershipOf } from './membership-queries.ts';
import { activitiesOf, documentsOf, readNumber } from './show-queries.ts';
import { COLUMNS, findOrganisation, today, toOrganisation } from './store.ts';

/** One organisation from inside: for its members, the registry and the governor's office. To everybody else it is not there. */
export async function insideOrganisation(ctx: Ctx, typed: string): Promise<InsideOrganisation> {
  const it = toOrganisation(await findOrganisation(ctx, readNumber(ctx, typed)));
  const mine = await membershipOf(ctx, it.id);
  if (!maySeeInside(ctx.actor, mine)) return refuse({ because: 'not-found', what: 'organisation' });
  const name = await namer(ctx, it.places);
  const [contacts, documents] = [await contactsOf(ctx, it.id), await documentsOf(ctx, it.id, false)];
  const gaps = missing({ profile: it, contacts, documents, today: today(ctx) });
  const keeps = mayDescribe(mine) || (mayKeepRegistry(ctx.actor) && !(await hasOwner(ctx, it.id)));
  return {
    ...it, standing: standingOf(it, today(ctx)), sectorNames: name.sectors(it.sectors), placeNames: name.places(it.places), contacts, documents, mine, missing: gaps,
    tasksDone: TASKS.filter((task) => !gaps.some((gap) => gap.task === task) && (task !== 'skills' || it.expertise.length > 0)), ends: endOf(it),
    may: { describe: keeps && mayChange(it.state), keepMembers: mayKeepMembers(mine), speak: maySpeakFor(mine) },
  };
}

/** Those in which the reader has a role. */
export async function myOrganisations(ctx: Ctx): Promise<MyOrganisation[]> {
  if (ctx.actor.kind !== 'person') return refuse({ because: 'not-allowed', to: 'see organisations of one’s own' });
  const rows = await ctx.db.selectFrom('organisationMembers as m').innerJoin('organisations as o', 'o.id', 'm.organisationId').select(COLUMNS.map((it) => `o.${it}` as const)).select('m.roles')
    .select((eb) => eb.selectFrom('organisationParts as p').select((it) => it.fn.countAll<bigint>().as('n')).whereRef('p.organisationId', '=', 'o.id').where('p.agreedAt', 'is', null).as('waiting'))
    .where('m.personId', '=', ctx.actor.id).where('m.endedAt', 'is', null).orderBy('o.changedAt', 'desc').limit(50).execute();
  return rows.map((row) => {
    const it = toOrganisation(row);
    return { number: it.number, names: it.names, state: it.state, standing: standingOf(it, today(ctx)), roles: row.roles, ends: endOf(it), waiting: Number(row.waiting ?? 0n) };
  });
}

/** Its members by name, with links that wait to be used. */
export async function membersOf(ctx: Ctx, typed: string): Promise<{ members: MemberView[]; invitations: InvitationView[] }> {
  const it = await findOrganisation(ctx, readNumber(ctx, typed));
  const mine = await membershipOf(ctx, it.id);
  if (!maySeeInside(ctx.actor, mine)) return refuse({ because: 'not-found', what: 'organisation' });
  const rows = await ctx.db.selectFrom('organisationMembers').select(['personId', 'name', 'roles', 'since']).where('organisationId', '=', it.id).where('endedAt', 'is', null).orderBy('since').execute();
  const invitations = await ctx.db.selectFrom('organisationInvitations').select(['id', 'name', 'roles', 'expiresAt']).where('organisationId', '=', it.id).where('endedAt', 'is', null).where('expiresAt', '>', ctx.now).orderBy('createdAt').execute();
  const me = ctx.actor.kind === 'person' ? ctx.actor.id : null;
  return { members: rows.map(({ personId, ...row }) => ({ ...row, person: personId, self: personId === me })), invitations };
}

/** What the page before joining says; reading uses nothing up. */
export async function invitationToJoin(ctx: Ctx, token: string): Promise<{ name: string; names: Names; roles: readonly MemberRole[] } | null> {
  const row = await ctx.db.selectFrom('organisationInvitations as i').innerJoin('organisations as o', 'o.id', 'i.organisationId').select(['i.name', 'i.roles', 'i.expiresAt', 'i.endedAt', 'o.nameAr', 'o.nameEn', 'o.nameKu'])
    .where('i.tokenHash', '=', hashOf(token)).executeTakeFirst();
  return row && !row.endedAt && row.expiresAt > ctx.now ? { name: row.name, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu }, roles: row.roles } : null;
}

/** All that it does where, with exact places and numbers: for its inside. */
export async function activitiesInside(ctx: Ctx, typed: string): Promise<ActivityView[]> {
  const it = await findOrganisation(ctx, readNumber(ctx, typed));
  return maySeeInside(ctx.actor, await membershipOf(ctx, it.id)) ? activitiesOf(ctx, it.id, true) : refuse({ because: 'not-found', what: 'organisation' });
}

/** Whom news of an organisation concern: those who answer for it and write for it. For notices alone. */
export async function membersConcerned(ctx: Ctx, id: string): Promise<PersonId[]> {
  const rows = await ctx.db.selectFrom('organisationMembers').select(['personId', 'roles']).where('organisationId', '=', id).where('endedAt', 'is', null).execute();
  return rows.filter((row) => row.roles.includes('owner') || row.roles.includes('editor')).map((row) => row.personId as PersonId);
}

/** Those who may say yes in its name: they answer or sign for it. For notices alone. */
export async function speakersConcerned(ctx: Ctx, id: string): Promise<PersonId[]> {
  const rows = await ctx.db.selectFrom('organisationMembers').select(['personId', 'roles']).where('organisationId', '=', id).where('endedAt', 'is', null).execute();
  return rows.filter((row) => maySpeakFor(row.roles)).map((row) => row.personId as PersonId);
}

/** Whether a proposal on it still waits for its second person, and who can never be that. For notices alone. */
export async function waitsForSecond(ctx: Ctx, id: string): Promise<{ waits: boolean; barred: string[] }> {
  const open = await ctx.db.selectFrom('organisationDecisions').select('id').where('organisationId', '=', id).where('outcome', '=', 'open').executeTakeFirst();
  const members = await ctx.db.selectFrom('organisationMembers').select('personId').where('organisationId', '=', id).execute();
  return { waits: open !== undefined, barred: members.map((row) => row.personId) };
}

const MOST_ENDING = 2_000;

/** Public organisations whose members are to be reminded now that a licence or a verification ends, with the day on which that was due; late by so many days at most. For notices alone. */
export async function organisationsEnding(ctx: Ctx, { lateDays }: { lateDays: number }): Promise<{ id: string; number: string; ends: PlainDate; due: PlainDate }[]> {
  const [from, until] = [addDays(today(ctx), -lateDays), addDays(today(ctx), Math.max(...REMIND_DAYS))];
  const rows = await ctx.db.selectFrom('organisations').select(COLUMNS).where('state', 'in', ['listed', 'verified', 'suspended'])
    .where(sql<boolean>`least(licence_until, verified_until) between ${from}::date and ${until}::date`).orderBy(sql`least(licence_until, verified_until)`).orderBy('id').limit(MOST_ENDING).execute();
  return rows.flatMap((row) => {
    const ends = endOf(toOrganisation(row));
    const due = ends && reminderDay(ends, today(ctx));
    return due && due >= from ? [{ id: row.id, number: row.number, ends, due }] : [];
  });
}

/** The number of an organisation, for a letter about it. */
export async function organisationNumber(ctx: Ctx, id: string): Promise<string | null> {
  return (await ctx.db.selectFrom('organisations').select('number').where('id', '=', id).executeTakeFirst())?.number ?? null;
}
