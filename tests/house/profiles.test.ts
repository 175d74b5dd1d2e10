import { readFileSync } from 'node:fs';
import { geoArea, type GeoPermissibleObjects } from 'd3-geo';
import { describe, expect, test } from 'vitest';

// A governorate is data, not code: these checks are what a new profile has to pass before any code reads it.

type Words = { ar: string; en: string; ku: string };
type Place = { pcode: string; level: string; parent: string | null; name: { ar: string; en: string }; point: [number, number] };
type Body = { code: string; kind: string; name: Words; sectors: string[]; aliases: string[] };
type Sector = { code: string; name: Words; sub: { code: string; name: Words }[] };
type Holiday = { date: string; code: string; name: Words; moonSighting: boolean; ground: string };
type Calendar = { weekend: number[]; weekStart: number; years: number[]; holidays: Holiday[] };
type Shape = { id: string; properties: { pcode: string; level: string; parent: string }; geometry: GeoPermissibleObjects };
type Profile = Record<string, unknown> & {
  code: string; prefix: string; root: string; escalateTo: string; zone: string;
  contacts: Record<string, unknown>; clocks: Record<string, number>; confirmation: Record<string, number>;
};
type Slip = { days: number; reason: string; daysAgo: number };
type Promised = {
  what: string; dueInDays: number; state: string; slips?: Slip[]; doneDaysAgo?: number; brokenDaysAgo?: number;
  progress?: { daysAgo: number }[]; evidence?: string; reason?: string; confirmations?: { yes: number; partly: number; no: number };
};
type Answer = { daysAgo: number; outcome: string; reason: string; summary: string; referredTo?: string };
type Entry = {
  key: string; kind: string; language: string; title: string; text: string; place: string; sectors: string[];
  served: { who: string; count?: number }; daysAgo: number; channel: string; state: string; supports: number; body: string | null;
  answer?: Answer; commitments?: Promised[]; merges?: string; question?: { text: string; reply?: string };
};
type Said = { by: string; daysAgo: number };
type Demo = { entries: Entry[]; comments: (Said & { entry: string; replies?: Said[] })[]; people: { key: string; role: string; body: string | null; displayName: Words }[] };

const names = ['aleppo', 'test', 'import'] as const;
const counts = {
  aleppo: { governorate: 1, district: 8, subdistrict: 40, neighbourhood: 109, community: 1816, bodies: 22, shapes: 157 },
  test: { governorate: 1, district: 2, subdistrict: 4, neighbourhood: 6, community: 0, bodies: 4, shapes: 12 },
  import: { governorate: 1, district: 2, subdistrict: 0, neighbourhood: 22, community: 0, bodies: 15, shapes: 0 },
};

function read<T>(profile: string, file: string): T {
  return JSON.parse(readFileSync(new URL(`../../profiles/${profile}/${file}.json`, import.meta.url), 'utf8')) as T;
}

function load(name: string) {
  return {
    profile: read<Profile>(name, 'profile'),
    places: read<Place[]>(name, 'places'),
    shapes: read<{ type: string; features: Shape[] }>(name, 'shapes'),
    bodies: read<Body[]>(name, 'bodies'),
    sectors: read<Sector[]>(name, 'sectors'),
    calendar: read<Calendar>(name, 'calendar'),
  };
}

function keys(value: object): string[] {
  return Object.keys(value).sort();
}

function sectorCodes(sectors: Sector[]): string[] {
  return sectors.flatMap((sector) => [sector.code, ...sector.sub.map((sub) => sub.code)]);
}

function unique(values: string[]): boolean {
  return new Set(values).size === values.length;
}

function inThreeLanguages(name: Words): boolean {
  return Boolean(name.ar?.trim() && name.en?.trim() && name.ku?.trim());
}

