import type { Actor, Grant } from '#kernel/actor.ts';
import type { BodyId, PersonId } from '#kernel/ids.ts';
import type { Ctx } from '../../../context.ts';
import { TOUCH_MS } from '../../rules.ts';
import { tokenHash } from '../tokens.ts';

const VISITOR: Actor = { kind: 'visitor' };

export type SessionActor = { actor: Actor; /** it is time to note that the sitting was seen */ stale: boolean };

/** Who a cookie belongs to, with the roles that count now; a visitor when it is unknown, locked, ended or over. One statement. */
export async function actorOfSession(ctx: Ctx, token: string): Promise<SessionActor> {
  const rows = await ctx.db.selectFrom('sessions').innerJoin('persons', 'persons.id', 'sessions.personId')
    .leftJoin('personRoles', (join) => join.onRef('personRoles.personId', '=', 'sessions.personId').on('personRoles.confirmedAt', 'is not', null).on('personRoles.endedAt', 'is', null))
    .select(['sessions.personId', 'sessions.assurance', 'sessions.seenAt', 'persons.verified', 'personRoles.role', 'personRoles.bodyId'])
    .where('sessions.tokenHash', '=', tokenHash(token)).where('sessions.endedAt', 'is', null).where('sessions.locksAt', '>', ctx.now).where('persons.endedAt', 'is', null)
    .orderBy('personRoles.grantedAt').execute();
  const first = rows[0];
  if (!first) return { actor: VISITOR, stale: false };
  const granted = rows.flatMap((row): Grant[] => (row.role ? [{ role: row.role, body: row.bodyId as BodyId | null }] : []));
  return {
    actor: { kind: 'person', id: first.personId as PersonId, roles: [{ role: 'resident', body: null }, ...granted], verified: first.verified, assurance: first.assurance },
    stale: ctx.now.getTime() - first.seenAt.getTime() >= TOUCH_MS,
  };
}
