/** The API as programs read it: in its schemas, in pages, by ETag, and never in a way that a page would refuse. */
import { expect, test } from '@playwright/test';
import { parse as parseCsv } from 'csv-parse/sync';
import readExcel from 'read-excel-file/node';
import * as v from 'valibot';
import { ADDRESSES } from '#features/open-data/server/describe.ts';
import { BodyLineSchema, BodySchema, CommitmentLineSchema, CommitmentSchema, EntryLineSchema, EntrySchema, pageOf, PlaceSchema, ProblemSchema, SectorSchema } from '#features/open-data/views.ts';
import { demoUrl } from './page.ts';

const api = (path: string, init: RequestInit = {}) => fetch(`${demoUrl()}/api/v1${path}`, init);
const get = async <S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> => {
  const response = await api(path);
  expect([path, response.status]).toEqual([path, 200]);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('set-cookie')).toBeNull();
  return v.parse(schema, await response.json());
};
const Entries = pageOf(EntryLineSchema);

test('entries are read page by page, each once, and every one is in its schema', async () => {
  const numbers: string[] = [];
  let path: string | null = '/entries?limit=7';
  let total = 0;
  while (path !== null) {
    const response = await api(path);
    const page = v.parse(Entries, await response.json());
    total = page.total?.count ?? total;
    expect(response.headers.get('link')).toBe(page.next ? `<${page.next}>; rel="next"` : null);
    numbers.push(...page.items.map((it) => it.number));
    path = page.next ? page.next.slice(`${demoUrl()}/api/v1`.length) : null;
  }
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).toHaveLength(total);
  for (const number of numbers.slice(0, 12)) {
    const entry = await get(`/entries/${number}`, EntrySchema);
    expect(entry.number).toBe(number);
    expect(entry.history.length).toBeGreaterThan(0);
  }
});

test('filters narrow, searching finds, and a number is read in any digits', async () => {
  const all = await get('/entries?limit=100', Entries);
  const needs = await get('/entries?limit=100&kind=need', Entries);
  expect(needs.items.length).toBeGreaterThan(0);
  expect(needs.items.map((it) => it.number)).toEqual(all.items.filter((it) => it.kind === 'need').map((it) => it.number));
  const day = all.items[3]!.submittedAt;
  expect((await get(`/entries?limit=100&since=${day}`, Entries)).items.map((it) => it.number)).toEqual(all.items.filter((it) => it.submittedAt >= day).map((it) => it.number));
  const words = all.items[0]!.title.split(' ').slice(0, 2).join(' ');
  expect((await get(`/entries?q=${encodeURIComponent(words)}`, Entries)).items.map((it) => it.number)).toContain(all.items[0]!.number);
  const arabic = all.items[0]!.number.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]!).replaceAll('-', ' ');
  expect((await get(`/entries/${encodeURIComponent(arabic)}`, EntrySchema)).number).toBe(all.items[0]!.number);
});

test('a reader who has the answer is not sent it again', async () => {
  const first = await api('/sectors');
  const again = await api('/sectors', { headers: { 'if-none-match': first.headers.get('etag')! } });
  expect([first.status, again.status, await again.text()]).toEqual([200, 304, '']);
});

test('places and sectors are there, with what lies in a place', async () => {
  const sectors = await get('/sectors', pageOf(SectorSchema));
  expect(sectors.items.length).toBeGreaterThan(9);
  const places = await get('/places?level=neighbourhood&limit=100', pageOf(PlaceSchema));
  expect(places.items).toHaveLength(100);
  const inside = await get(`/places?within=${places.items[0]!.parent}&limit=100`, pageOf(PlaceSchema));
  expect(inside.items.map((it) => it.code)).toContain(places.items[0]!.code);
});

test('commitments and bodies tell the same figures from both sides', async () => {
  const commitments = await get('/commitments?limit=100', pageOf(CommitmentLineSchema));
  expect(commitments.items.length).toBeGreaterThan(5);
  const late = await get('/commitments?limit=100&state=late', pageOf(CommitmentLineSchema));
  expect(late.items.map((it) => it.number).sort()).toEqual(commitments.items.filter((it) => it.late).map((it) => it.number).sort());
  for (const { number } of commitments.items.slice(0, 8)) {
    const whole = await get(`/commitments/${number}`, CommitmentSchema);
    expect(whole.moves).toHaveLength(whole.slips);
    if (whole.entry) expect((await get(`/entries/${whole.entry}`, EntrySchema)).commitments.map((it) => it.number)).toContain(number);
  }
  const bodies = await get('/bodies', pageOf(BodyLineSchema));
  for (const { code } of bodies.items.slice(0, 6)) {
    const body = await get(`/bodies/${code}?period=all`, BodySchema);
    expect(body.commitments.lateNow).toBe(commitments.items.filter((it) => it.late && it.body.code === code).length);
  }
});

test('what is not understood, not there or not public is a problem, never a page', async () => {
  for (const [path, status, parameter] of [
    ['/entries?limit=0', 400, 'limit'], ['/entries?limit=101', 400, 'limit'], ['/entries?kind=complaint', 400, 'kind'], ['/entries?state=received', 400, 'state'], ['/entries?since=yesterday', 400, 'since'],
    ['/entries?after=xyz', 400, 'after'], ['/places?after=W10', 400, 'after'], ['/entries?sort=due&after=WyJ4Il0', 400, 'after'], ['/entries/HLB-1000-00', 404, null], ['/entries/x', 404, null], ['/nothing', 404, null],
  ] as const) {
    const response = await api(path);
    expect([path, response.status, response.headers.get('content-type')]).toEqual([path, status, 'application/problem+json; charset=utf-8']);
    const problem = v.parse(ProblemSchema, await response.json());
    if (parameter) expect(problem.errors).toMatchObject([{ parameter }]);
  }
  expect((await api('/entries', { method: 'OPTIONS' })).status).toBe(204);
});

test('the list as a table holds every row, in CSV and in a spreadsheet', async () => {
  const all = await get('/entries?limit=100', Entries);
  const csv: Record<string, string>[] = parseCsv(await (await api('/entries.csv')).text(), { columns: true, bom: true });
  expect(csv.slice(0, all.items.length).map((row) => row.number)).toEqual(all.items.map((it) => it.number));
  expect(csv[0]!.title).toBe(all.items[0]!.title);
  const [sheet] = await readExcel(Buffer.from(await (await api('/entries.xlsx')).arrayBuffer()));
  expect(sheet!.data.slice(1, all.items.length + 1).map((row) => row[0])).toEqual(all.items.map((it) => it.number));
});

test('the description names every address, and nothing else', async () => {
  const description = (await (await api('/openapi.json')).json()) as { openapi: string; paths: Record<string, { get: { parameters: { name: string }[] } }> };
  expect(description.openapi).toBe('3.1.0');
  expect(Object.keys(description.paths)).toEqual(ADDRESSES.map((it) => `/api/v1${it.path}`));
  expect(description.paths['/api/v1/entries']!.get.parameters.map((it) => it.name)).toEqual(['q', 'kind', 'state', 'sector', 'place', 'body', 'since', 'sort', 'after', 'limit']);
});