describe.each(names)('profile %s', (name) => {
  const it = load(name);
  const pcodes = new Map(it.places.map((place) => [place.pcode, place]));

  test('every place has a parent that comes before it', () => {
    const seen = new Set<string>();
    for (const place of it.places) {
      if (place.parent === null) expect(place.pcode).toBe(it.profile.root);
      else expect(seen, place.pcode).toContain(place.parent);
      seen.add(place.pcode);
    }
  });

  test('it has the places, bodies and sectors that it should', () => {
    const { bodies, shapes, ...levels } = counts[name];
    const count = (level: string) => it.places.filter((place) => place.level === level).length;
    expect(Object.fromEntries(Object.keys(levels).map((level) => [level, count(level)]))).toEqual(levels);
    expect(it.bodies).toHaveLength(bodies);
    expect(it.shapes.features).toHaveLength(shapes);
    expect(it.sectors).toHaveLength(9);
    expect(it.sectors.flatMap((sector) => sector.sub)).toHaveLength(51);
  });

  test('codes are unique and references resolve', () => {
    expect(unique(it.places.map((place) => place.pcode))).toBe(true);
    expect(unique(it.bodies.map((body) => body.code))).toBe(true);
    expect(unique(sectorCodes(it.sectors))).toBe(true);
    expect(it.bodies.map((body) => body.code)).toContain(it.profile.escalateTo);
    const known = sectorCodes(it.sectors);
    for (const body of it.bodies) expect(known, body.code).toEqual(expect.arrayContaining(body.sectors));
  });

  test('names are clean, and bodies and sectors have them in three languages', () => {
    for (const place of it.places) {
      expect(place.name.ar, place.pcode).toMatch(/^\S(.*\S)?$/u);
      expect(place.name.en, place.pcode).toMatch(/^\S(.*\S)?$/u);
    }
    const named = [...it.bodies, ...it.sectors, ...it.sectors.flatMap((sector) => sector.sub), ...it.calendar.holidays];
    for (const one of named) expect(inThreeLanguages(one.name), one.code).toBe(true);
  });

  test('shapes belong to places and are wound for d3-geo', () => {
    for (const shape of it.shapes.features) {
      expect(pcodes.get(shape.id)).toMatchObject({ level: shape.properties.level, parent: shape.properties.parent });
      // A ring wound the other way covers the whole globe but this place: 4π minus its area.
      expect(geoArea(shape.geometry), shape.id).toBeLessThan(0.01);
    }
  });

  test('holidays are real dates of the years the calendar covers', () => {
    const { holidays, weekend, years } = it.calendar;
    for (const { date } of holidays) {
      expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
      expect(years).toContain(Number(date.slice(0, 4)));
    }
    expect(unique(holidays.map((holiday) => `${holiday.date} ${holiday.code}`))).toBe(true);
    expect(weekend.every((day) => day >= 0 && day <= 6)).toBe(true);
  });

  test('its prefix is three capitals and its zone exists', () => {
    expect(it.profile.code).toBe(name);
    expect(it.profile.prefix).toMatch(/^[A-Z]{3}$/);
    expect(() => new Intl.DateTimeFormat('en', { timeZone: it.profile.zone })).not.toThrow();
  });
});

test('all profiles have the same shape', () => {
  const [first, ...others] = names.map(load);
  for (const other of others) {
    expect(keys(other.profile)).toEqual(keys(first!.profile));
    for (const part of ['contacts', 'clocks', 'confirmation'] as const) {
      expect(keys(other.profile[part])).toEqual(keys(first!.profile[part]));
    }
    expect(keys(other.calendar)).toEqual(keys(first!.calendar));
    expect(keys(other.calendar.holidays[0]!)).toEqual(keys(first!.calendar.holidays[0]!));
    expect(keys(other.bodies[0]!)).toEqual(keys(first!.bodies[0]!));
    expect(other.sectors).toEqual(first!.sectors);
  }
  expect(unique(names.map((name) => load(name).profile.prefix))).toBe(true);
});

/** The law in force: Decree 188 of 2025 and Decree 13 of 2026. `moon`: computed, to be confirmed when it is announced. */
const LAW: Record<string, { days: number; moon?: true; from: Record<2026 | 2027, string> }> = {
  'new-year': { days: 1, from: { 2026: '01-01', 2027: '01-01' } }, revolution: { days: 1, from: { 2026: '03-18', 2027: '03-18' } }, 'mothers-day-newroz': { days: 1, from: { 2026: '03-21', 2027: '03-21' } },
  'eid-al-fitr': { days: 3, moon: true, from: { 2026: '03-20', 2027: '03-09' } }, 'easter-western': { days: 1, from: { 2026: '04-05', 2027: '03-28' } }, 'easter-eastern': { days: 1, from: { 2026: '04-12', 2027: '05-02' } },
  independence: { days: 1, from: { 2026: '04-17', 2027: '04-17' } }, labour: { days: 1, from: { 2026: '05-01', 2027: '05-01' } }, 'eid-al-adha': { days: 4, moon: true, from: { 2026: '05-27', 2027: '05-16' } },
  'hijri-new-year': { days: 1, moon: true, from: { 2026: '06-16', 2027: '06-06' } }, mawlid: { days: 1, moon: true, from: { 2026: '08-25', 2027: '08-14' } }, liberation: { days: 1, from: { 2026: '12-08', 2027: '12-08' } },
  christmas: { days: 1, from: { 2026: '12-25', 2027: '12-25' } },
};

