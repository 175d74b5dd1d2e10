import type { Insertable } from 'kysely';
import type { PersonId, SessionId } from '#kernel/ids.ts';
import type { Ctx } from '../../../context.ts';
import type { Sitting } from '../../model.ts';
import type { PeopleTables } from '../tables.ts';

export async function insertSession(ctx: Ctx, row: Insertable<PeopleTables['sessions']>): Promise<void> {
  await ctx.db.insertInto('sessions').values(row).execute();
}

const living = (ctx: Ctx, tokenHash: Buffer) => ctx.db.selectFrom('sessions').innerJoin('persons', 'persons.id', 'sessions.personId')
  .select(['sessions.id', 'sessions.personId', 'sessions.via', 'sessions.assurance', 'sessions.locksAt'])
  .where('sessions.tokenHash', '=', tokenHash).where('sessions.endedAt', 'is', null).where('sessions.expiresAt', '>', ctx.now).where('persons.endedAt', 'is', null);

type Row = { id: string; personId: string; via: Sitting['via']; assurance: Sitting['assurance']; locksAt: Date };

const toSitting = (ctx: Ctx, row: Row): Sitting => ({
  id: row.id as SessionId, person: row.personId as PersonId, via: row.via, assurance: row.assurance, locked: row.locksAt <= ctx.now,
});

/** The sitting behind a token, locked ones included; null when it is unknown, over, ended, or its person is. */
export async function findSitting(ctx: Ctx, tokenHash: Buffer): Promise<Sitting | null> {
  const row = await living(ctx, tokenHash).executeTakeFirst();
  return row ? toSitting(ctx, row) : null;
}

export async function lockSitting(ctx: Ctx, tokenHash: Buffer): Promise<Sitting | null> {
  const row = await living(ctx, tokenHash).forUpdate('sessions').executeTakeFirst();
  return row ? toSitting(ctx, row) : null;
}

export async function saveRaised(ctx: Ctx, id: SessionId, row: { tokenHash: Buffer; locksAt: Date; expiresAt: Date }): Promise<void> {
  await ctx.db.updateTable('sessions').set({ ...row, assurance: 'two', seenAt: ctx.now }).where('id', '=', id).execute();
}

export async function saveSeen(ctx: Ctx, tokenHash: Buffer): Promise<void> {
  await ctx.db.updateTable('sessions').set({ seenAt: ctx.now }).where('tokenHash', '=', tokenHash).where('endedAt', 'is', null).execute();
}

type Which = { token: Buffer } | { id: string } | { all: true; except?: string };

/** Ends sittings of one person; returns how many. */
export async function endSessions(ctx: Ctx, person: PersonId, which: Which): Promise<number> {
  let update = ctx.db.updateTable('sessions').set({ endedAt: ctx.now }).where('personId', '=', person).where('endedAt', 'is', null);
  if ('token' in which) update = update.where('tokenHash', '=', which.token);
  else if ('id' in which) update = update.where('id', '=', which.id);
  else if (which.except) update = update.where('id', '<>', which.except);
  return Number((await update.executeTakeFirst()).numUpdatedRows);
}

export async function forgetSessions(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.deleteFrom('sessions').where((eb) => eb.or([eb('expiresAt', '<', before), eb('endedAt', '<', before)])).execute();
}

export async function deleteSessions(ctx: Ctx, person: PersonId): Promise<void> {
  await ctx.db.deleteFrom('sessions').where('personId', '=', person).execute();
}
