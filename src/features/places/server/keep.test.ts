import { expect, test } from 'vitest';
import type { PlainDate } from '#kernel/working-days.ts';
import { VISITOR, world, type TestPerson } from '#testing/world.ts';
import type { Who } from '#platform/doors.ts';
import { historyOf } from '../../record/server/index.ts';
import { NO_SITE } from '../site.ts';
import { CALENDAR, placeSubject, SITE } from './subjects.ts';
import {
  addHoliday, announceFeast, calendarPage, feastOf, inactivePlaces, keepSite, keptPlace, keptSite, placeByCode, placesByName, removeHoliday, renamePlace, searchPlaces, setPlaceActive, setWeekend, siteSettings, workingCalendar,
} from './index.ts';

const given = await world({ profile: 'aleppo' });
const administrator = await given.person([{ role: 'administrator' }]);
const registry = await given.person([{ role: 'registry' }]);
const body = await given.body();
const refused = (because: string) => ({ refusal: { because } });
const date = (text: string) => text as PlainDate;
const names = (ar: string) => ({ ar, en: '', ku: '' });
const acts = (id: string) => given.ask(historyOf, { subjects: [id], publicOnly: true });
const daysOf = async (code: string, year: string) => (await given.ask(calendarPage, undefined)).holidays.filter((it) => it.code === code && it.day.startsWith(year));
const strangers: (Who | TestPerson)[] = [
  VISITOR, await given.person(), await given.person([{ role: 'coordinator' }]), await given.person([{ role: 'officer', body }]), await given.person([{ role: 'administrator' }], { assurance: 'one' }),
];

test('the calendar and the site are the administrators’ alone; places are the registry’s too', async () => {
  for (const who of [...strangers, registry]) {
    const as = given.as(who);
    await expect(as.act(setWeekend, [5])).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.act(addHoliday, { day: date('2027-01-02'), names: names('عطلة') })).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.act(removeHoliday, { day: date('2026-12-25'), code: 'christmas' })).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.act(announceFeast, { day: date('2027-03-09'), code: 'eid-al-fitr', announced: date('2027-03-10') })).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.act(keepSite, { ...NO_SITE, opened: true, seen: '' })).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.ask(keptSite, undefined)).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.ask(feastOf, { day: date('2027-03-09'), code: 'eid-al-fitr' })).rejects.toMatchObject(refused('not-allowed'));
  }
  for (const who of strangers) {
    const as = given.as(who);
    await expect(as.act(renamePlace, { code: 'SY02', names: names('حلب'), seen: '' })).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.act(setPlaceActive, { code: 'SY02', active: false })).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.ask(keptPlace, 'SY02')).rejects.toMatchObject(refused('not-allowed'));
    await expect(as.ask(inactivePlaces, undefined)).rejects.toMatchObject(refused('not-allowed'));
  }
  expect(await acts(CALENDAR.id)).toEqual([]);
});

test('a feast is expected until its day is announced: then all its days move, and are expected no more', async () => {
  expect((await daysOf('eid-al-fitr', '2027')).map((it) => [it.day, it.expected])).toEqual([['2027-03-09', true], ['2027-03-10', true], ['2027-03-11', true]]);
  expect(await given.as(administrator).ask(feastOf, { day: date('2027-03-11'), code: 'eid-al-fitr' })).toMatchObject({ days: ['2027-03-09', '2027-03-10', '2027-03-11'] });
  await given.as(administrator).act(announceFeast, { day: date('2027-03-10'), code: 'eid-al-fitr', announced: date('2027-03-10') });
  expect((await daysOf('eid-al-fitr', '2027')).map((it) => [it.day, it.expected])).toEqual([['2027-03-10', false], ['2027-03-11', false], ['2027-03-12', false]]);
  const { holidays } = await given.ask(workingCalendar, undefined);
  expect(['2027-03-09', '2027-03-12'].map((day) => (holidays as Map<string, string>).has(day))).toEqual([false, true]);
  expect((await acts(CALENDAR.id)).at(-1)).toMatchObject({ kind: 'calendar.changed', role: 'administrator', detail: { code: 'eid-al-fitr', expected: '2027-03-09', announced: '2027-03-10', days: 3 }, content: { name: 'عيد الفطر' } });
});

test('a feast announced for the expected day is confirmed where it stands; the same holiday of another year is untouched', async () => {
  await given.as(administrator).act(announceFeast, { day: date('2027-05-16'), code: 'eid-al-adha', announced: date('2027-05-16') });
  expect((await daysOf('eid-al-adha', '2027')).map((it) => it.expected)).toEqual([false, false, false, false]);
  expect((await daysOf('eid-al-adha', '2026')).map((it) => it.expected)).toEqual([true, true, true, true]);
});

test('of five who announce a feast at once, one does; a day far off, or a feast that is not expected, is refused', async () => {
  const announce = (announced: string) => given.as(administrator).act(announceFeast, { day: date('2027-08-14'), code: 'mawlid', announced: date(announced) });
  await expect(announce('2027-08-20')).rejects.toMatchObject({ refusal: { because: 'invalid', fields: { announced: 'too-far' } } });
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => announce('2027-08-15')));
  expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  expect((await daysOf('mawlid', '2027')).map((it) => it.day)).toEqual(['2027-08-15']);
  await expect(given.as(administrator).act(announceFeast, { day: date('2027-12-25'), code: 'christmas', announced: date('2027-12-24') })).rejects.toMatchObject(refused('not-found'));
});

