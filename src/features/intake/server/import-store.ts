import { indexer } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import { searchedText, type NewEntry } from './submission-store.ts';

export async function alreadyImported(ctx: Ctx, source: string, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await ctx.db.selectFrom('entries').select('externalId').where('source', '=', source).where('externalId', 'in', [...ids]).execute();
  return new Set(rows.map((row) => row.externalId!));
}

export async function sectorCodes(ctx: Ctx): Promise<Set<string>> {
  return new Set((await ctx.db.selectFrom('sectors').select('code').execute()).map((row) => row.code));
}

export type ImportRow = Omit<NewEntry, 'served' | 'servedCount' | 'channel' | 'named'> & { acknowledgedAt: Date | null; point: { lat: number; lon: number } | null };

/** Two imports of the same file at once: the second finds the rows taken, and leaves them. Returns the ids that are new. */
export async function insertImported(ctx: Ctx, rows: readonly ImportRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const index = await indexer(ctx);
  const inserted = await ctx.db.insertInto('entries').values(rows.map(({ point: _, ...row }) => ({
    ...row, served: '', servedCount: null, channel: 'import' as const, named: false, bodyId: null, extensionDays: 0, extensionReason: null, outcome: null, answeredAt: null,
    settledAt: null, escalated: 0, joinedTo: null, resumeState: null, source: row.source ?? null, externalId: row.externalId ?? null, changedAt: ctx.now, ...index(searchedText(row)),
  }))).onConflict((it) => it.columns(['source', 'externalId']).doNothing()).returning('id').execute();
  const stored = new Set(inserted.map((row) => row.id));
  if (stored.size === 0) return stored;
  await ctx.db.insertInto('entryTallies').values([...stored].map((entryId) => ({ entryId, supports: 0 }))).execute();
  const points = rows.filter((row) => row.point && stored.has(row.id)).map((row) => ({ entryId: row.id, ...row.point! }));
  if (points.length > 0) await ctx.db.insertInto('entryPoints').values(points).execute();
  return stored;
}
