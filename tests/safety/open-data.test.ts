/** Every file, feed and catalogue that is given out, read by a program that is not ours, and taken in again where that can be. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import readExcel from 'read-excel-file/node';
import rdf from '@zazuko/env-node';
import jsonld from 'jsonld';
import { Parser } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';
import * as v from 'valibot';
import { readRow } from '#features/intake/import-formats.ts';
import { importEntries } from '#features/intake/server/index.ts';
import { readTable } from '#features/organisations/read-table.ts';
import { exportPart } from '#features/open-data/server/index.ts';
import { SETS } from '#features/open-data/sets.ts';
import { FeaturesSchema } from '#features/open-data/views.ts';
import { everything } from '#testing/everything.ts';
import { HOME } from '#testing/cluster.ts';
import { site } from '#testing/site.ts';
import { world } from '#testing/world.ts';

const given = await site();
const it = await everything(given);
// Triage of these tests names no place.
await given.sql(`update entries set place = 'TN01' where number = any ($1)`, [[it.open.number, it.promised.openEntry.number]]);
await given.sql(`insert into organisation_activities (id, organisation_id, sector, place, coarse, what, state, starts, targeted, reached, confirmed_at)
  select gen_random_uuid(), o.id, 'SRV.5', 'TN01', a.hidden, a.what, 'ongoing', '2026-09-01', a.people, a.people, now() from organisations o, (values (false, 'تركيب أعمدة إنارة', 500), (true, 'سلال للأسر', 3)) as a (hidden, what, people) where o.number = $1`, [it.organisation.number]);
const other = await world({ now: new Date().toISOString() });

type Row = Record<string, string>;
const csv = async (path: string): Promise<Row[]> => parseCsv((await given.get(path)).text, { columns: true, bom: true });
const get = async (path: string, type: string) => {
  const answer = await given.get(path);
  expect([path, answer.status, answer.headers['content-type'], answer.headers['access-control-allow-origin']]).toEqual([path, 200, type, '*']);
  return answer;
};

test.each(SETS.map((set) => [set.name, set] as const))('%s as a table, a spreadsheet and a list hold the same lines', async (name, set) => {
  const answer = await get(`/api/v1/${name}.csv`, 'text/csv; charset=utf-8');
  const rows: Row[] = parseCsv(answer.text, { columns: true, bom: true });
  expect(rows.length).toBeGreaterThan(0);
  expect(Object.keys(rows[0]!)).toEqual(set.columns.map((column) => column.key));
  const [sheet] = await readExcel((await given.get(`/api/v1/${name}.xlsx`)).body);
  expect(sheet!.data.slice(1).map((cells) => String(cells[0]))).toEqual(rows.map((row) => Object.values(row)[0]));
  const list = JSON.parse((await given.get(`/api/v1/${name}?limit=100`.replace(/(bodies|sectors)\?.*/, '$1'))).text) as { items: { number?: string; code?: string }[] };
  expect(rows.slice(0, list.items.length).map((row) => row.number ?? row.code)).toEqual(list.items.map((one) => one.number ?? one.code));
});

