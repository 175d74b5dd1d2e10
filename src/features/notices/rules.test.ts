import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDate } from '#kernel/working-days.ts';
import { afterNight, masked, retryAt, sendAt } from './rules.ts';

const ZONE = 'Asia/Damascus';
const local = (iso: string) => new Date(`${iso}+03:00`);
const hour = (at: Date) => Number(new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone: ZONE }).format(at));

test('nothing leaves between nine in the evening and eight in the morning', () => {
  expect(afterNight(local('2026-11-24T20:59:59'), ZONE)).toEqual(local('2026-11-24T20:59:59'));
  expect(afterNight(local('2026-11-24T21:00:00'), ZONE)).toEqual(local('2026-11-25T08:00:00'));
  expect(afterNight(local('2026-11-25T03:00:00'), ZONE)).toEqual(local('2026-11-25T08:00:00'));
  expect(afterNight(local('2026-11-25T08:00:00'), ZONE)).toEqual(local('2026-11-25T08:00:00'));
});

test('daily leaves the next morning, weekly on Sunday morning', () => {
  const tuesday = local('2026-11-24T12:00:00');
  expect(sendAt({ urgent: false, rhythm: 'daily' }, tuesday, ZONE)).toEqual(local('2026-11-25T08:00:00'));
  expect(sendAt({ urgent: false, rhythm: 'daily' }, local('2026-11-24T05:00:00'), ZONE)).toEqual(local('2026-11-24T08:00:00'));
  expect(sendAt({ urgent: false, rhythm: 'weekly' }, tuesday, ZONE)).toEqual(local('2026-11-29T08:00:00'));
  expect(sendAt({ urgent: false, rhythm: 'weekly' }, local('2026-11-29T08:00:00'), ZONE)).toEqual(local('2026-12-06T08:00:00'));
});

test('urgent news follow no rhythm but the night', () => {
  const rhythm = 'weekly' as const;
  expect(sendAt({ urgent: true, rhythm }, local('2026-11-24T12:00:00'), ZONE)).toEqual(local('2026-11-24T12:00:00'));
  expect(sendAt({ urgent: true, rhythm }, local('2026-11-24T22:00:00'), ZONE)).toEqual(local('2026-11-25T08:00:00'));
});

test('quiet hours are one’s own: also over noon, also none, and urgent ones pass where somebody lets them', () => {
  const noon = { from: 13, to: 16, urgentPasses: true };
  expect(afterNight(local('2026-11-24T14:00:00'), ZONE, noon)).toEqual(local('2026-11-24T16:00:00'));
  expect(afterNight(local('2026-11-24T23:00:00'), ZONE, noon)).toEqual(local('2026-11-24T23:00:00'));
  expect(sendAt({ urgent: true, rhythm: 'daily', quiet: noon }, local('2026-11-24T14:00:00'), ZONE)).toEqual(local('2026-11-24T14:00:00'));
  expect(sendAt({ urgent: false, rhythm: 'each', quiet: { from: 0, to: 0, urgentPasses: false } }, local('2026-11-24T03:00:00'), ZONE)).toEqual(local('2026-11-24T03:00:00'));
  expect(sendAt({ urgent: false, rhythm: 'daily', quiet: { from: 22, to: 10, urgentPasses: false } }, local('2026-11-24T12:00:00'), ZONE)).toEqual(local('2026-11-25T10:00:00'));
});

test('whatever the hours: never in the past, never inside them', () => {
  const moments = fc.date({ min: new Date('2023-01-02T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(fc.property(moments, fc.nat({ max: 23 }), fc.nat({ max: 23 }), fc.constantFrom('each', 'daily', 'weekly'), (now, from, to, rhythm) => {
    const at = sendAt({ urgent: false, rhythm, quiet: { from, to, urgentPasses: false } }, now, ZONE);
    expect(at >= now).toBe(true);
    const inside = from < to ? hour(at) >= from && hour(at) < to : from > to && (hour(at) >= from || hour(at) < to);
    expect(inside).toBe(false);
  }), { numRuns: 300 });
});

test('whatever the moment: never in the past, never at night, within a week and a day', () => {
  const moments = fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true });
  fc.assert(fc.property(moments, fc.boolean(), fc.constantFrom('each', 'daily', 'weekly'), (now, urgent, rhythm) => {
    const at = sendAt({ urgent, rhythm }, now, ZONE);
    expect(at >= now).toBe(true);
    expect(at.getTime() - now.getTime()).toBeLessThanOrEqual(8 * 86_400_000);
    // Until 2022 clocks moved: an hour either way on two days a year.
    if (localDate(now, ZONE) > '2023-01-01') expect(hour(at) >= 8 && hour(at) < 21).toBe(true);
  }), { numRuns: 500 });
});

test('pauses grow, then it is given up', () => {
  const now = new Date(0);
  const minutes = [1, 2, 3, 4, 5, 6].map((attempt) => retryAt(attempt, now)!.getTime() / 60_000);
  expect(minutes).toEqual([1, 5, 30, 120, 480, 1440]);
  expect(retryAt(7, now)).toBeNull();
});

test('a masked address is recognised by its owner and of no use to others', () => {
  expect(masked('salma.hamwi@example.org')).toBe('s…i@example.org');
  expect(masked('+963944555666')).toBe('+96394…66');
});