test('two holidays may share a day: removing one leaves the other', async () => {
  const shared = async () => (await given.ask(calendarPage, undefined)).holidays.filter((it) => it.day === '2026-03-21').map((it) => it.code);
  expect(await shared()).toEqual(['eid-al-fitr', 'mothers-day-newroz']);
  await given.as(administrator).act(removeHoliday, { day: date('2026-03-21'), code: 'mothers-day-newroz' });
  expect(await shared()).toEqual(['eid-al-fitr']);
  await expect(given.as(administrator).act(removeHoliday, { day: date('2026-03-21'), code: 'mothers-day-newroz' })).rejects.toMatchObject(refused('not-found'));
});

test('a day is added once, whoever presses twice; a new name is said as such', async () => {
  const before = (await acts(CALENDAR.id)).length;
  const add = (ar: string) => given.as(administrator).act(addHoliday, { day: date('2027-01-14'), names: names(ar) });
  await Promise.all([add('عطلة عاصفة'), add('عطلة عاصفة')]);
  await add('عطلة الثلج');
  expect((await acts(CALENDAR.id)).slice(before).map((act) => act.detail.renamed)).toEqual([false, true]);
  expect((await given.ask(calendarPage, undefined)).holidays.filter((it) => it.day === '2027-01-14').map((it) => it.names.ar)).toEqual(['عطلة الثلج']);
  await expect(given.as(administrator).act(addHoliday, { day: date('2039-01-01'), names: names('بعيدة') })).rejects.toMatchObject({ refusal: { because: 'invalid', fields: { day: 'too-far' } } });
});

test('the weekend is changed once and said with what it was', async () => {
  const before = (await acts(CALENDAR.id)).length;
  await Promise.all([given.as(administrator).act(setWeekend, [5]), given.as(administrator).act(setWeekend, [5])]);
  expect((await acts(CALENDAR.id)).slice(before)).toMatchObject([{ detail: { weekend: '5', before: '5,6' } }]);
  await given.as(administrator).act(setWeekend, [5, 6]);
});

test('of two who rename a place at once, one does; the old name still finds it', async () => {
  const kept = (await given.as(registry).ask(keptPlace, 'SY0200'))!;
  const rename = (ar: string) => given.as(registry).act(renamePlace, { code: 'SY0200', names: { ...kept.names, ar }, seen: kept.seen });
  const tries = await Promise.allSettled([rename('جبل سمعان القديم'), rename('منطقة الجبل')]);
  expect(tries.map((it) => it.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  for (const it of tries) if (it.status === 'rejected') expect(it.reason).toMatchObject(refused('conflict'));
  expect((await given.ask(searchPlaces, { q: kept.names.ar, limit: 5 })).map((it) => it.code)).toContain('SY0200');
  expect(await acts(placeSubject('SY0200').id)).toHaveLength(1);
});

test('a stopped place is offered to nobody, keeps its page, and comes back', async () => {
  await given.as(registry).act(setPlaceActive, { code: 'SY020300', active: false });
  expect((await given.ask(placeByCode, 'SY020300')).active).toBe(false);
  expect((await given.as(registry).ask(inactivePlaces, undefined)).map((it) => it.code)).toEqual(['SY020300']);
  await given.as(registry).act(setPlaceActive, { code: 'SY020300', active: true });
  expect(await given.as(registry).ask(inactivePlaces, undefined)).toEqual([]);
  await expect(given.as(registry).act(setPlaceActive, { code: 'NOWHERE', active: true })).rejects.toMatchObject(refused('not-found'));
});

test('who runs the site is read by everybody; a save over somebody else’s is refused, twice the same is one act', async () => {
  const { seen } = await given.as(administrator).ask(keptSite, undefined);
  const site = { ...NO_SITE, runBy: names('مكتب المحافظة') };
  await given.as(administrator).act(keepSite, { ...site, seen });
  await given.as(administrator).act(keepSite, { ...site, seen });
  await expect(given.as(administrator).act(keepSite, { ...site, opened: true, seen })).rejects.toMatchObject(refused('conflict'));
  const again = (await given.as(administrator).ask(keptSite, undefined)).seen;
  await given.as(administrator).act(keepSite, { ...site, opened: true, seen: again });
  expect(await given.ask(siteSettings, undefined)).toMatchObject({ opened: true, runBy: { ar: 'مكتب المحافظة' } });
  expect((await acts(SITE.id)).map((act) => act.detail)).toEqual([{ changed: ['runBy'], opened: false }, { changed: ['opened'], opened: true }]);
});

test('a place that somebody names is meant however its name is spelled, unless several are called so', async () => {
  const [place] = await given.sql<{ pcode: string; name_ar: string; name_en: string }>(`select pcode, name_ar, name_en from places p where name_ar ~ '[أإةى]' and not exists (select 1 from places o where o.pcode <> p.pcode and (o.name_ar = p.name_ar or o.name_en = p.name_en)) order by pcode limit 1`);
  const spelled = place!.name_ar.replace(/[أإ]/g, 'ا').replaceAll('ة', 'ه').replaceAll('ى', 'ي');
  expect(spelled).not.toBe(place!.name_ar);
  const asked = [place!.name_ar, spelled, place!.pcode.toLowerCase(), place!.name_en.toUpperCase(), 'لا مكان بهذا الاسم'];
  const found = await given.ask(placesByName, asked);
  expect(asked.map((it) => found.get(it) ?? null)).toEqual([place!.pcode, place!.pcode, place!.pcode, place!.pcode, null]);
});