/** HXL's own default rules, those that are errors, over a table with tags; and the form of a tag (HXL 1.1). */
function hxlProblems(table: string[][]): string[] {
  const rules = JSON.parse(readFileSync(join(HOME, 'tests/standards/hxl/hxl-default-schema.json'), 'utf8')) as Record<string, string>[];
  const [, tags, ...rows] = table as [string[], string[], ...string[][]];
  const problems = tags.filter((tag) => tag !== '' && !/^#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*$/.test(tag)).map((tag) => `${tag} is no tag`);
  const fits = (pattern: string, tag: string): boolean => pattern.split(',').some((one) => one.split('+').every((part, at) => (at === 0 ? tag.split('+')[0] === part : tag.split('+').slice(1).includes(part))));
  for (const rule of rules.filter((one) => one['#valid_severity'] === 'error')) {
    for (const [at, tag] of tags.entries()) {
      if (!fits(rule['#valid_tag']!, tag)) continue;
      const isRight = rule['#valid_datatype'] === 'date' ? (text: string) => /^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(Date.parse(text)) : (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
      problems.push(...rows.filter((row) => row[at] !== '' && !isRight(row[at]!)).map((row) => `${tag}: ${row[at]} is no ${rule['#valid_datatype']}`));
    }
  }
  return problems;
}

test.each(SETS.map((set) => set.name))('%s with tags is HXL by its own default rules, and the same table below the tags', async (name) => {
  const tagged: string[][] = parseCsv((await given.get(`/api/v1/${name}.csv?hxl=yes`)).text, { bom: true });
  expect(tagged[1]!.filter((tag) => tag.startsWith('#')).length).toBeGreaterThan(3);
  expect(hxlProblems(tagged)).toEqual([]);
  const plain: string[][] = parseCsv((await given.get(`/api/v1/${name}.csv`)).text, { bom: true });
  expect([tagged[0], ...tagged.slice(2)]).toEqual(plain);
});

test('the rules find what is no number, no date and no tag', () => {
  expect(hxlProblems([['a', 'b', 'c'], ['#date+due', '#inneed', '#Org +Name'], ['soon', 'many', 'x'], ['2026-11-25', '12', 'y']])).toHaveLength(3);
});

test.each(SETS.filter((set) => set.files.includes('geojson')).map((set) => set.name))('%s as a map: each feature in its place, longitude first, outer rings against the clock, nothing exact', async (name) => {
  const map = v.parse(FeaturesSchema, JSON.parse((await get(`/api/v1/${name}.geojson`, 'application/geo+json; charset=utf-8')).text));
  expect(map.features.length).toBeGreaterThan(0);
  const codes = new Map((await csv('/api/v1/places.csv')).map((row) => [row.code, row]));
  for (const { geometry, properties } of map.features) {
    const { place } = properties as { place?: { code: string } | null };
    if (geometry.type === 'Point') expect(geometry.coordinates.every((one) => typeof one === 'number')).toBe(true);
    if (place) expect(geometry.coordinates).toEqual([Number(codes.get(place.code)!.lon), Number(codes.get(place.code)!.lat)]);
    const rings = geometry.type === 'Polygon' ? [(geometry.coordinates as [number, number][][])[0]!] : geometry.type === 'MultiPolygon' ? (geometry.coordinates as [number, number][][][]).map((part) => part[0]!) : [];
    for (const ring of rings) {
      expect(ring[0]).toEqual(ring.at(-1));
      expect(ring.reduce((sum, [x0, y0], at) => sum + x0 * ring[(at + 1) % ring.length]![1] - ring[(at + 1) % ring.length]![0] * y0, 0)).toBeGreaterThan(0);
    }
  }
});

test('what was taken out as a table goes into another installation and comes out the same', async () => {
  const rows = await csv('/api/v1/entries.csv');
  const read = rows.map((row) => readRow('abwab', row, other.profile.zone));
  expect(read.filter((one) => 'refused' in one)).toEqual([]);
  const entries = read.flatMap((one) => ('entry' in one ? [one.entry] : []));
  const terminal = { actor: { kind: 'system', job: 'terminal' } as const, caller: null };
  expect(await other.as(terminal).act(importEntries, { source: 'abwab', publish: true, entries })).toEqual({ imported: rows.length, skipped: 0 });
  expect(await other.as(terminal).act(importEntries, { source: 'abwab', publish: true, entries })).toEqual({ imported: 0, skipped: rows.length });
  const again = await other.ask(exportPart<'entries'>, { set: 'entries', origin: given.own, query: { q: '', kind: null, state: null, sector: '', place: '', body: '', since: null, sort: 'newest', hxl: null }, after: '' });
  const kept = (one: { kind: string; title: string; text: string; language: string; sectors: string; place: string; submitted: string }, id: string) => [id, one];
  const before = new Map(rows.map((row) => kept({ kind: row.kind!, title: row.title!, text: row.text!, language: row.language!, sectors: row.sectors!, place: row.place_code || row.place_words!, submitted: row.submitted_at! }, row.number!) as [string, unknown]));
  const after = new Map(again.items.map((one) => kept({ kind: one.kind, title: one.title, text: one.text, language: one.language, sectors: one.sectors.join(';'), place: one.place?.code ?? one.placeWords, submitted: one.submittedAt }, one.externalId!) as [string, unknown]));
  expect(after).toEqual(before);
});

const reader = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, isArray: (_, path) => path === 'feed.entry' || String(path).endsWith('.link') });
type Atom = { feed: { id: string; title: string; updated: string; author: { name: string }; link: { '@rel': string; '@href': string }[]; entry?: { id: string; title: string; updated: string; published: string; link: { '@href': string }[]; content?: { '#text': string } }[] } };

