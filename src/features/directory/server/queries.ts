import * as v from 'valibot';
import { sql, type Expression, type SqlBool } from 'kysely';
import { highlighter, wordSimilarity } from '#engines/text/index.ts';
import { refuse } from '#kernel/refusal.ts';
import { localDate, type PlainDate } from '#kernel/working-days.ts';
import { FEW, lexiconOf } from '../../lexicon/server/index.ts';
import { allSectors } from '../../places/server/index.ts';
import type { Names, Sector } from '../../places/model.ts';
import type { Ctx } from '../../context.ts';
import { BodyCodeSchema, type BodyListFilter } from '../input.ts';
import { BODY_KINDS, type BodyKind, type Period } from '../model.ts';
import { periodStart } from '../rules.ts';
import type { PublicBody } from '../views.ts';

/** A governorate has dozens of bodies; more than this are no list that anybody reads. */
const MOST = 500;

/** Active bodies by kind, then by name; those that a search fits best come first. Two statements. */
export async function listBodies(ctx: Ctx, filter: BodyListFilter): Promise<PublicBody[]> {
  const sectors = await allSectors(ctx);
  const rows = await ctx.db.selectFrom('bodies').selectAll().where('active', '=', true).where((eb) => eb.and(conditions(filter, sectors))).orderBy('nameAr').limit(MOST).execute();
  const bodies = rows.map((row) => toPublic(row, sectors));
  if (filter.q.trim() === '') return bodies.sort((a, b) => BODY_KINDS.indexOf(a.kind) - BODY_KINDS.indexOf(b.kind));
  const lexicon = await lexiconOf(ctx);
  const marked = highlighter(filter.q, lexicon);
  const fitting = bodies.map((body) => ({ body, fit: fit(marked, body.names) })).filter((it) => it.fit > 0).sort((a, b) => b.fit - a.fit).map((it) => it.body);
  return fitting.length >= FEW ? fitting : [...fitting, ...alike(bodies.filter((it) => !fitting.includes(it)), filter.q)];
}

function conditions(filter: BodyListFilter, sectors: readonly Sector[]): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [];
  const family = sectors.filter((it) => it.code === filter.sector || it.parent === filter.sector).map((it) => it.code);
  if (filter.kind) all.push(sql<SqlBool>`kind = ${filter.kind}`);
  if (filter.sector) all.push(sql<SqlBool>`sectors && ${family}::text[]`);
  return all;
}

/** How many words of the query a name holds, in whichever language it holds most. */
function fit(marked: ReturnType<typeof highlighter>, names: Names): number {
  return Math.max(...[names.ar, names.en, names.ku].map((name) => marked(name).filter((it) => it.mark).length));
}

const ALIKE = 0.45;

/** Names that look like what was typed, in case it was misspelt. */
function alike(bodies: readonly PublicBody[], q: string): PublicBody[] {
  const likeness = ({ names }: PublicBody) => Math.max(...[names.ar, names.en, names.ku].map((name) => wordSimilarity(q, name)));
  return bodies.map((body) => ({ body, likeness: likeness(body) })).filter((it) => it.likeness >= ALIKE).sort((a, b) => b.likeness - a.likeness).map((it) => it.body);
}

/** One body by its code, active or not: what it promised stays, and so does its address. */
export async function showBody(ctx: Ctx, code: string): Promise<PublicBody> {
  const row = v.is(BodyCodeSchema, code) ? await ctx.db.selectFrom('bodies').selectAll().where('code', '=', code).executeTakeFirst() : undefined;
  return row ? toPublic(row, await allSectors(ctx)) : refuse({ because: 'not-found', what: 'body' });
}

type Row = { id: string; code: string; kind: string; nameAr: string; nameEn: string; nameKu: string; sectors: string[]; phone: string; active: boolean };

function toPublic(row: Row, sectors: readonly Sector[]): PublicBody {
  const named = sectors.filter((it) => row.sectors.includes(it.code)).map((it) => ({ code: it.code, names: it.names }));
  return { id: row.id, code: row.code, kind: row.kind as BodyKind, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu }, sectors: named, phone: row.phone, active: row.active };
}

/** A period with its first day, as of today. */
export async function periodNow(ctx: Ctx, period: Period): Promise<{ period: Period; since: PlainDate | null }> {
  return { period, since: periodStart(period, localDate(ctx.now, ctx.profile.zone)) };
}
