import type { Insertable } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import type { ApiKey } from '../model.ts';
import type { KeyView } from '../views.ts';
import type { Open311Tables } from './tables.ts';

const MOST_KEYS = 500;

export async function insertKey(ctx: Ctx, row: Insertable<Open311Tables['apiKeys']>): Promise<void> {
  await ctx.db.insertInto('apiKeys').values(row).execute();
}

/** Held until the transaction ends, so that what is ending it and what it hands in come one after the other. */
export async function lockKey(ctx: Ctx, by: { id: string } | { keyHash: Buffer }): Promise<ApiKey | null> {
  const query = ctx.db.selectFrom('apiKeys').select(['id', 'perHour', 'endedAt']);
  const row = await ('id' in by ? query.where('id', '=', by.id).forUpdate() : query.where('keyHash', '=', by.keyHash).forShare()).executeTakeFirst();
  return row ? { id: row.id, perHour: row.perHour, ended: row.endedAt !== null } : null;
}

/** The same for reading: a key that counts, or null. */
export async function findKey(ctx: Ctx, keyHash: Buffer): Promise<{ id: string; perHour: number } | null> {
  return (await ctx.db.selectFrom('apiKeys').select(['id', 'perHour']).where('keyHash', '=', keyHash).where('endedAt', 'is', null).executeTakeFirst()) ?? null;
}

export async function saveEnded(ctx: Ctx, id: string, by: string): Promise<void> {
  await ctx.db.updateTable('apiKeys').set({ endedAt: ctx.now, endedBy: by }).where('id', '=', id).execute();
}

/** Keys that count first, then the others, the latest first. */
export async function keyRows(ctx: Ctx): Promise<KeyView[]> {
  const used = ctx.db.selectFrom('programRequests').select((eb) => ['keyId', eb.fn.countAll<bigint>().as('requests'), eb.fn.max('at').as('lastUsed')]).groupBy('keyId').as('u');
  const rows = await ctx.db.selectFrom('apiKeys as k').innerJoin('persons as p', 'p.id', 'k.issuedBy').leftJoin(used, 'u.keyId', 'k.id')
    .select(['k.id', 'k.name', 'k.contact', 'k.ending', 'k.perHour', 'k.issuedAt', 'k.endedAt', 'p.displayName', 'u.requests', 'u.lastUsed'])
    .orderBy('k.endedAt', (order) => order.desc().nullsFirst()).orderBy('k.issuedAt', 'desc').limit(MOST_KEYS).execute();
  return rows.map(({ displayName, requests, ...row }) => ({ ...row, issuedBy: displayName ?? '', requests: Number(requests ?? 0n), lastUsed: row.lastUsed && new Date(row.lastUsed) }));
}

export async function insertRequest(ctx: Ctx, row: Insertable<Open311Tables['programRequests']>): Promise<void> {
  await ctx.db.insertInto('programRequests').values(row).onConflict((it) => it.column('entryId').doNothing()).execute();
}

/** Entries that this key handed in, among these or all of them: the latest ones. */
export async function entriesOfKey(ctx: Ctx, keyId: string): Promise<string[]> {
  const rows = await ctx.db.selectFrom('programRequests').select('entryId').where('keyId', '=', keyId).orderBy('at', 'desc').limit(1000).execute();
  return rows.map((row) => row.entryId);
}

/** Which entry a token means; refused as not found when it means none. */
export async function entryOfToken(ctx: Ctx, token: string): Promise<string> {
  const row = await ctx.db.selectFrom('programRequests').select('entryId').where('token', '=', token).executeTakeFirst();
  return row?.entryId ?? refuse({ because: 'not-found', what: 'token' });
}

export async function forgetAccountsBefore(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.updateTable('programRequests').set({ account: '' }).where('account', '<>', '')
    .where('entryId', 'in', ctx.db.selectFrom('entries').select('id').where('state', 'in', ['closed', 'confirmed', 'unconfirmed', 'elsewhere', 'withdrawn']).where('changedAt', '<', before)).execute();
}

/** The place of a contact that is no longer anybody's. */
const GONE = '———';

export async function forgetKeyContactsBefore(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.updateTable('apiKeys').set({ contact: GONE }).where('endedAt', '<', before).where('contact', '<>', GONE).execute();
}
