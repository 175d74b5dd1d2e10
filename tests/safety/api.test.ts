/** The API held against its own description: whatever is asked and whoever asks, the status is one of those named there, and the body is in its schema. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everything } from '#testing/everything.ts';
import { site } from '#testing/site.ts';
import { allActors } from './actors.ts';
import { hostileText } from './hostile.ts';

const RUNS = process.env.ABWAB_TEST_ALL ? 200 : 14;
const SEED = Number(process.env.ABWAB_SEED ?? 20_261_125);

const given = await site();
const it = await everything(given);
const actors = await allActors(given, it);
const cookies = await Promise.all(actors.map(async (one) => ({ name: one.name, cookie: 'id' in one.who ? await given.cookieOf(one.who) : null })));

type Schema = { type?: string; enum?: string[]; pattern?: string; maxLength?: number; format?: string };
type Parameter = { name: string; in: 'query' | 'path'; schema: Schema };
type Operation = { parameters: Parameter[]; responses: Record<string, { content?: Record<string, { schema?: object }> }> };
type Description = { paths: Record<string, { get: Operation }>; components: { schemas: Record<string, object> } };
const description = JSON.parse((await given.get('/api/v1/openapi.json')).text) as Description;

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'description', components: description.components });
const compiled = new Map<object, ReturnType<typeof ajv.compile>>();
/** References lead into the description, which is here a schema of its own. */
function problemsOf(schema: object, body: unknown): unknown {
  let valid = compiled.get(schema);
  if (!valid) compiled.set(schema, (valid = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"description#/components')) as object)));
  return valid(body) ? null : valid.errors;
}

const numbers = [it.open, it.assigned, it.heldComplaint, it.hidden, it.withdrawn, it.joined, it.received, it.promised.openEntry].map((one) => one.number);
const known = fc.constantFrom(...numbers, it.promised.open.number, it.privatePromise, it.code, it.organisation.number, 'TN01', 'TS', 'SRV', 'SRV.5', '2026-11-01', '10', 'yes', 'الشارع', 'WyJ4Il0', 'W10');

/** Values of a parameter as its schema has them, values that other parameters have, and everything else. */
function valueOf(schema: Schema): fc.Arbitrary<string> {
  const fitting = schema.enum ? [fc.constantFrom(...schema.enum)] : schema.pattern && !/\\p|\(\?/.test(schema.pattern) ? [fc.stringMatching(new RegExp(schema.pattern))] : [];
  return fc.oneof(...fitting, known, hostileText.map((text) => text.slice(0, 1_000).toWellFormed()));
}

const asked = (path: string, { parameters }: Operation): fc.Arbitrary<string> => {
  const query = fc.record(Object.fromEntries(parameters.filter((one) => one.in === 'query').map((one) => [one.name, valueOf(one.schema)])), { requiredKeys: [] });
  const place = fc.oneof(known, hostileText.map((text) => text.slice(0, 80).toWellFormed())).map((text) => encodeURIComponent(text) || '%20').filter((text) => !/^\.{1,2}$/.test(text));
  return fc.tuple(query, place).map(([values, at]) => `${path.replace(/\{\w+\}/, () => at)}?${new URLSearchParams(values as Record<string, string>)}`);
};

const paths = Object.entries(description.paths);

test('the description itself can be read: every schema compiles, every path has its parameters, and every answer its statuses', () => {
  expect(paths.length).toBeGreaterThan(20);
  for (const [path, { get }] of paths) {
    expect([path, (path.match(/\{\w+\}/g) ?? []).map((one) => one.slice(1, -1))]).toEqual([path, get.parameters.filter((one) => one.in === 'path').map((one) => one.name)]);
    for (const [status, answer] of Object.entries(get.responses)) {
      expect(status).toMatch(/^[1-5]\d\d$/);
      for (const { schema } of Object.values(answer.content ?? {})) if (schema) problemsOf(schema, {});
    }
  }
});

describe.each(paths)('%s', (path, { get }) => {
  test('as anybody and as each role', async () => {
    await fc.assert(fc.asyncProperty(asked(path, get), fc.constantFrom(...cookies), async (address, who) => {
      const answer = await given.get(address, who.cookie ? { cookie: who.cookie, headers: { accept: 'application/json' } } : { headers: { accept: 'application/json' } });
      const said = `${who.name}: ${address} → ${answer.status} ${answer.status >= 500 ? given.log().slice(-800) : ''}`;
      expect(Object.keys(get.responses), said).toContain(String(answer.status));
      const [type, content] = Object.entries(get.responses[String(answer.status)]!.content ?? {})[0] ?? [];
      if (type) expect([said, String(answer.headers['content-type']).startsWith(type)]).toEqual([said, true]);
      if (content?.schema && /json/.test(type!)) expect([said, problemsOf(content.schema, JSON.parse(answer.text))]).toEqual([said, null]);
      // Programs are visitors: a sitting that comes along changes nothing.
      expect(answer.headers['set-cookie']).toBeUndefined();
    }), { seed: SEED, numRuns: RUNS, endOnFailure: true });
  });
});

test('a day that is in no calendar is refused, in lists and in files', async () => {
  for (const path of ['/api/v1/entries', '/api/v1/entries.csv', '/api/v1/entries.xlsx', '/api/v1/entries.geojson']) for (const day of ['2026-02-30', '0000-01-01']) {
    const answer = await given.get(`${path}?since=${day}`);
    expect([path, day, answer.status, JSON.parse(answer.text)]).toMatchObject([path, day, 400, { errors: [{ parameter: 'since', code: 'invalid' }] }]);
  }
});

test('who is signed in is told the same as anybody', async () => {
  for (const path of ['/api/v1/entries?limit=100', '/api/v1/commitments?limit=100', `/api/v1/entries/${it.open.number}`]) {
    const open = await given.get(path);
    for (const { cookie, name } of cookies) if (cookie) expect([name, (await given.get(path, { cookie })).text]).toEqual([name, open.text]);
  }
});
