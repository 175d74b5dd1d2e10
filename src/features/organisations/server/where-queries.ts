import { sql } from 'kysely';
import { lexiconOf } from '../../lexicon/server/index.ts';
import { allSectors, placesOfLevel } from '../../places/server/index.ts';
import { commitmentsByIds } from '../../commitments/server/index.ts';
import type { Ctx } from '../../context.ts';
import { matchOrganisations as ranked, type Candidate, type Match } from '../match.ts';
import { standingOf } from '../rules.ts';
import { partRecord } from '../track.ts';
import type { OrganisationLine } from '../views.ts';
import { matrixOf, type Matrix, type Presence } from '../where.ts';
import { isShown, toLines } from './list-queries.ts';
import { COLUMNS, today, toOrganisation } from './store.ts';

const MOST = 2_000;
const familyOf = (code: string): string => code.split('.')[0]!;

/**
 * Who does what where, by main sector and district: what organisations say of themselves, and their activities that are not over. Whoever works
 * in the whole governorate stands in every district.
 */
export async function whoDoesWhatWhere(ctx: Ctx): Promise<Matrix> {
  const districts = (await placesOfLevel(ctx, 'district')).map((it) => it.code as string);
  const sectors = (await allSectors(ctx)).filter((it) => it.parent === null).map((it) => it.code as string);
  const { rows } = await sql<{ number: string; sector: string; path: string[]; people: number | null }>`
    select o.number, s.code as sector, p.path, null::int as people from organisations o cross join unnest(o.sectors) as s(code) cross join unnest(o.places) as l(code) join places p on p.pcode = l.code where ${isShown} and o.state <> 'suspended'
    union all select o.number, a.sector, p.path, a.targeted from organisation_activities a join organisations o on o.id = a.organisation_id join places p on p.pcode = a.place
      where ${isShown} and o.state <> 'suspended' and a.state <> 'done' limit ${sql.lit(MOST * 10)}`.execute(ctx.db);
  const presences = rows.flatMap((row): Presence[] => {
    const areas = row.path[1] ? [row.path[1]] : districts;
    // People of an activity in the whole governorate belong to no single district.
    return areas.map((area) => ({ number: row.number, sector: familyOf(row.sector), area, people: areas.length > 1 ? null : row.people }));
  });
  return matrixOf(presences, { sectors, areas: districts }, ctx.profile.suppressBelow);
}

export type WantedHelp = { sectors: readonly string[]; place: string; words: string };
export type FoundHelp = { organisation: OrganisationLine; match: Match };
const SHOWN = 20;

/** Organisations that could help with this, best first, each with its reasons. */
export async function matchingOrganisations(ctx: Ctx, wanted: WantedHelp): Promise<FoundHelp[]> {
  const placePath = wanted.place ? ((await ctx.db.selectFrom('places').select('path').where('pcode', '=', wanted.place).executeTakeFirst())?.path ?? []) : [];
  const rows = await ctx.db.selectFrom('organisations as o').select(COLUMNS.map((it) => `o.${it}` as const)).where(isShown).where('o.state', '<>', 'suspended').orderBy('o.id').limit(MOST).execute();
  const paths = new Map((await placePaths(ctx, [...new Set(rows.flatMap((row) => row.places))])).map((row) => [row.pcode, row.path]));
  const records = await recordsOf(ctx, rows.map((row) => row.id));
  const candidates = rows.map((row): Candidate => {
    const it = toOrganisation(row);
    return { number: it.number, kind: it.kind!, standing: standingOf(it, today(ctx)), sectors: it.sectors, placePaths: it.places.flatMap((code) => (paths.has(code) ? [paths.get(code)!] : [])), skills: [...it.expertise, ...it.services], record: records.get(it.id) ?? partRecord([], ctx.profile.zone), answerDays: it.answerDays };
  });
  const matches = ranked({ sectors: wanted.sectors, placePath, words: wanted.words }, candidates, await lexiconOf(ctx)).slice(0, SHOWN);
  const lines = await toLines(ctx, matches.map((match) => rows.find((row) => row.number === match.number)!));
  return matches.map((match, at) => ({ organisation: lines[at]!, match }));
}

async function placePaths(ctx: Ctx, codes: readonly string[]): Promise<{ pcode: string; path: string[] }[]> {
  return codes.length === 0 ? [] : ctx.db.selectFrom('places').select(['pcode', 'path']).where('pcode', 'in', [...codes]).execute();
}

async function recordsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Candidate['record']>> {
  if (ids.length === 0) return new Map();
  const parts = await ctx.db.selectFrom('organisationParts').select(['organisationId', 'commitmentId']).where('organisationId', 'in', [...ids]).where('agreedAt', 'is not', null).limit(MOST).execute();
  const promises = new Map((await commitmentsByIds(ctx, [...new Set(parts.map((part) => part.commitmentId))])).map((it) => [it.id, it]));
  const byOrganisation = Map.groupBy(parts, (part) => part.organisationId);
  return new Map([...byOrganisation].map(([id, own]) => [id, partRecord(own.flatMap((part) => promises.get(part.commitmentId) ?? []), ctx.profile.zone)]));
}