test.each(['entries', 'answers', 'commitments'])('/feeds/%s.atom has all that RFC 4287 asks for, in each language, and is narrowed by body, place and sector', async (name) => {
  for (const lang of ['', '/en', '/ku']) {
    const answer = await get(`${lang}/feeds/${name}.atom`, 'application/atom+xml; charset=utf-8');
    expect(XMLValidator.validate(answer.text)).toBe(true);
    const { feed } = reader.parse(answer.text) as Atom;
    expect([feed.id, feed.link.find((one) => one['@rel'] === 'self')!['@href'], feed.author.name !== '', Number.isNaN(Date.parse(feed.updated))]).toEqual([`${given.own}${lang}/feeds/${name}.atom`, `${given.own}${lang}/feeds/${name}.atom`, true, false]);
    const entries = feed.entry ?? [];
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map((one) => one.id)).size).toBe(entries.length);
    for (const one of entries) {
      expect([one.id.startsWith('urn:uuid:'), Number.isNaN(Date.parse(one.updated)), one.title !== '']).toEqual([true, false, true]);
      expect((await given.get(one.link[0]!['@href'].slice(given.own.length))).status).toBe(200);
    }
  }
  const of = async (query: string) => ((reader.parse((await given.get(`/feeds/${name}.atom?${query}`)).text) as Atom).feed.entry ?? []).length;
  expect(await of('place=NOWHERE')).toBe(0);
  expect(await of('body=no-such-body')).toBe(0);
  expect(await of('place=TS')).toBeGreaterThanOrEqual(name === 'entries' ? 1 : 0);
  expect((await given.get(`/feeds/${name}.atom?kind=complaint`)).status).toBe(400);
});

test.each(['entries', 'commitments'])('/feeds/%s.ics is read by another calendar program', async (name) => {
  const answer = await get(`/feeds/${name}.ics`, 'text/calendar; charset=utf-8');
  const events = new ICAL.Component(ICAL.parse(answer.text) as never).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  expect(events.length).toBeGreaterThan(0);
  expect(new Set(events.map((one) => one.uid)).size).toBe(events.length);
  for (const one of events) expect([one.startDate.isDate, /^\d{4}-\d\d-\d\d$/.test(one.startDate.toString()), one.summary.length > 3]).toEqual([true, true, true]);
  expect((await given.get(`/feeds/${name}.ics`, { headers: { 'if-none-match': String(answer.headers.etag) } })).status).toBe(304);
});

/** What the shapes of DCAT-AP say of a catalogue. */
async function shaclProblems(document: object): Promise<string[]> {
  const quads = (await jsonld.toRDF(document as never, { format: 'application/n-quads' })) as unknown as string;
  const data = rdf.dataset(new Parser({ format: 'N-Quads' }).parse(quads) as never);
  const shapes = rdf.dataset(new Parser().parse(readFileSync(join(HOME, 'tests/standards/dcat-ap-3.0.1/shacl_dcat-ap-SHACL.ttl'), 'utf8')) as never);
  const report = await new SHACLValidator(shapes, { factory: rdf }).validate(data as never);
  return report.results.map((one) => `${one.focusNode?.value} ${one.path?.value} ${one.message.map((said) => said.value).join(' ')}`);
}

test('the catalogue of all sets conforms to the shapes of DCAT-AP, and without a title it does not', async () => {
  const answer = await get('/data/catalog.jsonld', 'application/ld+json; charset=utf-8');
  const catalog = JSON.parse(answer.text) as { 'dcat:dataset': Record<string, unknown>[] };
  expect(await shaclProblems(catalog)).toEqual([]);
  expect(catalog['dcat:dataset']).toHaveLength(SETS.length);
  for (const one of catalog['dcat:dataset']) for (const file of one['dcat:distribution'] as { 'dcat:downloadURL': { '@id': string } }[]) {
    expect((await given.get(file['dcat:downloadURL']['@id'].slice(given.own.length))).status).toBe(200);
  }
  const { 'dct:title': _, ...untitled } = catalog['dcat:dataset'][0]!;
  expect((await shaclProblems({ ...catalog, 'dcat:dataset': [untitled] })).length).toBeGreaterThan(0);
});

