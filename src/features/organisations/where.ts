/** Who does what where, as a table of sectors and places. Pure. */
export type Presence = { number: string; sector: string; /** an area of the level that is shown */ area: string; /** people whom it serves there, as far as it says so */ people: number | null };
export type Cell = { organisations: number; people: number | null };
export type Matrix = { sectors: string[]; areas: string[]; cells: Record<string, Cell>; rows: Record<string, Cell>; columns: Record<string, Cell>; all: Cell };

export const cellKey = (sector: string, area: string): string => `${sector} ${area}`;

/**
 * Each organisation once a cell. Counts of organisations are exact. People are told only where they are at least `least`; and where a row or
 * a column holds a cell of which nothing is told, its total is kept back too: the hidden number could be subtracted out.
 */
export function matrixOf(presences: readonly Presence[], order: { sectors: readonly string[]; areas: readonly string[] }, least: number): Matrix {
  const sectors = order.sectors.filter((code) => presences.some((it) => it.sector === code));
  const areas = order.areas.filter((code) => presences.some((it) => it.area === code));
  const cells: Record<string, Cell> = {};
  for (const sector of sectors) for (const area of areas) {
    const here = presences.filter((it) => it.sector === sector && it.area === area);
    if (here.length > 0) cells[cellKey(sector, area)] = cellOf(here, least);
  }
  const line = (is: (it: Presence) => boolean, keys: readonly string[]): Cell => {
    const total = cellOf(presences.filter(is), least);
    return hides(keys, cells) ? { ...total, people: null } : total;
  };
  const rows = Object.fromEntries(sectors.map((sector) => [sector, line((it) => it.sector === sector, areas.map((area) => cellKey(sector, area)))]));
  const columns = Object.fromEntries(areas.map((area) => [area, line((it) => it.area === area, sectors.map((sector) => cellKey(sector, area)))]));
  const known = (it: Presence) => sectors.includes(it.sector) && areas.includes(it.area);
  const all = cellOf(presences.filter(known), least);
  const hidden = Object.values(cells).some((it) => it.people === null) || Object.values(rows).some((it) => it.people === null) || Object.values(columns).some((it) => it.people === null);
  return { sectors, areas, cells, rows, columns, all: hidden ? { ...all, people: null } : all };
}

function cellOf(here: readonly Presence[], least: number): Cell {
  const said = here.filter((it) => it.people !== null);
  const people = said.reduce((sum, it) => sum + it.people!, 0);
  return { organisations: new Set(here.map((it) => it.number)).size, people: said.length > 0 && people >= least ? people : null };
}

/** A cell without people and a cell with too few look the same: both keep the total back. */
const hides = (keys: readonly string[], cells: Record<string, Cell>): boolean => keys.some((key) => cells[key] !== undefined && cells[key].people === null);