test.each([2026, 2027] as const)('the calendar of Aleppo holds every day of the law in %i and no other, and marks what hangs on the moon', (year) => {
  const lawful = Object.entries(LAW).flatMap(([code, { days, moon, from }]) => Array.from({ length: days }, (_, at) => {
    const day = new Date(Date.parse(`${year}-${from[year]}T00:00:00Z`) + at * 86_400_000).toISOString().slice(0, 10);
    return `${day} ${code}${moon ? ' expected' : ''}`;
  }));
  const kept = load('aleppo').calendar.holidays.filter((it) => it.date.startsWith(String(year))).map((it) => `${it.date} ${it.code}${it.moonSighting ? ' expected' : ''}`);
  expect(kept.toSorted()).toEqual(lawful.toSorted());
});

test('the bodies of Aleppo are its offices, directorates, city council, establishments and university', () => {
  const kinds = Object.groupBy(load('aleppo').bodies, (body) => body.kind);
  expect(Object.fromEntries(Object.entries(kinds).map(([kind, bodies]) => [kind, bodies!.length]))).toEqual({ 'governorate-office': 3, directorate: 15, municipality: 1, 'public-establishment': 2, university: 1 });
});

test('the sources and the licence of every file of Aleppo stand beside it', () => {
  const readme = readFileSync(new URL('../../profiles/aleppo/README.md', import.meta.url), 'utf8');
  for (const file of ['places.json', 'shapes.json', 'sectors.json', 'bodies.json', 'calendar.json', 'lexicon.json', 'demo.json']) expect(readme, file).toContain(`\`${file}\``);
  for (const licence of ['CC BY 3.0 IGO', 'CC0', 'Decree 188 of 2025', 'Decree 13 of 2026']) expect(readme).toContain(licence);
});

test('an entry of 19 March 2026 is due in Aleppo on 14 April, as the product says', () => {
  const { weekend, holidays } = load('aleppo').calendar;
  const free = new Set(holidays.map((holiday) => holiday.date));
  const day = new Date('2026-03-19T00:00:00Z');
  for (let left = 15; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (!weekend.includes(day.getUTCDay()) && !free.has(day.toISOString().slice(0, 10))) left -= 1;
  }
  expect(day.toISOString().slice(0, 10)).toBe('2026-04-14');
});

test('the import profile knows every neighbourhood and department of the Boston requests', () => {
  const { places, bodies } = load('import');
  const csv = readFileSync(new URL('../data/participation/boston-311/requests.csv', import.meta.url), 'utf8');
  const known = { neighbourhood: places.map((place) => place.name.en), department: bodies.flatMap((body) => body.aliases) };
  const [header, ...rows] = csv.trimEnd().split('\n').map((line) => line.trimEnd().split(','));
  // Quoted cells hold commas and stand before these columns, so count from the end of the row.
  const fromEnd = (column: string) => header!.indexOf(column) - header!.length;
  for (const column of ['neighbourhood', 'department'] as const) {
    const found = new Set(rows.map((row) => row.at(fromEnd(column))!).filter(Boolean));
    expect(known[column]).toEqual(expect.arrayContaining([...found]));
  }
});

