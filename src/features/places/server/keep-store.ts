/** Writes to places, the calendar and the site's settings; each row is locked first. */
import { sql } from 'kysely';
import { norm } from '#engines/text/index.ts';
import { refuse } from '#kernel/refusal.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import type { Ctx } from '../../context.ts';
import type { Names } from '../model.ts';

/** One at a time: the calendar is one thing, whatever part of it changes. Returns the weekend as it stood. */
export async function lockCalendar(ctx: Ctx): Promise<number[]> {
  return (await ctx.db.selectFrom('calendarSettings').select('weekend').forUpdate().executeTakeFirstOrThrow()).weekend;
}

export async function saveWeekend(ctx: Ctx, weekend: number[]): Promise<void> {
  await ctx.db.updateTable('calendarSettings').set({ weekend }).execute();
}

const ADDED = 'added';

/** A day that was added before gets its name brought up to date; a holiday of the law on the same day stays beside it. */
export async function saveHoliday(ctx: Ctx, it: { day: PlainDate; names: Names }): Promise<'added' | 'renamed' | 'same'> {
  const row = { nameAr: it.names.ar, nameEn: it.names.en, nameKu: it.names.ku };
  const before = await ctx.db.selectFrom('holidays').select(['nameAr', 'nameEn', 'nameKu']).where('day', '=', it.day).where('code', '=', ADDED).executeTakeFirst();
  if (before && JSON.stringify(before) === JSON.stringify(row)) return 'same';
  await ctx.db.insertInto('holidays').values({ day: it.day, code: ADDED, ...row, expected: false }).onConflict((on) => on.columns(['day', 'code']).doUpdateSet(row)).execute();
  return before ? 'renamed' : 'added';
}

/** False when none of the days was this holiday. */
export async function deleteHolidays(ctx: Ctx, code: string, days: readonly PlainDate[]): Promise<boolean> {
  return (await ctx.db.deleteFrom('holidays').where('code', '=', code).where('day', 'in', [...days]).executeTakeFirst()).numDeletedRows > 0n;
}

export async function insertAnnounced(ctx: Ctx, code: string, names: Names, days: readonly PlainDate[]): Promise<void> {
  const rows = days.map((day) => ({ day, code, nameAr: names.ar, nameEn: names.en, nameKu: names.ku, expected: false }));
  await ctx.db.insertInto('holidays').values(rows).onConflict((on) => on.columns(['day', 'code']).doUpdateSet({ expected: false })).execute();
}

export async function lockPlace(ctx: Ctx, code: string): Promise<{ names: Names; active: boolean }> {
  const row = await ctx.db.selectFrom('places').select(['nameAr', 'nameEn', 'nameKu', 'active']).where('pcode', '=', code).forUpdate().executeTakeFirst();
  if (!row) return refuse({ because: 'not-found', what: 'place' });
  return { names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu }, active: row.active };
}

/** The old spellings stay findable: letters and papers carry them for years. */
export async function savePlaceNames(ctx: Ctx, code: string, names: Names, before: Names): Promise<void> {
  const words = [names.ar, names.en, names.ku, before.ar, before.en, before.ku].filter((name, at, all) => name !== '' && all.indexOf(name) === at);
  await ctx.db.updateTable('places').set({ nameAr: names.ar, nameEn: names.en, nameKu: names.ku, searchNorm: norm(words.join(' ')) }).where('pcode', '=', code).execute();
}

export async function savePlaceActive(ctx: Ctx, code: string, active: boolean): Promise<void> {
  await ctx.db.updateTable('places').set({ active }).where('pcode', '=', code).execute();
}

export async function saveSetting(ctx: Ctx, name: string, value: unknown): Promise<void> {
  const row = { name, value: JSON.stringify(value) };
  await ctx.db.insertInto('siteSettings').values(row).onConflict((it) => it.column('name').doUpdateSet({ value: row.value })).execute();
}

const SETTINGS = 827_161;

/** Settings have no row before they are first set, so an advisory lock stands for all of them. */
export async function lockSettings(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${SETTINGS})`.execute(ctx.db);
}
