import type { Insertable } from 'kysely';
import type { Ctx } from '../../context.ts';
import type { PlaceLevel } from '../model.ts';
import type { PlacesTables } from './tables.ts';

export type NewPlace = Insertable<PlacesTables['places']>;
export type NewSector = Insertable<PlacesTables['sectors']>;

export async function placesAreLoaded(ctx: Ctx): Promise<boolean> {
  return (await ctx.db.selectFrom('places').select('pcode').limit(1).executeTakeFirst()) !== undefined;
}

/** Every place with what it lies within. */
export async function knownPlaces(ctx: Ctx): Promise<Map<string, { level: PlaceLevel; path: string[] }>> {
  const rows = await ctx.db.selectFrom('places').select(['pcode', 'level', 'path']).execute();
  return new Map(rows.map((row) => [row.pcode, { level: row.level, path: row.path }]));
}

export async function insertPlaces(ctx: Ctx, places: NewPlace[]): Promise<void> {
  for (const part of chunks(places, 400)) await ctx.db.insertInto('places').values(part).execute();
}

export async function insertShapes(ctx: Ctx, shapes: { pcode: string; geometry: string }[]): Promise<void> {
  for (const part of chunks(shapes, 200)) await ctx.db.insertInto('placeShapes').values(part).execute();
}

export async function insertSectors(ctx: Ctx, sectors: NewSector[]): Promise<void> {
  await ctx.db.insertInto('sectors').values(sectors).execute();
}

type CalendarFile = { weekend: number[]; holidays: { date: string; code: string; name: { ar: string; en: string; ku: string }; moonSighting: boolean }[] };

export async function insertCalendar(ctx: Ctx, calendar: CalendarFile): Promise<void> {
  await ctx.db.insertInto('calendarSettings').values({ onlyRow: true, weekend: calendar.weekend }).execute();
  const rows = calendar.holidays.map((it) => ({ day: it.date, code: it.code, nameAr: it.name.ar, nameEn: it.name.en, nameKu: it.name.ku, expected: it.moonSighting }));
  if (rows.length > 0) await ctx.db.insertInto('holidays').values(rows).execute();
}

function* chunks<T>(all: T[], size: number): Generator<T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
