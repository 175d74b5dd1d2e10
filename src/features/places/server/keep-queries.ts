import { allow } from '#kernel/refusal.ts';
import { localDate, type PlainDate } from '#kernel/working-days.ts';
import { historyOf } from '../../record/server/index.ts';
import type { RecordedAct } from '../../record/model.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepCalendar, mayKeepPlaces } from '../access.ts';
import type { Holiday, Names, PlaceLevel } from '../model.ts';
import { mayBeAnnounced, reachOf, runAround, type Reach } from '../rules.ts';
import { fingerprint } from './fingerprint.ts';
import { placeSubject } from './subjects.ts';

/** The calendar as people keep it: every holiday with its names, by day. It is public. */
export async function calendarPage(ctx: Ctx): Promise<{ weekend: number[]; holidays: (Holiday & { awaited: boolean })[] }> {
  const today = localDate(ctx.now, ctx.profile.zone);
  const settings = await ctx.db.selectFrom('calendarSettings').select('weekend').executeTakeFirst();
  const rows = await ctx.db.selectFrom('holidays').selectAll().orderBy('day').orderBy('code').execute();
  return { weekend: settings?.weekend ?? [], holidays: rows.map(toHoliday).map((it) => ({ ...it, awaited: mayBeAnnounced(it, today) })) };
}

type HolidayRow = { day: string; code: string; nameAr: string; nameEn: string; nameKu: string; expected: boolean };
const toHoliday = (row: HolidayRow): Holiday => ({ day: row.day as PlainDate, code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu }, expected: row.expected });

/** Whether the list of holidays reaches far enough for the deadlines that run. */
export async function calendarReach(ctx: Ctx): Promise<Reach> {
  return reachOf((await calendarPage(ctx)).holidays, localDate(ctx.now, ctx.profile.zone));
}

export type Feast = { code: string; names: Names; days: PlainDate[] };

/** The expected days around one of them, as one feast; null when that day is expected no more. */
export async function feastOf(ctx: Ctx, input: { day: PlainDate; code: string }): Promise<Feast | null> {
  allow(mayKeepCalendar(ctx.actor), 'keep the calendar');
  const rows = (await ctx.db.selectFrom('holidays').selectAll().where('code', '=', input.code).where('expected', '=', true).orderBy('day').execute()).map(toHoliday);
  const days = runAround(rows.map((it) => it.day), input.day);
  const first = rows.find((it) => it.day === days[0]);
  return first ? { code: input.code, names: first.names, days } : null;
}

export type KeptPlace = { code: string; level: PlaceLevel; names: Names; active: boolean; seen: string; history: RecordedAct[] };

/** One place with its names as they are written, untranslated, and what became of them. */
export async function keptPlace(ctx: Ctx, code: string): Promise<KeptPlace | null> {
  allow(mayKeepPlaces(ctx.actor), 'keep places');
  const row = await ctx.db.selectFrom('places').select(['pcode', 'level', 'nameAr', 'nameEn', 'nameKu', 'active']).where('pcode', '=', code).executeTakeFirst();
  if (!row) return null;
  const history = await historyOf(ctx, { subjects: [placeSubject(code).id], publicOnly: true });
  const names = { ar: row.nameAr, en: row.nameEn, ku: row.nameKu };
  return { code: row.pcode, level: row.level, names, active: row.active, seen: fingerprint(names), history };
}

/** Places that are no longer offered, to be brought back. */
export async function inactivePlaces(ctx: Ctx): Promise<{ code: string; names: Names }[]> {
  allow(mayKeepPlaces(ctx.actor), 'keep places');
  const rows = await ctx.db.selectFrom('places').select(['pcode', 'nameAr', 'nameEn', 'nameKu']).where('active', '=', false).orderBy('nameAr').limit(200).execute();
  return rows.map((row) => ({ code: row.pcode, names: { ar: row.nameAr, en: row.nameEn || row.nameAr, ku: row.nameKu || row.nameEn || row.nameAr } }));
}
