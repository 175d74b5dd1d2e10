/** What staff do on the way of a journey that is about something else. */
import { expect } from '@playwright/test';
import { localDate } from '#kernel/working-days.ts';
import { fill, open, press, type Reader } from './walk.ts';

/** A working day of the test governorate, some days from now. */
export function workingDayIn(days: number): string {
  const day = new Date(`${localDate(new Date(), 'Asia/Beirut')}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  while ([0, 6].includes(day.getUTCDay())) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

export async function promise(it: Reader, what: string, due: string): Promise<void> {
  const [year, month, day] = due.split('-').map(Number);
  await fill(it, 'what-1', what);
  await fill(it, 'due-1-day', String(day));
  await it.page.locator('select[name=due-1-month]').selectOption(String(month));
  await fill(it, 'due-1-year', String(year));
}

/** An officer accepts, with one promise, and sends it on. */
export async function answer(it: Reader, number: string, { what, due }: { what: string; due: string }): Promise<void> {
  await open(it, `/desk/n/${number}/answer`);
  await it.page.locator('input[name=outcome][value=accepted]').check();
  await fill(it, 'summary', 'نقبلها وننفّذها في موعدها.');
  await fill(it, 'reason', 'عاينت الورشة المكان ووجدت الحاجة كما وُصفت.');
  await promise(it, what, due);
  await press(it, it.w.t('answers.save'));
  await press(it, it.w.t('answers.send'));
}

export async function approve(it: Reader, number: string): Promise<void> {
  await open(it, '/desk/approvals');
  await it.page.locator('#main li', { hasText: number }).getByRole('link').first().click();
  await press(it, it.w.t('answers.approve'));
  await expect(it.page.getByRole('button', { name: it.w.t('answers.approve'), exact: true })).toHaveCount(0);
}
