import { allow, refuse } from '#kernel/refusal.ts';
import { localDate, type PlainDate } from '#kernel/working-days.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepCalendar } from '../access.ts';
import type { Names } from '../model.ts';
import { isNear, mayBeHoliday, movedTo } from '../rules.ts';
import { feastOf } from './keep-queries.ts';
import { deleteHolidays, insertAnnounced, lockCalendar, saveHoliday, saveWeekend } from './keep-store.ts';
import { CALENDAR } from './subjects.ts';

export type HolidayKey = { day: PlainDate; code: string };

const AS = { role: 'administrator' } as const;

/** Which days of the week are free. Whoever calls it sets running deadlines anew, in the same transaction. */
export async function setWeekend(ctx: Ctx, weekend: readonly number[]): Promise<void> {
  allow(mayKeepCalendar(ctx.actor), 'keep the calendar');
  const before = await lockCalendar(ctx);
  if (before.join() === weekend.join()) return;
  await saveWeekend(ctx, [...weekend]);
  await record(ctx, 'calendar.changed', CALENDAR, { public: true, detail: { weekend: weekend.join(), before: before.join() }, as: AS });
}

/** A day without work, or its name. Whoever calls it sets running deadlines anew, in the same transaction. */
export async function addHoliday(ctx: Ctx, input: { day: PlainDate; names: Names }): Promise<void> {
  allow(mayKeepCalendar(ctx.actor), 'keep the calendar');
  if (!mayBeHoliday(input.day, localDate(ctx.now, ctx.profile.zone))) refuse({ because: 'invalid', fields: { day: 'too-far' } });
  await lockCalendar(ctx);
  const saved = await saveHoliday(ctx, input);
  if (saved === 'same') return;
  await record(ctx, 'calendar.changed', CALENDAR, { public: true, detail: { day: input.day, holiday: true, renamed: saved === 'renamed' }, content: { name: input.names.ar }, as: AS });
}

/** A day becomes a working day. Whoever calls it sets running deadlines anew, in the same transaction. */
export async function removeHoliday(ctx: Ctx, input: HolidayKey): Promise<void> {
  allow(mayKeepCalendar(ctx.actor), 'keep the calendar');
  await lockCalendar(ctx);
  if (!(await deleteHolidays(ctx, input.code, [input.day]))) refuse({ because: 'not-found', what: 'holiday' });
  await record(ctx, 'calendar.changed', CALENDAR, { public: true, detail: { day: input.day, code: input.code, holiday: false }, as: AS });
}

/**
 * The first day of an expected feast was announced: all its days move with it and are expected no more. Whoever calls it
 * sets running deadlines anew, in the same transaction.
 */
export async function announceFeast(ctx: Ctx, input: HolidayKey & { announced: PlainDate }): Promise<void> {
  allow(mayKeepCalendar(ctx.actor), 'keep the calendar');
  await lockCalendar(ctx);
  const { names, days } = (await feastOf(ctx, input)) ?? refuse({ because: 'not-found', what: 'holiday' });
  if (!isNear(days[0]!, input.announced)) refuse({ because: 'invalid', fields: { announced: 'too-far' } });
  await deleteHolidays(ctx, input.code, days);
  await insertAnnounced(ctx, input.code, names, movedTo(days, input.announced));
  await record(ctx, 'calendar.changed', CALENDAR, { public: true, detail: { code: input.code, expected: days[0]!, announced: input.announced, days: days.length }, content: { name: names.ar }, as: AS });
}
