import { sql } from 'kysely';
import type { Ctx } from '../../context.ts';

/** Comments that the last act of the record has taken away, and that are shown all the same. */
export async function goneSince(ctx: Ctx): Promise<{ id: string; kind: string }[]> {
  const { rows } = await sql<{ id: string; kind: string }>`select c.id, last.kind from comments c cross join lateral (
      select a.kind from acts a where a.subject_id = c.id and a.kind in ('comment.published', 'comment.removed', 'comment.withdrawn', 'comment.restored', 'comment.refused') order by a.at desc, a.seq desc limit 1) last
    where (last.kind = 'comment.withdrawn' and c.state <> 'withdrawn') or (last.kind = 'comment.removed' and c.state = 'published') order by c.id`.execute(ctx.db);
  return rows;
}
