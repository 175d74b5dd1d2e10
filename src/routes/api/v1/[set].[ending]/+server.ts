import { endpoint, preflight, problem } from '#platform/web/api.ts';
import { geojsonAnswer } from '#platform/web/geojson.ts';
import { parse } from '#platform/web/parse.ts';
import { csvAnswer, xlsxAnswer, type Column } from '#platform/web/tables.ts';
import { TABLE_SCHEMAS } from '#features/open-data/input.ts';
import { exportPart } from '#features/open-data/server/index.ts';
import { setOf } from '#features/open-data/sets.ts';
import type { RequestHandler } from './$types';

/** A whole set as a file. */
export const GET: RequestHandler = endpoint(async (event) => {
  const { locals, params, url } = event;
  const set = setOf(params.set);
  const ending = set?.files.find((it) => it === params.ending);
  if (!set || !ending) return problem(404, 'not-found');
  const query = parse(TABLE_SCHEMAS[set.name], Object.fromEntries(url.searchParams));
  const read = (after: string) => locals.ask(exportPart, { set: set.name, origin: locals.origin, query, after });
  if (ending === 'geojson') {
    return geojsonAnswer(event, set.name, async (after) => {
      const { items, at, next } = await read(after);
      return { next, features: items.flatMap((properties, n) => (at[n] ? [{ properties, geometry: at[n] }] : [])) };
    });
  }
  // Lines and columns are of one set: both were taken by its name.
  const table = { name: set.name, columns: set.columns as readonly Column<unknown>[], parts: read, tagged: 'hxl' in query && query.hxl === 'yes' };
  return ending === 'csv' ? csvAnswer(event, table) : xlsxAnswer(event, table);
});
export const OPTIONS: RequestHandler = () => preflight();
