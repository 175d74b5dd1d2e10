/** Maps drawn on the server: outlines as SVG paths in whole pixels, kept in memory because outlines hardly ever change. */
import { geoMercator, type GeoProjection } from 'd3-geo';
import type { Ctx } from '../../context.ts';
import { areaLines, outlines, type Area, type AreaLine, type Outline } from './place-queries.ts';

/** `at` is where a name may stand: the middle of the largest ring. */
export type Drawing = { d: string; at: [number, number] };
export type DrawnPlace = AreaLine & Drawing;
export type DrawnMap = { width: number; height: number; places: DrawnPlace[] };
type Sheet = { width: number; height: number; drawings: ReadonlyMap<string, Drawing> };

type Point = [number, number];
type Geometry = { type: 'Polygon'; coordinates: Point[][] } | { type: 'MultiPolygon'; coordinates: Point[][][] };

const sheets = new Map<string, Sheet>();

/** Null when no place of this level has an outline: profiles may come without. */
export async function drawMap(ctx: Ctx, input: Area & { width: number }): Promise<DrawnMap | null> {
  const key = `${ctx.profile.code} ${input.level} ${input.within ?? ''} ${input.width}`;
  const lines = await areaLines(ctx, input);
  if (lines.length === 0) return null;
  let sheet = sheets.get(key);
  if (!sheet) sheets.set(key, (sheet = draw(await outlines(ctx, input), input.width)));
  const { drawings, ...size } = sheet;
  return { ...size, places: lines.flatMap((line) => drawings.get(line.code) ? [{ ...line, ...drawings.get(line.code)! }] : []) };
}

export function draw(places: readonly Outline[], width: number): Sheet {
  const all = { type: 'FeatureCollection' as const, features: places.map((it) => ({ type: 'Feature' as const, properties: {}, geometry: it.geometry as Geometry })) };
  const projection = geoMercator().fitWidth(width, all);
  const rows = places.map((it) => ({ code: it.code, rings: ringsOf(it.geometry as Geometry).map((ring) => pixels(ring, projection)).filter((ring) => ring.length > 2) }));
  const height = Math.max(1, ...rows.flatMap((row) => row.rings.flat().map(([, y]) => y)));
  return {
    width, height,
    drawings: new Map(rows.filter((row) => row.rings.length > 0).map(({ code, rings }) => [code, { d: rings.map(pathOf).join(''), at: middle(rings) }])),
  };
}

const ringsOf = (it: Geometry): Point[][] => (it.type === 'Polygon' ? it.coordinates : it.coordinates.flat());

/** The ring in whole pixels, without points that fall together or lie on the way between their neighbours. */
function pixels(ring: readonly Point[], projection: GeoProjection): Point[] {
  const kept: Point[] = [];
  for (const point of ring) {
    const at = projection(point);
    if (!at) continue;
    const [x, y] = [Math.round(at[0]), Math.round(at[1])];
    const [before, last] = [kept.at(-2), kept.at(-1)];
    if (last && last[0] === x && last[1] === y) continue;
    if (before && last && (last[0] - before[0]) * (y - last[1]) === (last[1] - before[1]) * (x - last[0])) kept.pop();
    kept.push([x, y]);
  }
  return kept;
}

/** Relative steps are half as long as absolute places, and a page of forty outlines is mostly steps. */
function pathOf(ring: readonly Point[]): string {
  const [first, ...rest] = ring as [Point, ...Point[]];
  let [x, y] = first;
  let d = `M${x} ${y}l`;
  for (const [at, point] of rest.entries()) {
    const [dx, dy] = [point[0] - x, point[1] - y];
    d += `${at > 0 && dx >= 0 ? ' ' : ''}${dx}${dy >= 0 ? ' ' : ''}${dy}`;
    [x, y] = point;
  }
  return `${d}z`;
}

function middle(rings: readonly Point[][]): [number, number] {
  const largest = rings.reduce((a, b) => (Math.abs(areaOf(b)) > Math.abs(areaOf(a)) ? b : a));
  const area = areaOf(largest);
  if (area === 0) return largest[0]!;
  let [x, y] = [0, 0];
  for (const [at, [x0, y0]] of largest.entries()) {
    const [x1, y1] = largest[(at + 1) % largest.length]!;
    const cross = x0 * y1 - x1 * y0;
    x += (x0 + x1) * cross;
    y += (y0 + y1) * cross;
  }
  return [Math.round(x / (6 * area)), Math.round(y / (6 * area))];
}

function areaOf(ring: readonly Point[]): number {
  return ring.reduce((sum, [x0, y0], at) => {
    const [x1, y1] = ring[(at + 1) % ring.length]!;
    return sum + (x0 * y1 - x1 * y0) / 2;
  }, 0);
}
