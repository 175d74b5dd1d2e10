/** Whole lists as files, a hundred lines at a time, with the place of each line where a map asks for it. */
import { entryPlaces, entryTexts } from '../../intake/server/index.ts';
import { listCommitments } from '../../commitments/server/index.ts';
import { geometriesOf, middlesOf, type Geometry } from '../../places/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { EntryRow, PlaceRow } from '../columns.ts';
import type { SetName, TableQuery } from '../input.ts';
import type { ApiActivity, ApiBodyLine, ApiCommitmentLine, ApiOrganisationLine, ApiSector } from '../views.ts';
import { bodiesPage } from './bodies.ts';
import { commitmentLine } from './commitments.ts';
import { entriesExport } from './entries.ts';
import { activitiesPage, organisationsPage } from './organisations.ts';
import { placesPage, sectorsPage } from './places.ts';

const PART = 100;

export type Rows = { entries: EntryRow; commitments: ApiCommitmentLine; organisations: ApiOrganisationLine; activities: ApiActivity; bodies: ApiBodyLine; places: PlaceRow; sectors: ApiSector };
/** `at` follows the items; null where a line has no place. */
export type Part<Row> = { items: Row[]; next: string | null; at: (Geometry | null)[] };
export type Asked<Name extends SetName> = { origin: string; query: TableQuery[Name]; after: string };

type Exports = { [Name in SetName]: (ctx: Ctx, asked: Asked<Name>) => Promise<Part<Rows[Name]>> };

const EXPORTS: Exports = {
  async entries(ctx, { origin, query, after }) {
    const page = await entriesExport(ctx, { origin, filter: query, after });
    const texts = await entryTexts(ctx, page.items.map((it) => it.number));
    const items = page.items.flatMap((it) => (texts.has(it.number) ? [{ ...it, ...texts.get(it.number)! }] : []));
    return { items, next: page.next, at: await middlesAsPoints(ctx, items.map((it) => it.place?.code ?? null)) };
  },
  async commitments(ctx, { origin, query, after }) {
    const list = await listCommitments(ctx, { ...query, after, limit: PART });
    const places = await entryPlaces(ctx, list.items.map((it) => it.subjectId));
    return { items: list.items.map((it) => commitmentLine(origin, it)), next: list.next, at: await middlesAsPoints(ctx, list.items.map((it) => places.get(it.subjectId) ?? null)) };
  },
  async organisations(ctx, { origin, query, after }) {
    const { items, next } = await organisationsPage(ctx, { origin, query: { ...query, after, limit: String(PART) } });
    return { items, next, at: items.map(() => null) };
  },
  async activities(ctx, { origin, query, after }) {
    const { items, next } = await activitiesPage(ctx, { origin, query: { ...query, after, limit: String(PART) } });
    return { items, next, at: await middlesAsPoints(ctx, items.map((it) => it.place.code)) };
  },
  async bodies(ctx, { origin, query }) {
    const { items } = await bodiesPage(ctx, { origin, query });
    return { items, next: null, at: items.map(() => null) };
  },
  async places(ctx, { query, after }) {
    const page = await placesPage(ctx, { ...query, after, limit: String(PART) });
    const known = await geometriesOf(ctx, page.items.map((it) => it.code));
    const items = page.items.map((it) => ({ ...it, lat: known.get(it.code)?.middle?.lat ?? null, lon: known.get(it.code)?.middle?.lon ?? null }));
    return { items, next: page.next, at: items.map((it) => known.get(it.code)?.geometry ?? null) };
  },
  async sectors(ctx) {
    const { items } = await sectorsPage(ctx);
    return { items, next: null, at: items.map(() => null) };
  },
};

/** The next part of a set. What stands in a place is told by the place's middle, never more exactly. */
export const exportPart = async <Name extends SetName>(ctx: Ctx, input: Asked<Name> & { set: Name }): Promise<Part<Rows[Name]>> => EXPORTS[input.set](ctx, input);

async function middlesAsPoints(ctx: Ctx, codes: readonly (string | null)[]): Promise<(Geometry | null)[]> {
  const middles = await middlesOf(ctx, codes.flatMap((it) => it ?? []));
  return codes.map((code) => {
    const middle = code === null ? undefined : middles.get(code);
    return middle ? { type: 'Point', coordinates: [middle.lon, middle.lat] } : null;
  });
}
