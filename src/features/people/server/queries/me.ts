import type { BodyId, PersonId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import type { Names } from '#platform/i18n/words.ts';
import type { Ctx } from '../../../context.ts';
import type { Contact, Device, StaffRole, Verified, Via } from '../../model.ts';
import { maskContact } from '../contact.ts';
import { tokenHash } from '../tokens.ts';

const me = (ctx: Ctx): PersonId => (ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'see an account' }));

export type MyRole = { role: StaffRole; body: BodyId | null; bodyNames: Names | null; /** false while a second person has to confirm it */ counts: boolean };

/** The own roles, confirmed or waiting. Whether they count now is also a matter of the second factor. */
export async function myRoles(ctx: Ctx): Promise<MyRole[]> {
  return rolesOf(ctx, me(ctx));
}

async function rolesOf(ctx: Ctx, person: PersonId): Promise<MyRole[]> {
  const rows = await ctx.db.selectFrom('personRoles').leftJoin('bodies', 'bodies.id', 'personRoles.bodyId')
    .select(['role', 'bodyId', 'confirmedAt', 'nameAr', 'nameEn', 'nameKu']).where('personId', '=', person).where('endedAt', 'is', null).orderBy('grantedAt').execute();
  return rows.map((row) => ({
    role: row.role, body: row.bodyId as BodyId | null, counts: row.confirmedAt !== null,
    bodyNames: row.nameAr === null ? null : { ar: row.nameAr, en: row.nameEn ?? '', ku: row.nameKu ?? '' },
  }));
}

export type MyAccount = { name: string | null; language: Lang; verified: Verified; contacts: string[]; roles: MyRole[]; assurance: 'one' | 'two' };

export async function myAccount(ctx: Ctx): Promise<MyAccount> {
  const id = me(ctx);
  const person = await ctx.db.selectFrom('persons').select(['displayName', 'language', 'verified']).where('id', '=', id).executeTakeFirstOrThrow();
  const contacts = await ctx.db.selectFrom('personContacts').select(['kind', 'value']).where('personId', '=', id).orderBy('verifiedAt').execute();
  return {
    name: person.displayName, language: person.language, verified: person.verified, contacts: contacts.map(maskContact),
    roles: await rolesOf(ctx, id), assurance: ctx.actor.kind === 'person' ? ctx.actor.assurance : 'one',
  };
}

export type MySignIn = { id: string; device: Device; via: Via; since: Date; seen: Date; here: boolean; locked: boolean };

/** The own sittings that are open, this one first. */
export async function mySignIns(ctx: Ctx, input: { token: string | null }): Promise<MySignIn[]> {
  const here = input.token ? tokenHash(input.token) : Buffer.alloc(0);
  const rows = await ctx.db.selectFrom('sessions').select(['id', 'tokenHash', 'device', 'via', 'createdAt', 'seenAt', 'locksAt'])
    .where('personId', '=', me(ctx)).where('endedAt', 'is', null).where('expiresAt', '>', ctx.now).orderBy('seenAt', 'desc').limit(50).execute();
  const views = rows.map((row) => ({ id: row.id, device: row.device, via: row.via, since: row.createdAt, seen: row.seenAt, here: row.tokenHash.equals(here), locked: row.locksAt <= ctx.now }));
  return [...views.filter((it) => it.here), ...views.filter((it) => !it.here)];
}

/** Where a person can be written to, for notices alone: mail before phone, the latest of each first; nowhere once the account is closed. */
export async function contactsOfPerson(ctx: Ctx, personId: PersonId): Promise<(Contact & { language: Lang })[]> {
  return ctx.db.selectFrom('personContacts').innerJoin('persons', 'persons.id', 'personContacts.personId').select(['kind', 'value', 'language'])
    .where('personId', '=', personId).where('endedAt', 'is', null).orderBy('kind').orderBy('verifiedAt', 'desc').execute();
}
