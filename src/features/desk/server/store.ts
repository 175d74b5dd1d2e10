import { sql } from 'kysely';
import type { BodyId, EntryId, PersonId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { parseReference, type ReferenceNumber } from '#kernel/reference-number.ts';
import type { Ctx } from '../../context.ts';
import { mayReceive } from '../access.ts';
import type { Block, BlockId, Numbered, NumberState, PaperSize, Purpose, ReceiptLanguage, Seat } from '../model.ts';

/** The clerk and the desk at which they sit. Nobody receives without having said where. */
export async function receiving(ctx: Ctx): Promise<Seat> {
  const seat = await seatOf(ctx);
  return seat ?? refuse({ because: 'invalid', fields: { body: 'required' } });
}

/** Null before the clerk has said at whose desk they sit. Refused to everybody who is no clerk. */
export async function seatOf(ctx: Ctx): Promise<Seat | null> {
  allow(mayReceive(ctx.actor) && ctx.actor.kind === 'person', 'receive at a desk');
  const row = await ctx.db.selectFrom('deskSeats as s').innerJoin('bodies as b', 'b.id', 's.bodyId').select(['b.id', 'b.code', 's.paper'])
    .where('s.personId', '=', ctx.actor.id).where('b.active', '=', true).executeTakeFirst();
  return row ? { clerk: ctx.actor.id, body: row.id as BodyId, code: row.code, paper: row.paper } : null;
}

export async function saveSeat(ctx: Ctx, clerk: PersonId, seat: { body: string; paper: PaperSize }): Promise<void> {
  const row = { bodyId: seat.body, paper: seat.paper, since: ctx.now };
  await ctx.db.insertInto('deskSeats').values({ personId: clerk, ...row }).onConflict((it) => it.column('personId').doUpdateSet(row)).execute();
}

export async function isPerson(ctx: Ctx, id: PersonId): Promise<boolean> {
  return (await ctx.db.selectFrom('persons').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export async function activeBody(ctx: Ctx, code: string): Promise<string | null> {
  return (await ctx.db.selectFrom('bodies').select('id').where('code', '=', code).where('active', '=', true).executeTakeFirst())?.id ?? null;
}

export type NewBlock = { id: string; purpose: Purpose; bodyId: string; reservedBy: string; reservedAt: Date; expiresAt: Date; keySealed: Buffer | null; language: ReceiptLanguage };

/** False when this block is there already: a form that was sent twice prints the same sheets. */
export async function insertBlock(ctx: Ctx, block: NewBlock): Promise<boolean> {
  const rows = await ctx.db.insertInto('deskBlocks').values(block).onConflict((it) => it.column('id').doNothing()).returning('id').execute();
  return rows.length > 0;
}

/** Numbers that came back unused are given out first, each to one block; who else takes some at this moment is not waited for. */
export async function takeReturned(ctx: Ctx, blockId: string, count: number): Promise<string[]> {
  const back = await ctx.db.selectFrom('deskNumbers').select('number').where('state', '=', 'returned').orderBy('number').limit(count).forUpdate().skipLocked().execute();
  const numbers = back.map((row) => row.number);
  if (numbers.length > 0) await ctx.db.updateTable('deskNumbers').set({ blockId, state: 'free' }).where('number', 'in', numbers).execute();
  return numbers;
}

export async function insertNumbers(ctx: Ctx, blockId: string, numbers: readonly string[]): Promise<void> {
  if (numbers.length > 0) await ctx.db.insertInto('deskNumbers').values(numbers.map((number) => ({ number, blockId, state: 'free' as const, entryId: null }))).execute();
}

/** The number that somebody typed or a device says, held until the transaction ends; null when no desk ever had it. */
export async function lockNumber(ctx: Ctx, typed: string): Promise<Numbered | null> {
  const number = parseReference(typed, ctx.profile.prefix);
  const row = number && (await ctx.db.selectFrom('deskNumbers').selectAll().where('number', '=', number).forUpdate().executeTakeFirst());
  return row ? numbered(row, await blockOf(ctx, row.blockId)) : null;
}

function numbered(row: { number: string; state: NumberState; entryId: string | null }, block: Block): Numbered {
  const number = row.number as ReferenceNumber;
  if (row.state !== 'used') return { number, block, state: row.state };
  if (row.entryId === null) throw new Error('a used number without its entry');
  return { number, block, state: 'used', entry: row.entryId as EntryId };
}

/** The same for reading. */
export async function findNumber(ctx: Ctx, typed: string): Promise<Numbered | null> {
  const number = parseReference(typed, ctx.profile.prefix);
  const row = number && (await ctx.db.selectFrom('deskNumbers').selectAll().where('number', '=', number).executeTakeFirst());
  return row ? numbered(row, await blockOf(ctx, row.blockId)) : null;
}

async function blockOf(ctx: Ctx, id: string): Promise<Block> {
  const row = await ctx.db.selectFrom('deskBlocks').select(['id', 'purpose', 'bodyId', 'reservedAt', 'expiresAt']).where('id', '=', id).executeTakeFirstOrThrow();
  return { id: row.id as BlockId, purpose: row.purpose, body: row.bodyId as BodyId, reservedAt: row.reservedAt, expiresAt: row.expiresAt };
}

export async function blockKey(ctx: Ctx, id: string): Promise<Buffer | null> {
  return (await ctx.db.selectFrom('deskBlocks').select('keySealed').where('id', '=', id).executeTakeFirst())?.keySealed ?? null;
}

export async function saveUsed(ctx: Ctx, number: string, entryId: string): Promise<void> {
  await ctx.db.updateTable('deskNumbers').set({ state: 'used', entryId }).where('number', '=', number).execute();
}

/** Of these numbers of a block, those that nobody used; returns how many. */
export async function saveReturned(ctx: Ctx, it: { block: string; body: string; numbers: readonly string[] }): Promise<number> {
  if (it.numbers.length === 0) return 0;
  const own = ctx.db.selectFrom('deskBlocks').select('id').where('id', '=', it.block).where('bodyId', '=', it.body).where('purpose', '=', 'counter');
  const rows = await ctx.db.updateTable('deskNumbers').set({ state: 'returned' }).where('number', 'in', [...it.numbers]).where('blockId', 'in', own).where('state', '=', 'free').returning('number').execute();
  return rows.length;
}

export type NewSheet = { number: string; entryId: string; keyHash: Buffer; keySealed: Buffer };

export async function insertSheets(ctx: Ctx, sheets: readonly NewSheet[]): Promise<void> {
  await ctx.db.insertInto('deskSheets').values([...sheets]).execute();
}

export async function sheetOf(ctx: Ctx, number: string): Promise<{ entryId: EntryId; keyHash: Buffer }> {
  const row = await ctx.db.selectFrom('deskSheets').select(['entryId', 'keyHash']).where('number', '=', number).executeTakeFirstOrThrow();
  return { entryId: row.entryId as EntryId, keyHash: row.keyHash };
}

/** The keys of sheets printed before a moment: the paper alone has them from then on. */
export async function forgetKeys(ctx: Ctx, before: Date): Promise<void> {
  await ctx.db.updateTable('deskSheets').set({ keySealed: Buffer.alloc(0) }).where('keySealed', '!=', Buffer.alloc(0))
    .where('number', 'in', ctx.db.selectFrom('deskNumbers as n').innerJoin('deskBlocks as b', 'b.id', 'n.blockId').select('n.number').where('b.purpose', '=', 'sheets').where('b.reservedAt', '<', before)).execute();
}

export type NewHearing = { id: string; title: string; heldOn: string; placeWords: string; attended: number | null; bodyId: string; madeBy: string };

/** False when it is there already. */
export async function insertHearing(ctx: Ctx, hearing: NewHearing): Promise<boolean> {
  const rows = await ctx.db.insertInto('deskHearings').values({ ...hearing, madeAt: ctx.now }).onConflict((it) => it.column('id').doNothing()).returning('id').execute();
  return rows.length > 0;
}

export async function loadHearing(ctx: Ctx, id: string) {
  const row = await ctx.db.selectFrom('deskHearings').select(['id', 'heldOn', 'placeWords', 'bodyId']).where('id', '=', id).executeTakeFirst();
  return row ?? refuse({ because: 'not-found', what: 'hearing' });
}

/** Where an entry was received; said once. */
export async function insertReceived(ctx: Ctx, it: { entryId: string; bodyId: string; hearingId?: string; speakers?: number | null }): Promise<void> {
  await ctx.db.insertInto('deskEntries').values({ entryId: it.entryId, bodyId: it.bodyId, hearingId: it.hearingId ?? null, speakers: it.speakers ?? null })
    .onConflict((conflict) => conflict.column('entryId').doNothing()).execute();
}

/** Repeats of one form wait for each other. */
export async function holdForm(ctx: Ctx, once: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`desk ${once}`}, 0))`.execute(ctx.db);
}
