import * as fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Refused } from '#kernel/refusal.ts';
import { dayFrom, HolidayKeySchema, LONGEST_NAME, readAnnounced, readHoliday, WeekendSchema } from './input.ts';
import { SiteSchema } from './site.ts';

const good = { 'day-day': '8', 'day-month': '12', 'day-year': '2027', 'name-ar': 'عيد', 'name-en': '', 'name-ku': '' };
const fieldsOf = (work: () => unknown): Record<string, string> => {
  try {
    work();
    return {};
  } catch (error) {
    const { refusal } = error as Refused;
    return refusal.because === 'invalid' ? refusal.fields : { refusal: refusal.because };
  }
};

test.each([['8', '12', '2027'], ['٨', '١٢', '٢٠٢٧'], ['۰۸', '۱۲', '۲۰۲۷'], [' 08 ', '12', '2027']])('%s %s %s is one day', (day, month, year) => {
  expect(readHoliday({ ...good, 'day-day': day, 'day-month': month, 'day-year': year }).day).toBe('2027-12-08');
});

test.each([['30', '2', '2027'], ['0', '1', '2027'], ['1', '13', '2027'], ['', '', ''], ['1', '1', '27'], ['1', '1', '1999'], ['-1', '1', '2027'], ['1'.repeat(20), '1', '2027']])('%s/%s/%s is no day', (day, month, year) => {
  const values = { ...good, 'day-day': day, 'day-month': month, 'day-year': year };
  expect(dayFrom(values, 'day')).toBeNull();
  expect(fieldsOf(() => readHoliday(values))).toEqual({ day: 'not-a-date' });
});

test('all that is wrong is said at once, each beside its field', () => {
  expect(fieldsOf(() => readHoliday({ 'name-ar': 'ع', 'name-en': 'x'.repeat(LONGEST_NAME + 1) }))).toEqual({ day: 'not-a-date', 'name-ar': 'too-short', 'name-en': 'too-long' });
  expect(fieldsOf(() => readAnnounced({}))).toEqual({ announced: 'not-a-date' });
});

test('whatever is sent, a holiday is read or refused', () => {
  const values = fc.dictionary(fc.constantFrom(...Object.keys(good)), fc.string({ unit: 'binary', maxLength: 30 }));
  fc.assert(fc.property(values, (it) => {
    const fields = fieldsOf(() => readHoliday(it));
    expect(Object.keys(fields).every((field) => ['day', 'name-ar', 'name-en', 'name-ku'].includes(field))).toBe(true);
  }));
});

test('a week keeps three working days; the problem is said at the boxes', () => {
  expect(v.parse(WeekendSchema, { weekend: ['6', '5', '6'] }).weekend).toEqual([5, 6]);
  // A form that says nothing moves no deadline.
  expect(v.safeParse(WeekendSchema, { weekend: [] }).issues?.[0].message).toBe('required');
  const issue = v.safeParse(WeekendSchema, { weekend: ['0', '1', '2', '3', '4'] }).issues?.[0];
  expect([issue && v.getDotPath(issue), issue?.message]).toEqual(['weekend', 'too-many']);
  for (const bad of ['7', '-1', 'friday', '']) expect(v.is(WeekendSchema, { weekend: [bad] })).toBe(false);
});

test.each([[{ day: '2027-02-30', code: 'eid' }], [{ day: '2027-03-09', code: '../x' }], [{ code: 'eid' }], [{}]])('%o names no holiday', (key) => {
  expect(v.is(HolidayKeySchema, key)).toBe(false);
});

test('a translation without its Arabic text is refused beside the Arabic one', () => {
  const problems = (values: object) => (v.safeParse(SiteSchema, values).issues ?? []).map((it) => [v.getDotPath(it), it.message]);
  expect(problems({ 'rules-ku': 'Bi rêzdarî binivîse' })).toEqual([['rules-ar', 'required']]);
  expect(problems({ 'runBy-ar': 'ا'.repeat(301) })).toEqual([['runBy-ar', 'too-long']]);
  expect(problems({ opened: 'maybe' })).toEqual([['opened', 'invalid']]);
  expect(v.parse(SiteSchema, {})).toEqual({ opened: false, runBy: null, privacy: null, rules: null });
});
