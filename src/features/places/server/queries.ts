import type { Calendar } from '#kernel/working-days.ts';
import type { PlaceCode, SectorCode } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import type { Names, Sector } from '../model.ts';
import { named } from './search-queries.ts';

/** The working calendar in force now. */
export async function workingCalendar(ctx: Ctx): Promise<Calendar> {
  return ctx.remember('calendar', async () => {
    const [settings, holidays] = [
      await ctx.db.selectFrom('calendarSettings').select('weekend').executeTakeFirst(),
      await ctx.db.selectFrom('holidays').select(['day', 'nameAr']).execute(),
    ];
    return { weekend: settings?.weekend ?? [5, 6], holidays: new Map(holidays.map((it) => [it.day, it.nameAr])), zone: ctx.profile.zone };
  });
}

export async function allSectors(ctx: Ctx): Promise<Sector[]> {
  const rows = await ctx.remember('sectors', () => ctx.db.selectFrom('sectors').selectAll().orderBy('position').execute());
  return rows.map((row) => ({ code: row.code as SectorCode, parent: row.parent as SectorCode | null, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu } }));
}

/** Names by code; unknown codes are left out. */
export async function placeNames(ctx: Ctx, codes: readonly string[]): Promise<Map<PlaceCode, Names>> {
  if (codes.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('places').select(['pcode', 'nameAr', 'nameEn', 'nameKu']).where('pcode', 'in', [...codes]).execute();
  return new Map(rows.map((row) => [row.pcode as PlaceCode, named(row.nameAr, row.nameEn, row.nameKu)]));
}
