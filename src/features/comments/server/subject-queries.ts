/** What comments are about: found by the doors of the features that know what is public, and by nothing else. */
import { sql } from 'kysely';
import { refuse } from '#kernel/refusal.ts';
import type { BodyId } from '#kernel/ids.ts';
import { showCommitment } from '../../commitments/server/index.ts';
import { loadEntry, showEntry } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Subject, SubjectKind } from '../model.ts';

/** The public thing behind a number; a joined entry leads to the one that it became. What is not public is not found. */
export async function subjectOf(ctx: Ctx, asked: { kind: SubjectKind; number: string }): Promise<Subject> {
  if (asked.kind === 'commitment') {
    const it = await showCommitment(ctx, asked.number);
    if (!it.public) return refuse({ because: 'not-found', what: 'commitment' });
    return { kind: 'commitment', id: it.id, number: it.number, title: it.what, body: await bodyOf(ctx, it.body.code) };
  }
  const it = await showEntry(ctx, asked);
  if (it.joinedInto) return subjectOf(ctx, { kind: 'entry', number: it.joinedInto });
  if (!it.visible) return refuse({ because: 'not-found', what: 'entry' });
  if (it.state === 'withdrawn') return refuse({ because: 'gone', what: 'entry' });
  return { kind: 'entry', id: it.id, number: it.number, title: it.title, body: (await loadEntry(ctx, it.id)).body };
}

/** The same for a comment that is there; refused when its thing is not public any more. */
export async function subjectOfComment(ctx: Ctx, it: { kind: SubjectKind; id: string }): Promise<Subject> {
  return subjectOf(ctx, { kind: it.kind, number: await numberOf(ctx, it) });
}

export async function numberOf(ctx: Ctx, it: { kind: SubjectKind; id: string }): Promise<string> {
  const row = await ctx.db.selectFrom(it.kind === 'entry' ? 'entries' : 'commitments').select('number').where('id', '=', it.id).executeTakeFirst();
  return row?.number ?? refuse({ because: 'not-found', what: it.kind });
}

async function bodyOf(ctx: Ctx, code: string): Promise<BodyId | null> {
  return ((await ctx.db.selectFrom('bodies').select('id').where('code', '=', code).executeTakeFirst())?.id ?? null) as BodyId | null;
}

/** The body that deals with a thing, whatever became of it; for the question who may decide. */
export async function concernedBody(ctx: Ctx, it: { kind: SubjectKind; id: string }): Promise<BodyId | null> {
  const row = await ctx.db.selectFrom(it.kind === 'entry' ? 'entries' : 'commitments').select('bodyId').where('id', '=', it.id).executeTakeFirst();
  return (row?.bodyId ?? null) as BodyId | null;
}

/** A thing with all that was joined to it: their comments are read as one. */
export const familyOf = (id: string) =>
  sql<string>`(with recursive family as (select ${id}::uuid as id union select e.id from entries e join family f on e.joined_to = f.id) select id from family)`;

/** Codes of bodies, for acts. */
export async function bodyCode(ctx: Ctx, id: string | null): Promise<string | undefined> {
  return id === null ? undefined : (await ctx.db.selectFrom('bodies').select('code').where('id', '=', id).executeTakeFirst())?.code;
}
