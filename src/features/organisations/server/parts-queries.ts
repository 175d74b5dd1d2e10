import { refuse } from '#kernel/refusal.ts';
import { placesByName } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayNamePartner, maySeeInside } from '../access.ts';
import type { NamedPartner, OrganisationLine } from '../views.ts';
import { isShown, toLines } from './list-queries.ts';
import { membershipOf } from './membership-queries.ts';
import { readNumber } from './show-queries.ts';
import { COLUMNS, findOrganisation } from './store.ts';

/** Commitments in which a body has named it, and to which it has not said yes or no. */
export async function partsToAgree(ctx: Ctx, typed: string): Promise<{ number: string; what: string }[]> {
  const it = await findOrganisation(ctx, readNumber(ctx, typed));
  if (!maySeeInside(ctx.actor, await membershipOf(ctx, it.id))) return refuse({ because: 'not-found', what: 'organisation' });
  return ctx.db.selectFrom('organisationParts as p').innerJoin('commitments as c', 'c.id', 'p.commitmentId').select(['c.number', 'c.what']).where('p.organisationId', '=', it.id).where('p.agreedAt', 'is', null).where('c.public', '=', true).where('c.state', 'in', ['open', 'disputed']).orderBy('p.namedAt').limit(50).execute();
}

/** The public organisations that agreed to have a part in a commitment. */
export async function partnersOf(ctx: Ctx, commitmentId: string): Promise<OrganisationLine[]> {
  const rows = await ctx.db.selectFrom('organisationParts as p').innerJoin('organisations as o', 'o.id', 'p.organisationId').select(COLUMNS.map((it) => `o.${it}` as const))
    .where('p.commitmentId', '=', commitmentId).where('p.agreedAt', 'is not', null).where(isShown).orderBy('o.nameAr').limit(20).execute();
  return toLines(ctx, rows);
}

/** All that the body has named in its commitment, those first that have not answered; for that body alone. */
export async function partnersNamed(ctx: Ctx, commitmentId: string): Promise<NamedPartner[]> {
  const promise = await ctx.db.selectFrom('commitments').select('bodyId').where('id', '=', commitmentId).executeTakeFirst();
  if (!promise || !mayNamePartner(ctx.actor, promise.bodyId)) return refuse({ because: 'not-found', what: 'commitment' });
  const rows = await ctx.db.selectFrom('organisationParts as p').innerJoin('organisations as o', 'o.id', 'p.organisationId').select(['o.number', 'o.nameAr', 'o.nameEn', 'o.nameKu', 'p.agreedAt'])
    .where('p.commitmentId', '=', commitmentId).where(isShown).orderBy('p.agreedAt', (order) => order.desc().nullsFirst()).orderBy('o.nameAr').limit(50).execute();
  return rows.map((row) => ({ number: row.number, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu }, agreed: row.agreedAt !== null }));
}

/** Lines in which somebody named places: by name, by code, or both («حيّ السوق (TN01)»). A name that stands for several places is none. */
export async function placesOfLines(ctx: Ctx, lines: readonly string[]): Promise<{ codes: string[]; unknown: string[] }> {
  const wanted = lines.map((line) => ({ line, word: /\(([A-Za-z0-9]{1,20})\)\s*$/.exec(line)?.[1]?.toUpperCase() ?? line }));
  const found = await placesByName(ctx, wanted.map((it) => it.word));
  return { codes: wanted.flatMap((it) => found.get(it.word) ?? []), unknown: wanted.filter((it) => !found.has(it.word)).map((it) => it.line) };
}
