import type { Ctx } from '../../context.ts';

export type Target = { id: string; number: string; open: boolean };

/** Entries by the id that they have in the same source, and by number; open where everybody may read them. */
export async function entriesNamed(ctx: Ctx, source: string, names: readonly string[]): Promise<Map<string, Target>> {
  if (names.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('entries').select(['id', 'number', 'externalId', 'source', 'kind', 'publishedAt', 'confidential', 'state'])
    .where((eb) => eb.or([eb.and([eb('source', '=', source), eb('externalId', 'in', [...names])]), eb('number', 'in', [...names])])).execute();
  const open = (row: (typeof rows)[number]) => row.publishedAt !== null && !row.confidential && row.state !== 'withdrawn';
  // Complaints have no comments, whoever brings them.
  return new Map(rows.filter((row) => row.kind !== 'complaint').map((row) => [row.source === source && row.externalId !== null && names.includes(row.externalId) ? row.externalId : row.number, { id: row.id, number: row.number, open: open(row) }]));
}

export async function importedBefore(ctx: Ctx, source: string, ids: readonly string[]): Promise<Map<string, { id: string; subjectId: string; parentId: string | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('comments').select(['id', 'externalId', 'subjectId', 'parentId']).where('source', '=', source).where('externalId', 'in', [...ids]).execute();
  return new Map(rows.map((row) => [row.externalId!, row]));
}
