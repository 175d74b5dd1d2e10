import { sql } from 'kysely';
import { indexer, type SearchColumns } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Channel, EntryKind, EntryStateName } from '../model.ts';

/** What of an entry people search. */
export const searchedText = (entry: { title: string; text: string; placeWords: string }): string => `${entry.title} ${entry.text} ${entry.placeWords}`;

const PIECE = 200;

/** Some of the entries that were indexed with an older lexicon, held; those that somebody works on come later. */
export async function indexedBefore(ctx: Ctx, version: number): Promise<{ id: string; title: string; text: string; placeWords: string }[]> {
  return ctx.db.selectFrom('entries').select(['id', 'title', 'text', 'placeWords']).where('lexiconVersion', '<', version).limit(PIECE).forUpdate().skipLocked().execute();
}

export async function saveIndex(ctx: Ctx, id: string, index: SearchColumns): Promise<void> {
  await ctx.db.updateTable('entries').set(index).where('id', '=', id).execute();
}

export type NewEntry = {
  id: string; number: string; kind: EntryKind; state: EntryStateName; confidential: boolean; publishedAt: Date | null; title: string; text: string;
  language: string; place: string | null; placeWords: string; served: string; servedCount: number | null; sectors: string[]; channel: Channel; named: boolean;
  submittedAt: Date; clockStarted: string; acknowledgeDue: string | null; answerDue: string | null; source?: string | null; externalId?: string | null;
};

export async function insertEntry(ctx: Ctx, entry: NewEntry): Promise<void> {
  const index = await indexer(ctx);
  await ctx.db.insertInto('entries').values({
    ...entry, bodyId: null, acknowledgedAt: null, extensionDays: 0, extensionReason: null, outcome: null, answeredAt: null, settledAt: null,
    escalated: 0, joinedTo: null, resumeState: null, source: entry.source ?? null, externalId: entry.externalId ?? null, changedAt: ctx.now,
    ...index(searchedText(entry)),
  }).execute();
  await ctx.db.insertInto('entryTallies').values({ entryId: entry.id, supports: 0 }).execute();
}

export type NewSubmitter = { entryId: string; personId: string | null; name: string; contactKind: 'mail' | 'phone' | null; contact: string | null; keyHash: Buffer | null; takenBy: string | null };

export async function insertSubmitter(ctx: Ctx, submitter: NewSubmitter): Promise<void> {
  await ctx.db.insertInto('entrySubmitters').values(submitter).execute();
}

export async function insertPoint(ctx: Ctx, entryId: string, point: { lat: number; lon: number; shown?: boolean }): Promise<void> {
  await ctx.db.insertInto('entryPoints').values({ entryId, ...point }).execute();
}

/** Repeats of one form wait for each other here; the unique key behind it holds even where this lock would not. */
export async function holdOnce(ctx: Ctx, once: string): Promise<{ entryId: string; requestHash: Buffer; keySealed: Buffer } | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${once}, 0))`.execute(ctx.db);
  return (await ctx.db.selectFrom('entrySubmissions').select(['entryId', 'requestHash', 'keySealed']).where('once', '=', once).executeTakeFirst()) ?? null;
}

export async function insertSubmission(ctx: Ctx, row: { once: string; entryId: string; requestHash: Buffer; keySealed: Buffer }): Promise<void> {
  await ctx.db.insertInto('entrySubmissions').values({ ...row, at: ctx.now }).execute();
}

export async function placeExists(ctx: Ctx, code: string): Promise<boolean> {
  return (await ctx.db.selectFrom('places').select('pcode').where('pcode', '=', code).where('active', '=', true).executeTakeFirst()) !== undefined;
}

export async function knownSectors(ctx: Ctx, codes: readonly string[]): Promise<number> {
  if (codes.length === 0) return 0;
  return (await ctx.db.selectFrom('sectors').select('code').where('code', 'in', [...codes]).execute()).length;
}
