/** How large the sets are and what their files weigh: measured on their first lines, and again after ten minutes. */
import { geojsonStream } from '#platform/web/geojson.ts';
import { csvStream, xlsxFile, type Column } from '#platform/web/tables.ts';
import { parse } from '#platform/web/parse.ts';
import { TABLE_SCHEMAS } from '#features/open-data/input.ts';
import { exportPart, setSize } from '#features/open-data/server/index.ts';
import type { Ending, OpenSet } from '#features/open-data/sets.ts';

export type Facts = { rows: number; changedAt: Date | null; bytes: Record<Ending | 'json', number> };

const MEASURED_PARTS = 5;
const LASTS_MS = 10 * 60_000;
const known = new Map<string, { at: number; facts: Promise<Facts> }>();

export function factsOf(locals: App.Locals, set: OpenSet): Promise<Facts> {
  const found = known.get(set.name);
  if (found && Date.now() - found.at < LASTS_MS) return found.facts;
  const facts = measure(locals, set);
  known.set(set.name, { at: Date.now(), facts });
  // What could not be measured is tried again by the next reader.
  facts.catch(() => known.delete(set.name));
  return facts;
}

async function measure(locals: App.Locals, set: OpenSet): Promise<Facts> {
  const size = await locals.ask(setSize, set.name);
  const parts = await firstParts(locals, set);
  const read = async (after: string) => ({ ...parts[Number(after || 0)]!, next: Number(after || 0) + 1 < parts.length ? String(Number(after || 0) + 1) : null });
  const columns = set.columns as readonly Column<unknown>[];
  const measured = parts.reduce((sum, part) => sum + part.items.length, 0);
  const whole = (bytes: number): number => Math.round(bytes * (measured === 0 ? 1 : Math.max(1, size.rows / measured)));
  const features = async (after: string) => {
    const part = await read(after);
    return { next: part.next, features: part.items.flatMap((it, n) => (part.at[n] ? [{ properties: it as object, geometry: part.at[n] }] : [])) };
  };
  return {
    ...size,
    bytes: {
      csv: whole(await lengthOf(csvStream(columns, read))), xlsx: whole((await xlsxFile(columns, read)).length), geojson: whole(await lengthOf(geojsonStream(features))),
      json: whole(Buffer.byteLength(JSON.stringify(parts.flatMap((part) => part.items)))),
    },
  };
}

type Part = { items: readonly unknown[]; at: readonly (object | null)[]; next: string | null };

async function firstParts(locals: App.Locals, set: OpenSet): Promise<Part[]> {
  const query = parse(TABLE_SCHEMAS[set.name], {});
  const parts: Part[] = [];
  for (let after: string | null = ''; after !== null && parts.length < MEASURED_PARTS;) {
    const part: Part = await locals.ask(exportPart, { set: set.name, origin: locals.origin, query, after });
    parts.push(part);
    after = part.next;
  }
  return parts;
}

async function lengthOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const part of stream) bytes += part.length;
  return bytes;
}