describe('demonstration content of Aleppo', () => {
  const { entries, comments, people } = read<Demo>('aleppo', 'demo');
  const { places, bodies, sectors } = load('aleppo');
  const pcodes = new Set(places.map((place) => place.pcode));
  const bodyCodes = new Set(bodies.map((body) => body.code));
  const known = new Set(sectorCodes(sectors));
  const promises = entries.flatMap((entry) => (entry.commitments ?? []).map((promise) => ({ entry, promise })));

  test('every reference resolves', () => {
    expect(unique(entries.map((entry) => entry.key))).toBe(true);
    expect(unique(people.map((person) => person.key))).toBe(true);
    for (const entry of entries) {
      expect(pcodes, entry.key).toContain(entry.place);
      for (const sector of entry.sectors) expect(known, entry.key).toContain(sector);
      if (entry.body) expect(bodyCodes, entry.key).toContain(entry.body);
      if (entry.answer?.referredTo) expect(bodyCodes, entry.key).toContain(entry.answer.referredTo);
      if (entry.merges) expect(entries.map((other) => other.key)).toContain(entry.merges);
    }
    for (const person of people) if (person.body) expect(bodyCodes).toContain(person.body);
  });

  test('a comment is on a public entry, an official one on what a body deals with', () => {
    const on = new Map(entries.map((entry) => [entry.key, entry]));
    expect(comments.length).toBeGreaterThan(0);
    for (const { entry, by, daysAgo, replies = [] } of comments) {
      expect(on.get(entry)?.kind, entry).not.toBe('complaint');
      expect(daysAgo, entry).toBeLessThan(on.get(entry)!.daysAgo);
      for (const [at, reply] of replies.entries()) expect(reply.daysAgo, entry).toBeLessThan(replies[at - 1]?.daysAgo ?? daysAgo);
      if ([by, ...replies.map((it) => it.by)].some((it) => it === 'officer' || it === 'head')) expect(on.get(entry)!.body, entry).toBeTruthy();
    }
  });

  test('every body that has an entry has somebody who answers and somebody who approves', () => {
    for (const body of new Set(entries.flatMap((entry) => (entry.body ? [entry.body] : [])))) {
      const roles = people.filter((person) => person.body === body).map((person) => person.role);
      expect(roles, body).toEqual(expect.arrayContaining(['officer', 'head']));
    }
  });

  test('every state of an entry, every outcome and every state of a commitment occurs', () => {
    const states = ['received', 'returned', 'published', 'confidential', 'assigned', 'under-study', 'answered', 'in-delivery', 'delivered', 'confirmed', 'not-confirmed', 'disputed', 'closed', 'joined', 'withdrawn'];
    expect(new Set(entries.map((entry) => entry.state))).toEqual(new Set(states));
    expect(new Set(entries.flatMap((entry) => entry.answer?.outcome ?? []))).toEqual(new Set(['accepted', 'partly', 'planned', 'declined', 'referred']));
    const kept = ['open', 'late', 'done', 'confirmed', 'not-confirmed', 'disputed', 'broken'];
    expect(new Set(promises.map(({ promise }) => promise.state))).toEqual(new Set(kept));
    expect(new Set(entries.map((entry) => entry.language))).toEqual(new Set(['ar', 'ku', 'en']));
  });

  test('an answer has a reason, and an accepted one leads to a commitment', () => {
    for (const { key, daysAgo, answer, commitments } of entries) {
      if (!answer) { expect(commitments, key).toBeUndefined(); continue; }
      expect(answer.reason.length, key).toBeGreaterThan(20);
      expect(answer.daysAgo, key).toBeLessThan(daysAgo);
      if (answer.outcome === 'accepted' || answer.outcome === 'partly') expect(commitments?.length, key).toBeGreaterThan(0);
    }
  });

  test('the dates of a commitment can have happened', () => {
    for (const { entry, promise } of promises) {
      const slips = promise.slips ?? [];
      const firstDue = promise.dueInDays - slips.reduce((sum, slip) => sum + slip.days, 0);
      const why = `${entry.key}: ${promise.what}`;
      expect(firstDue, why).toBeGreaterThan(-entry.answer!.daysAgo);
      for (const moment of [...slips, ...(promise.progress ?? [])]) expect(moment.daysAgo, why).toBeLessThan(entry.answer!.daysAgo);
      if (promise.doneDaysAgo !== undefined) expect(promise.doneDaysAgo, why).toBeLessThan(entry.answer!.daysAgo);
      if (promise.state === 'late') expect(promise.dueInDays, why).toBeLessThan(0);
      if (promise.state === 'open') expect(promise.dueInDays, why).toBeGreaterThan(0);
    }
  });

  test('residents decided what their commitments say they decided', () => {
    for (const { promise } of promises) {
      const { yes, no } = promise.confirmations ?? { yes: 0, no: 0 };
      if (['done', 'confirmed', 'not-confirmed', 'disputed'].includes(promise.state)) expect(promise.evidence, promise.what).toBeTruthy();
      if (promise.state === 'confirmed') expect([yes >= 3, no], promise.what).toEqual([true, 0]);
      if (promise.state === 'disputed') expect([no, yes < 3], promise.what).toEqual([3, true]);
      if (promise.state === 'not-confirmed') expect([yes < 3, promise.doneDaysAgo! > 30]).toEqual([true, true]);
      if (promise.state === 'broken') expect([promise.reason, promise.brokenDaysAgo]).not.toContain(undefined);
    }
  });

  test('it counts no group of fewer than ten people and names nobody', () => {
    for (const { key, served } of entries) expect(served.count ?? 10, key).toBeGreaterThanOrEqual(10);
    for (const { displayName } of people) {
      expect(displayName.ar).toContain('(حساب تجريبي)');
      expect(inThreeLanguages(displayName)).toBe(true);
    }
  });
});