test('each set has its page with its columns, weights and licence; small numbers are in no file', async () => {
  for (const set of SETS) {
    const page = await given.get(`/en/data/${set.name}`);
    expect([set.name, page.status, page.text.includes('CC BY 4.0'), /about [\d.,]+ kB/.test(page.text)]).toEqual([set.name, 200, true, true]);
    for (const column of set.columns) expect(page.text).toContain(`>${column.key}<`);
  }
  expect((await given.get('/data/nothing')).status).toBe(404);
  await given.sql('update entries set served_count = $2 where number = $1', [it.open.number, given.profile.suppressBelow - 1]);
  expect((await csv('/api/v1/entries.csv')).find((row) => row.number === it.open.number)!.served_count).toBe('');
  expect(JSON.parse((await given.get(`/api/v1/entries/${it.open.number}`)).text)).toMatchObject({ servedCount: null });
  await given.sql('update entries set served_count = $2 where number = $1', [it.open.number, given.profile.suppressBelow]);
  expect((await csv('/api/v1/entries.csv')).find((row) => row.number === it.open.number)!.served_count).toBe(String(given.profile.suppressBelow));
});

test('who does what where hides small numbers and the places that an organisation hides, and is read again by the directory', async () => {
  const table: string[][] = parseCsv((await given.get('/api/v1/activities.csv?hxl=yes')).text, { bom: true });
  const rows = await csv('/api/v1/activities.csv');
  expect(rows.find((row) => row.what === 'تركيب أعمدة إنارة')).toMatchObject({ place_code: 'TN01', targeted: '500', reached: '500' });
  const hidden = rows.find((row) => row.what === 'سلال للأسر')!;
  expect(hidden).toMatchObject({ targeted: '', reached: '' });
  expect(hidden.place_code).toBe(hidden.district_code);
  const there = JSON.parse((await given.get('/api/v1/activities?place=TN01')).text).items.map((one: { what: string }) => one.what);
  expect(there).toEqual(rows.filter((row) => row.place_code === 'TN01').map((row) => row.what));
  expect(there).not.toContain('سلال للأسر');
  const read = readTable(table);
  expect('rows' in read && read.rows.map((row) => [row.cells.number, row.cells.sector, row.cells.what, row.cells.state, row.cells.starts ?? '', row.cells.targeted ?? '', row.cells.reached ?? ''])).toEqual(
    rows.map((row) => [row.organisation, row.sector, row.what, row.state, row.starts, row.targeted, row.reached]));
});

test.each(['entries.csv', 'entries.csv?hxl=yes', 'entries.xlsx', 'entries.geojson', 'commitments.csv', 'entries', 'entries?limit=3', 'bodies', 'openapi.json'])('%s is not sent again to whoever has it, until something is written', async (path) => {
  const asked = (headers: Record<string, string> = {}) => given.get(`/api/v1/${path}`, { headers: { cookie: 'abwab_x=1', ...headers } });
  const first = await asked();
  const etag = first.headers.etag as string;
  expect([first.status, etag]).toEqual([200, expect.stringMatching(/^W\/"[\w-]+"$/)]);
  // Whatever a job has written meanwhile makes another answer of a file that grows; nothing here is written for long.
  let again = await asked({ 'if-none-match': etag });
  for (let tries = 0; again.status !== 304 && tries < 20; tries++) again = await asked({ 'if-none-match': again.headers.etag as string });
  expect([again.status, again.body.length, again.headers['access-control-allow-origin']]).toEqual([304, 0, '*']);
  const kept = await given.get(`/api/v1/${path}`, { headers: { 'if-none-match': etag } });
  expect([200, 304]).toContain(kept.status);
  expect(kept.body.length > 0).toBe(kept.status === 200);
});
