/** Requests of programs: in by a key, all the way through the house, and read back until residents confirmed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { Refused } from '#kernel/refusal.ts';
import { HOME } from '#testing/cluster.ts';
import { office } from '#testing/entries.ts';
import { SYSTEM, world } from '#testing/world.ts';
import { reportDone } from '../../commitments/server/index.ts';
import { askSender, confirmEntry, followCommitments, showEntry, supportEntry } from '../../intake/server/index.ts';
import type { Params } from '../input.ts';
import { endKey, issueKey, keyList, listServices, requestList, requestOfToken, requestWhole, sendRequest, sendUpdate, serviceDefinition, updateList } from './index.ts';

const given = await world();
const it = await office(given);
const administrator = await given.person([{ role: 'administrator' }]);
const issue = (perHour = 500) => given.as(administrator).act(issueKey, { name: 'تطبيق الحيّ', contact: 'app@example.org', perHour });
const { key } = await issue();

const ajv = new Ajv({ strict: false, allErrors: true });
formats.default(ajv);
for (const name of ['service', 'services', 'service-definition', 'request', 'requests']) ajv.addSchema(JSON.parse(readFileSync(join(HOME, `tests/standards/open311-georeport-v2/${name}.json`), 'utf8')), `${name}.json`);
function judge(name: string, value: unknown): void {
  const valid = ajv.getSchema(`${name}.json`)!;
  expect([valid(JSON.parse(JSON.stringify(value))), valid.errors]).toEqual([true, null]);
}

const around = { lang: 'ar' as const, origin: 'https://abwab.example' };
const FULL: Params = { service_code: 'need-SRV', address_id: 'TN01', description: 'المصابيح مكسورة في شارعنا. نمشي في الظلام كل ليلة منذ الشتاء.', phone: '0944 555 777', first_name: 'سمر' };
const send = (more: Params = {}, repeat: string | null = null) => given.act(sendRequest, { params: { api_key: key, ...FULL, ...more }, lang: 'ar', repeat });
const whole = (number: string, params: Params = {}) => given.ask(requestWhole, { ...around, number, params });
const list = async (params: Params = {}) => given.ask(requestList, { ...around, params });
const updates = (params: Params = {}) => given.ask(updateList, { ...around, params });
const fieldsOf = async (work: Promise<unknown>): Promise<unknown> => work.then(() => null, (error: unknown) => (error instanceof Refused ? ('fields' in error.refusal ? error.refusal.fields : error.refusal.because) : error));

test('services are every kind but complaints in every sector, as the standard has them, in each language', async () => {
  for (const lang of ['ar', 'en', 'ku'] as const) {
    const services = await given.ask(listServices, { lang });
    judge('services', services);
    expect(new Set(services.map((one) => one.service_code)).size).toBe(services.length);
    expect(services.some((one) => /complaint/.test(one.service_code))).toBe(false);
    for (const code of ['need', 'proposal-EDU', 'initiative-SRV']) judge('service-definition', await given.ask(serviceDefinition, { code, lang }));
  }
  const definition = await given.ask(serviceDefinition, { code: 'need-SRV', lang: 'ar' });
  expect(definition.attributes.map((one) => one.order)).toEqual(definition.attributes.map((_, at) => at + 1));
  expect(definition.attributes.find((one) => one.code === 'PART')!.values).toContainEqual({ key: 'SRV.5', name: 'الطرق والأرصفة والإنارة' });
  for (const code of ['complaint', 'need-QQQ', 'need-SRV.1']) expect(await fieldsOf(given.ask(serviceDefinition, { code, lang: 'ar' }))).toBe('not-found');
});

test('what a program sends goes the whole way, and every step is read back', async () => {
  const sent = await send({ 'attribute[PART]': 'SRV.5', 'attribute[SERVED_COUNT]': '٣٠٠' });
  const number = sent.service_request_id;
  expect(sent.service_notice).toMatch(/\d{4} \d{4} \d{4} \d{4} \d{4}/);
  expect(await fieldsOf(whole(number))).toBe('not-found');
  expect(await whole(number, { api_key: key })).toMatchObject({ status: 'open', description: null, address: null, lat: null });
  await it.triage(number, { body: it.code, sectors: ['SRV.5'], place: 'TN01' });
  const open = await whole(number);
  judge('requests', [open]);
  expect(open).toMatchObject({ service_request_id: number, status: 'open', service_code: 'need-SRV', description: FULL.description, address_id: 'TN01', requested_datetime: '2026-11-24T00:00:00+02:00' });
  expect(open.expected_datetime).toMatch(/^2026-12-\d\dT23:59:59\+02:00$/);
  expect(JSON.stringify(open)).not.toMatch(/944|سمر/);
  const saved = await it.answered(number, { summary: 'سنركّب ستة أعمدة' });
  expect(saved.id).toBeTruthy();
  expect(await whole(number)).toMatchObject({ status: 'open', status_notes: 'سنركّب ستة أعمدة', expected_datetime: '2027-03-01T23:59:59+02:00' });
  const [promise] = await given.sql<{ id: string; number: string; version: number }>('select c.id, c.number, c.version from commitments c join entries e on e.id = c.subject_id where e.number = $1', [number]);
  await given.as(it.officer).act(reportDone, { id: promise!.id as never, seen: promise!.version, once: crypto.randomUUID() as never, text: 'كل الأعمدة في مكانها' });
  await given.as(SYSTEM).act(followCommitments, undefined);
  expect(await whole(number)).toMatchObject({ status: 'open' });
  const followUp = /(\d{4} ){4}\d{4}/.exec(sent.service_notice)![0];
  await given.act(confirmEntry, { number, key: followUp, verdict: 'yes', words: '', commitment: promise!.number });
  await given.as(SYSTEM).act(followCommitments, undefined);
  expect(await whole(number)).toMatchObject({ status: 'closed', status_notes: 'سنركّب ستة أعمدة' });
  const told = await updates({ service_request_id: number });
  expect(told.map((one) => one.status)).toEqual([...told.slice(1).map(() => 'open'), 'closed']);
  expect(told.some((one) => one.description.includes('سنركّب ستة أعمدة'))).toBe(true);
  expect((await list({ status: 'closed' })).items.map((one) => one.service_request_id)).toContain(number);
  expect((await list({ status: 'open' })).items.map((one) => one.service_request_id)).not.toContain(number);
});

test('everything that is wrong is said at once, by parameter', async () => {
  expect(await fieldsOf(given.act(sendRequest, { params: {}, lang: 'ar', repeat: null }))).toEqual({ api_key: 'required', service_code: 'required', description: 'required', lat: 'no-place' });
  expect(await fieldsOf(send({ api_key: 'abwab_no', service_code: 'complaint', description: 'قصير', lat: '95', long: 'x', address_id: '', phone: '12', 'attribute[SERVED_COUNT]': 'كثير' })))
    .toEqual({ api_key: 'unknown', service_code: 'unknown', description: 'too-short', lat: 'not-a-point', long: 'not-a-point', phone: 'not-a-contact', 'attribute[SERVED_COUNT]': 'not-a-number' });
  expect(await fieldsOf(send({ address_id: 'NOWHERE', 'attribute[PART]': 'EDU.1', email: 'no@', phone: '' }))).toEqual({ address_id: 'unknown', 'attribute[PART]': 'unknown', email: 'not-a-contact' });
  // Each fault is told beside what was sent, not beside what was not.
  expect(await fieldsOf(send({ email: 'notmail', phone: '' }))).toEqual({ email: 'not-a-contact' });
  expect(await fieldsOf(send({ email: 'notmail', phone: '0944555777', 'attribute[SHOW_POINT]': 'perhaps' }))).toEqual({ email: 'not-a-contact', 'attribute[SHOW_POINT]': 'unknown' });
  expect(await fieldsOf(send({ address_id: '', lat: '36.2' }))).toEqual({ long: 'required' });
  expect(await fieldsOf(send({ address_id: '', lat: '50.1', long: '8.6' }))).toEqual({ lat: 'outside' });
  expect(await fieldsOf(list({ start_date: 'yesterday', end_date: '2026-02-31x', status: 'done', service_code: 'need,complaint', page: '0' }))).toEqual({ start_date: 'not-a-moment', end_date: 'not-a-moment', status: 'open-or-closed', service_code: 'unknown', page: 'not-a-number' });
  expect(await fieldsOf(list({ start_date: '2026-01-01', end_date: '2026-11-01' }))).toEqual({ start_date: 'range' });
});

test('sent again it is the same request: by its name, word for word, and ten times at once', async () => {
  const words = { description: 'لا ماء في البناء منذ ثلاثة أيام متتالية.' };
  const all = await Promise.all(Array.from({ length: 10 }, () => send(words)));
  expect(new Set(all.map((one) => one.service_request_id)).size).toBe(1);
  expect((await send({ ...words, account_id: 'another' })).service_request_id).not.toBe(all[0]!.service_request_id);
  const named = await send({ description: 'الحاوية ممتلئة عند زاوية السوق.' }, 'a-1');
  expect((await send({ description: 'الحاوية ممتلئة عند زاوية السوق.' }, 'a-1')).service_request_id).toBe(named.service_request_id);
  expect(await fieldsOf(send({ description: 'شيء آخر تماماً عند زاوية السوق.' }, 'a-1'))).toBe('conflict');
  const other = await issue();
  expect((await send({ description: 'الحاوية ممتلئة عند زاوية السوق.', api_key: other.key }, 'a-1')).service_request_id).not.toBe(named.service_request_id);
});

test('a key is shown once, counts until it is ended, is given by the administrator alone, and each step is an act', async () => {
  const { id, key: mine } = await issue(2);
  expect(await given.sql('select 1 from api_keys where encode(key_hash, $2) like $1 or ending = $1', [mine.slice(6), 'escape'])).toEqual([]);
  expect(JSON.stringify(await given.as(administrator).ask(keyList, undefined))).not.toContain(mine);
  for (const n of [1, 2]) await send({ api_key: mine, description: `الشارع بلا إنارة منذ أسبوع، المرة ${n}` });
  expect(await fieldsOf(send({ api_key: mine, description: 'الشارع بلا إنارة منذ أسبوع، المرة الثالثة' }))).toBe('too-many');
  given.clock.addMinutes(61);
  await given.as(administrator).act(endKey, { id });
  expect(await fieldsOf(send({ api_key: mine }))).toEqual({ api_key: 'unknown' });
  expect(await fieldsOf(given.as(administrator).act(endKey, { id }))).toBe('wrong-state');
  expect((await given.sql<{ kind: string; public: boolean; detail: object }>('select kind, public, detail from acts where subject_id = $1 order by seq', [id]))).toEqual([
    { kind: 'key.issued', public: true, detail: { perHour: 2 } }, { kind: 'key.ended', public: true, detail: {} }]);
  for (const who of [it.coordinator, it.officer, await given.person()]) {
    expect(await fieldsOf(given.as(who).act(issueKey, { name: 'x', contact: 'x', perHour: 1 }))).toBe('not-allowed');
    expect(await fieldsOf(given.as(who).ask(keyList, undefined))).toBe('not-allowed');
  }
});

test('a place is told by its middle; the exact point only where its sender agreed', async () => {
  const near = { address_id: '', lat: '0.30012345', long: '0.30054321' };
  const [quiet, open] = [await send({ ...near, description: 'حفرة كبيرة في منتصف الطريق هنا.' }), await send({ ...near, description: 'حفرة كبيرة قرب باب المدرسة.', 'attribute[SHOW_POINT]': 'yes' })];
  for (const one of [quiet, open]) await it.triage(one.service_request_id, { place: (await given.sql<{ place: string }>('select place from entries where number = $1', [one.service_request_id]))[0]!.place });
  const [coarse, exact] = [await whole(quiet.service_request_id), await whole(open.service_request_id)];
  expect(coarse.address_id).toBe(exact.address_id);
  expect([coarse.lat, coarse.long]).not.toEqual([exact.lat, exact.long]);
  expect(JSON.stringify(coarse)).not.toMatch(/0\.300/);
  expect([exact.lat, exact.long]).toEqual([0.30012, 0.30054]);
});

test('complaints, hidden and withdrawn entries stand in no list, not even for the program that asks by number', async () => {
  const complaint = await it.assigned({ kind: 'complaint', title: 'شكوى لا تُنشر', text: 'كلمات لا يقرؤها أحد سوى المعنيين.' });
  const unread = await it.submit({ title: 'لم يُنشر بعد هذا الطلب' });
  for (const number of [complaint.number, unread.number]) {
    expect(await fieldsOf(whole(number, { api_key: key }))).toBe('not-found');
    expect((await list({ service_request_id: number, api_key: key })).items).toEqual([]);
  }
  expect((await list()).items.map((one) => one.service_request_id)).not.toContain(complaint.number);
  expect(JSON.stringify(await updates())).not.toContain(complaint.number);
});

test('the sender answers a question through the program, and no other program can', async () => {
  const sent = await send({ description: 'نحتاج إلى ممرّ للمشاة أمام المدرسة.' });
  const number = sent.service_request_id;
  await it.triage(number, { body: it.code });
  await given.as(it.officer).act(askSender, { number, question: 'أي مدرسة تقصد؟' });
  const say = (more: Params) => given.act(sendUpdate, { params: { api_key: key, service_request_id: number, description: 'مدرسة الحيّ الشرقية', ...more } });
  const other = await issue();
  expect(await fieldsOf(say({ api_key: other.key }))).toBe('not-found');
  expect(await fieldsOf(say({ api_key: '', description: '' }))).toEqual({ api_key: 'required', description: 'required' });
  expect((await say({})).update_id).toBeTruthy();
  expect(await given.ask(showEntry, { number })).toMatchObject({ state: 'assigned' });
  expect((await updates({ service_request_id: number })).map((one) => one.status)).not.toContain('closed');
});

test('pages hold each request once, and dates are of the day', async () => {
  const all = (await list()).items.map((one) => one.service_request_id);
  const pages: string[] = [];
  for (let page = 1, more = true; more; page++) {
    const part = await list({ page_size: '2', page: String(page) });
    pages.push(...part.items.map((one) => one.service_request_id));
    more = part.more;
  }
  expect(pages).toEqual(all);
  expect((await list({ start_date: '2026-11-24T00:00:00+02:00', end_date: '2026-11-24T00:00:00+02:00' })).items).toHaveLength(all.length);
  expect((await list({ start_date: '2026-11-24T00:00:01+02:00' })).items).toEqual([]);
  expect((await list({ end_date: '2026-11-23T23:59:59+02:00' })).items).toEqual([]);
  judge('requests', (await list()).items);
});

test('a token leads to its request', async () => {
  const [row] = await given.sql<{ token: string; number: string }>('select r.token, e.number from program_requests r join entries e on e.id = r.entry_id limit 1');
  expect(await given.ask(requestOfToken, { token: row!.token })).toEqual({ service_request_id: row!.number, token: row!.token });
  expect(await fieldsOf(given.ask(requestOfToken, { token: 'x' }))).toBe('not-found');
  expect(await fieldsOf(given.as(await given.person()).act(supportEntry, { number: 'HLB-1-00' }))).toBe('not-found');
});
