import { sql } from 'kysely';
import { makeReference, type ReferenceNumber } from '#kernel/reference-number.ts';
import type { Ctx } from '../../context.ts';

/** The next public number: one sequence for everything that has a life of its own. A number of a failed act is not used again. */
export async function nextReference(ctx: Ctx): Promise<ReferenceNumber> {
  const { rows } = await sql<{ next: bigint }>`select nextval('reference_sequence') as next`.execute(ctx.db);
  return makeReference(ctx.profile.prefix, Number(rows[0]!.next));
}

/** Many at once, in rising order; for imports. */
export async function nextReferences(ctx: Ctx, count: number): Promise<ReferenceNumber[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ next: bigint }>`select nextval('reference_sequence') as next from generate_series(1, ${count})`.execute(ctx.db);
  return rows.map((row) => makeReference(ctx.profile.prefix, Number(row.next)));
}
