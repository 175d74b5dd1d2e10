import type { Ctx } from '../../context.ts';
import { listBodies } from './queries.ts';

export type FoundBody = { code: string; names: { ar: string; en: string; ku: string } };

/** Active bodies whose name, in any language, holds words of the query; those with most of them first. */
export async function searchBodies(ctx: Ctx, input: { q: string; limit: number }): Promise<FoundBody[]> {
  if (input.q.trim() === '') return [];
  const found = await listBodies(ctx, { q: input.q, kind: null, sector: '' });
  return found.slice(0, input.limit).map(({ code, names }) => ({ code, names }));
}
