import { sql } from 'kysely';
import { norm, similarity } from '#engines/text/index.ts';
import { allow } from '#kernel/refusal.ts';
import { lexiconOf } from '../../lexicon/server/index.ts';
import { personNamesForStaff } from '../../people/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayDecide, mayKeepRegistry, mayPropose, maySeeRegistry } from '../access.ts';
import type { DecisionKind } from '../model.ts';
import { endOf, proposals, standingOf, usualUntil } from '../rules.ts';
import type { DecisionView, InsideOrganisation, RegistryLine } from '../views.ts';
import { isBarred } from './decide.ts';
import { hasOwner } from './describe-store.ts';
import { insideOrganisation } from './inside-queries.ts';
import { COLUMNS, today, toOrganisation } from './store.ts';

const MOST = 300;

/** What waits for the registry: handed in, to be decided by a second person, objections, renewals; drafts that nobody owns; what has run out. */
export async function registryQueue(ctx: Ctx): Promise<RegistryLine[]> {
  allow(maySeeRegistry(ctx.actor), 'see the registry');
  const over = sql<boolean>`(o.state = 'verified' and least(o.verified_until, coalesce(o.licence_until, 'infinity')) < ${today(ctx)}::date)`;
  const ownerless = sql<boolean>`(o.state = 'draft' and not exists (select 1 from organisation_members m where m.organisation_id = o.id and m.ended_at is null))`;
  const rows = await ctx.db.selectFrom('organisations as o').leftJoin('organisationDecisions as d', (join) => join.onRef('d.organisationId', '=', 'o.id').on('d.outcome', '=', 'open'))
    .select(COLUMNS.map((it) => `o.${it}` as const)).select('d.kind as waits')
    .where((eb) => eb.or([eb('o.state', '=', 'submitted'), eb('d.id', 'is not', null), eb('o.objection', '<>', ''), eb('o.renewalAt', 'is not', null), over, ownerless]))
    .orderBy(sql`d.id is null`).orderBy(sql`coalesce(o.submitted_at, o.renewal_at, o.created_at)`).limit(MOST).execute();
  return rows.map((row) => {
    const it = toOrganisation(row);
    return { number: it.number, names: it.names, kind: it.kind, state: it.state, standing: standingOf(it, today(ctx)), submittedAt: row.submittedAt, renewal: it.renewal, objection: it.objection !== '', ends: endOf(it), waits: row.waits };
  });
}

export type RegistryCase = {
  it: InsideOrganisation; decisions: DecisionView[]; open: (DecisionView & { mayDecide: boolean; mine: boolean }) | null; proposals: DecisionKind[]; mayPropose: boolean; /** why the reader may not judge it */ barred: boolean;
  until: string; owned: boolean; mayKeep: boolean; similar: { number: string; name: string; likeness: number }[];
};

/** One organisation as the registry judges it: papers, what was decided before, what may be proposed, and others that may be the same. */
export async function registryCase(ctx: Ctx, typed: string): Promise<RegistryCase> {
  allow(maySeeRegistry(ctx.actor), 'see the registry');
  const it = await insideOrganisation(ctx, typed);
  const rows = await ctx.db.selectFrom('organisationDecisions').selectAll().where('organisationId', '=', it.id).orderBy('proposedAt', 'desc').limit(50).execute();
  const names = await personNamesForStaff(ctx, rows.flatMap((row) => [row.proposedBy, ...(row.decidedBy ? [row.decidedBy] : [])]));
  const view = (row: (typeof rows)[number]): DecisionView => ({
    id: row.id, kind: row.kind, reason: row.reason, until: row.until, proposedBy: names.get(row.proposedBy) ?? '', proposedAt: row.proposedAt, decidedBy: row.decidedBy ? (names.get(row.decidedBy) ?? '') : null, decidedAt: row.decidedAt, outcome: row.outcome,
  });
  const barred = await isBarred(ctx, it);
  const waiting = rows.find((row) => row.outcome === 'open');
  const open = waiting ? { ...view(waiting), mayDecide: mayDecide(ctx.actor, { proposedBy: waiting.proposedBy as never }, barred), mine: ctx.actor.kind === 'person' && waiting.proposedBy === ctx.actor.id } : null;
  return {
    it, decisions: rows.filter((row) => row.outcome !== 'open').map(view), open, proposals: proposals(it), mayPropose: mayPropose(ctx.actor, barred), barred, until: usualUntil(today(ctx), it.licence.until),
    owned: await hasOwner(ctx, it.id), mayKeep: mayKeepRegistry(ctx.actor), similar: await similarTo(ctx, it),
  };
}

/** Others of the same licence or of a name that is nearly the same. */
async function similarTo(ctx: Ctx, it: InsideOrganisation): Promise<RegistryCase['similar']> {
  if (it.names.ar === '' && it.licence.number === '') return [];
  const rows = await ctx.db.selectFrom('organisations').select(['number', 'nameAr', 'licenceNumber']).where('id', '<>', it.id).where('nameAr', '<>', '')
    .where((eb) => eb.or([sql<boolean>`word_similarity(${norm(it.names.ar)}, search_norm) >= 0.6`, ...(it.licence.number ? [eb('licenceNumber', '=', it.licence.number)] : [])])).limit(50).execute();
  const lexicon = await lexiconOf(ctx);
  return rows.map((row) => ({ number: row.number, name: row.nameAr, likeness: row.licenceNumber !== '' && row.licenceNumber === it.licence.number ? 1 : similarity(row.nameAr, it.names.ar, { lexicon }) }))
    .filter((one) => one.likeness >= 0.6).toSorted((a, b) => b.likeness - a.likeness).slice(0, 5);
}

