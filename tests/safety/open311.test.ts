/** Open311 as programs meet it on the wire: the same facts in JSON and XML, errors as lists, keys, and nothing that a page would do. */
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { issueKey } from '#features/open311/server/index.ts';
import { everything } from '#testing/everything.ts';
import { site, type Answer } from '#testing/site.ts';
import { hostileText } from './hostile.ts';

const given = await site();
const it = await everything(given);
const { key } = await given.as(await given.person([{ role: 'administrator' }])).act(issueKey, { name: 'تطبيق الحيّ', contact: 'app@example.org', perHour: 10_000 });

const LISTS = ['services.service', 'service_definition.attributes.attribute', 'service_definition.attributes.attribute.values.value', 'discovery.endpoints.endpoint', 'discovery.endpoints.endpoint.formats.format', 'service_requests.request', 'service_request_updates.request_update', 'errors.error'];
const reader = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (_, path) => LISTS.includes(String(path)), ignoreDeclaration: true });
const ADDRESS = '/open311/v2';
const json = (answer: Answer): unknown => JSON.parse(answer.text);

/** As the standard maps one to the other: everything is text, nothing is an empty element. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (value === null) return '';
  return typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asText(one)])) : String(value);
}
const GATHERED: Record<string, string> = { attributes: 'attribute', values: 'value', endpoints: 'endpoint', formats: 'format' };
function gathered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(gathered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name in GATHERED ? gathered((one as Record<string, unknown>)[GATHERED[name]!] ?? []) : gathered(one)]));
}

test.each([
  ['/discovery', 'discovery', null], ['/services', 'services', 'service'], ['/services/need-SRV', 'service_definition', null], ['/requests', 'service_requests', 'request'], ['/servicerequestupdates', 'service_request_updates', 'request_update'],
])('%s says the same in JSON and in XML, to anybody and from anywhere', async (path, root, each) => {
  const [asJson, asXml] = [await given.get(`${ADDRESS}${path}.json`), await given.get(`${ADDRESS}${path}.xml`)];
  expect([asJson.status, asJson.headers['content-type'], asXml.status, asXml.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8', 200, 'text/xml; charset=utf-8']);
  expect(asJson.headers['access-control-allow-origin']).toBe('*');
  expect(asXml.text.startsWith('<?xml version="1.0" encoding="utf-8"?>\n')).toBe(true);
  expect(XMLValidator.validate(asXml.text)).toBe(true);
  const read = (reader.parse(asXml.text) as Record<string, Record<string, unknown>>)[root]!;
  const facts = gathered(each === null ? read : (read[each] ?? []));
  expect(facts).toEqual(asText(json(asJson)));
  expect((await given.get(`${ADDRESS}${path}.json`, { headers: { 'if-none-match': String(asJson.headers.etag) } })).status).toBe(304);
});

const form = (params: Record<string, string>, more: { headers?: Record<string, string>; cookie?: string } = {}, ending = 'json') =>
  given.send(`${ADDRESS}/requests.${ending}`, { method: 'POST', body: new URLSearchParams(params).toString(), ...more, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', ...more.headers } });
const GOOD = { api_key: key, service_code: 'need-SRV', address_string: 'قرب الجامع الكبير', description: 'انقطعت المياه عن شارعنا منذ ثلاثة أيام.' };

test('a request is taken from a program, from a page of another site, and whatever cookie comes along', async () => {
  const first = await form(GOOD);
  expect([first.status, Object.keys((json(first) as object[])[0]!)]).toEqual([200, ['service_request_id', 'service_notice', 'account_id']]);
  expect(first.headers['cache-control']).toContain('no-store');
  const again = await form(GOOD, { headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }, cookie: await given.cookieOf(it.resident) }, 'xml');
  expect((reader.parse(again.text) as { service_requests: { request: { service_request_id: string }[] } }).service_requests.request[0]!.service_request_id).toBe((json(first) as { service_request_id: string }[])[0]!.service_request_id);
  const [row] = await given.sql<{ person: string | null; channel: string }>('select s.person_id as person, e.channel from entries e join entry_submitters s on s.entry_id = e.id where e.number = $1', [(json(first) as { service_request_id: string }[])[0]!.service_request_id]);
  expect(row).toEqual({ person: null, channel: 'api' });
});

test('errors are lists with their status, in the language of whoever asks, each naming its parameter', async () => {
  const missing = await form({});
  expect([missing.status, (json(missing) as { code: number }[]).map((one) => one.code)]).toEqual([403, [403, 400, 400, 400]]);
  for (const name of ['api_key', 'service_code', 'description', 'lat']) expect(missing.text).toContain(`(${name})`);
  expect(missing.text).toMatch(/[\u0600-\u06ff]/);
  expect((await form({ ...GOOD, description: '' })).status).toBe(400);
  expect((await form({ ...GOOD, service_code: 'complaint' })).status).toBe(404);
  expect((await form({ ...GOOD, api_key: 'abwab_wrong' })).status).toBe(403);
  const english = await form({ ...GOOD, api_key: '', locale: 'en' }, {}, 'xml');
  expect(reader.parse(english.text)).toEqual({ errors: { error: [{ code: '403', description: 'Send the program’s key. (api_key)' }] } });
  for (const path of ['/requests/HLB-1-00.json', '/services/complaint.json', '/tokens/x.xml', '/nothing.json', '/nothing', '/requests.csv', '/requests.json?jurisdiction_id=elsewhere.example', `/requests/${it.heldComplaint.number}.json`]) {
    const answer = await given.get(ADDRESS + path);
    expect([path, answer.status, /xml|json/.test(String(answer.headers['content-type']))]).toEqual([path, 404, true]);
  }
  for (const asked of ['', given.profile.code, given.profile.root, new URL(given.own).host]) expect((await given.get(`${ADDRESS}/services.json?jurisdiction_id=${asked}`)).status).toBe(200);
});

test('whatever is sent, the answer is one of the standard’s, never a failure', async () => {
  const names = ['service_code', 'description', 'lat', 'long', 'address_string', 'address_id', 'phone', 'email', 'first_name', 'account_id', 'media_url', 'attribute[TITLE]', 'attribute[PART]', 'attribute[SERVED_COUNT]', 'attribute[SHOW_POINT]', 'locale', '__proto__', 'jurisdiction_id'];
  const some = fc.dictionary(fc.constantFrom(...names), fc.oneof(hostileText, fc.constantFrom('need-SRV', '36.2', '37.1', 'yes', '12', 'TN01')));
  await fc.assert(fc.asyncProperty(some, fc.boolean(), fc.constantFrom('json', 'xml'), async (params, good, ending) => {
    const answer = await form({ ...(good ? GOOD : { api_key: key }), ...params }, {}, ending);
    expect([200, 400, 403, 404, 429], `${JSON.stringify(params)} ${given.log().slice(-800)}`).toContain(answer.status);
    if (ending === 'xml') expect(XMLValidator.validate(answer.text)).toBe(true);
    else expect(Array.isArray(json(answer))).toBe(true);
  }), { numRuns: process.env.ABWAB_TEST_ALL ? 600 : 80 });
  for (const type of ['multipart/form-data; boundary=x', 'application/json', 'text/plain']) expect((await given.send(`${ADDRESS}/requests.json`, { method: 'POST', body: '{"a":', headers: { 'content-type': type } })).status).toBeLessThan(500);
});

test('who asks an address for programs in another way, or one that is none, hears so as a program reads it', async () => {
  const problemOf = (answer: Answer) => [answer.status, String(answer.headers['content-type']).split(';')[0], (json(answer) as { status: number }).status, (json(answer) as { code: string }).code];
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    for (const type of ['application/json', 'application/x-www-form-urlencoded']) {
      for (const path of ['/api/v1/entries', '/feeds/entries.ics', '/record/log/checkpoint', '/data/catalog.jsonld']) {
        const answer = await given.send(path, { method, body: 'x', headers: { 'content-type': type, origin: 'https://elsewhere.example' } });
        expect([path, method, ...problemOf(answer)]).toEqual([path, method, 405, 'application/problem+json', 405, 'method-not-allowed']);
        expect(String(answer.headers.allow)).toContain('GET');
      }
      for (const ending of ['json', 'xml']) {
        const answer = await given.send(`${ADDRESS}/services.${ending}`, { method, body: 'x', headers: { 'content-type': type } });
        const errors = ending === 'json' ? json(answer) as { code: number }[] : (reader.parse(answer.text) as { errors: { error: { code: string }[] } }).errors.error;
        expect([answer.status, Number(errors[0]!.code)]).toEqual([405, 405]);
        expect(String(answer.headers.allow)).toContain('GET');
      }
    }
  }
  for (const path of ['/api/v1/entries/%00', '/api/nothing', '/ku/api/v1/%00', '/feeds/nothing', '/record/log/tile/0/999', '/record/log/%00', '/record/acts/00000000-0000-4000-8000-000000000000/proof']) expect([path, ...problemOf(await given.get(path))]).toEqual([path, 404, 'application/problem+json', 404, 'not-found']);
  for (const path of ['/open311/nothing', `${ADDRESS}/requests/%00.json`]) expect((json(await given.get(path)) as { code: number }[])[0]!.code).toBe(404);
  for (const path of ['/record/log/checkpoint', '/record/acts/00000000-0000-4000-8000-000000000000/proof', `${ADDRESS}/services.json`]) {
    const asked = await given.send(path, { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' } });
    expect([path, asked.status, asked.headers['access-control-allow-origin'], /if-none-match/.test(String(asked.headers['access-control-allow-headers']))]).toEqual([path, 204, '*', true]);
  }
});

test('a flood of what is refused is stopped as well, and nobody with a key of their own feels it', async () => {
  let last = await form({ ...GOOD, api_key: 'abwab_guess' });
  for (let tries = 0; last.status === 403 && tries < 200; tries++) last = await form({ ...GOOD, api_key: `abwab_guess${tries}` });
  expect([last.status, (json(last) as { code: number }[])[0]!.code, Number(last.headers['retry-after']) > 0]).toEqual([429, 429, true]);
  expect((await form({ ...GOOD, description: 'الإنارة في شارعنا لا تعمل منذ أسبوع.' })).status).toBe(200);
});
