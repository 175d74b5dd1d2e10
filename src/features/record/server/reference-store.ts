import { sql } from 'kysely';
import { makeReference, parseReference, serialOf, type ReferenceNumber } from '#kernel/reference-number.ts';
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

/** Numbers that were given out already, whatever this database remembers of it, are not given out again. */
export async function skipReferences(ctx: Ctx, given: readonly unknown[]): Promise<void> {
  const serials = given.flatMap((it) => {
    const number = typeof it === 'string' ? parseReference(it, ctx.profile.prefix) : null;
    return number ? [serialOf(number)] : [];
  });
  if (serials.length === 0) return;
  const left = Math.max(...serials) - serialOf(await nextReference(ctx));
  if (left > 0) await sql`select count(nextval('reference_sequence')) from generate_series(1, ${left})`.execute(ctx.db);
}
