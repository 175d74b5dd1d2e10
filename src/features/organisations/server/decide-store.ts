import { sql } from 'kysely';
import type { PersonId } from '#kernel/ids.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Ctx } from '../../context.ts';
import type { Decision, DecisionId, DecisionKind, OrganisationId } from '../model.ts';

export type NewDecision = { id: DecisionId; organisationId: OrganisationId; kind: DecisionKind; reason: string; until: PlainDate | null; proposedBy: string };

/** False where one is open already: one decision at a time. */
export async function insertDecision(ctx: Ctx, it: NewDecision): Promise<boolean> {
  // Said in the statement itself: a plan that is kept for any value finds no partial index.
  const row = await ctx.db.insertInto('organisationDecisions').values({ ...it, proposedAt: ctx.now, decidedBy: null, decidedAt: null, outcome: 'open' })
    .onConflict((on) => on.column('organisationId').where('outcome', '=', sql.lit('open')).doNothing()).returning('id').executeTakeFirst();
  return row !== undefined;
}

export async function lockOpenDecision(ctx: Ctx, id: OrganisationId): Promise<Decision | null> {
  const row = await ctx.db.selectFrom('organisationDecisions').selectAll().where('organisationId', '=', id).where('outcome', '=', 'open').forUpdate().executeTakeFirst();
  return row ? { id: row.id as DecisionId, organisation: id, kind: row.kind, reason: row.reason, until: row.until as PlainDate | null, proposedBy: row.proposedBy as PersonId, open: true } : null;
}

export async function saveOutcome(ctx: Ctx, id: DecisionId, outcome: 'confirmed' | 'declined' | 'withdrawn', by: string): Promise<void> {
  await ctx.db.updateTable('organisationDecisions').set({ outcome, decidedBy: by, decidedAt: ctx.now }).where('id', '=', id).execute();
}

/** The two persons of the decision that stands. */
export async function deciders(ctx: Ctx, id: OrganisationId): Promise<string[]> {
  const row = await ctx.db.selectFrom('organisationDecisions').select(['proposedBy', 'decidedBy']).where('organisationId', '=', id).where('outcome', '=', 'confirmed').orderBy('decidedAt', 'desc').limit(1).executeTakeFirst();
  return row ? [row.proposedBy, ...(row.decidedBy ? [row.decidedBy] : [])] : [];
}
