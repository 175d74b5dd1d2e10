/** The figures as Prometheus reads them, and who may. */
import { request } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { openCache } from './cache.ts';
import { listen, type Handler } from './listener.ts';
import { CLASSES, EDGES, KINDS, openMeasures } from './measures.ts';
import { openMetrics } from './metrics.ts';
import { openQueue } from './queue.ts';

const TOKEN = 'a-word-of-more-than-16';
const parts = { measures: openMeasures(), cache: openCache(), queue: openQueue() };
let figures: Record<string, number | null> = { database_up: 1, jobs_waiting: 3, backup_age_seconds: null };
const metrics = openMetrics(parts, { house: async () => figures });
const handler: Handler = (asked, response) => { response.writeHead(asked.url === '/broken' ? 500 : asked.url === '/none' ? 404 : 200).end('x'); };
const server = await listen({ handler, host: '127.0.0.1', port: 0, origin: null, ...parts, metrics: { token: TOKEN, text: metrics.text } });
const closed = await listen({ handler, host: '127.0.0.1', port: 0, origin: null, metrics: { token: null, text: metrics.text } });
afterAll(() => { metrics.close(); for (const it of [server, closed]) { it.closeAllConnections(); it.close(); } });

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', at = server) => new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
  request({ host: '127.0.0.1', port: (at.address() as { port: number }).port, path, headers, method, agent: false }, (answer) => {
    let text = '';
    answer.on('data', (part: Buffer) => { text += part.toString(); }).on('end', () => resolve({ status: answer.statusCode!, type: String(answer.headers['content-type']), text }));
  }).on('error', reject).end();
});
const withToken = { authorization: `Bearer ${TOKEN}` };

/** Each line is a comment, or a name, labels and a number; each series has a type and stands once. */
function read(text: string): Map<string, number> {
  const values = new Map<string, number>();
  const typed = new Set<string>();
  expect(text.endsWith('\n')).toBe(true);
  for (const line of text.trimEnd().split('\n')) {
    const type = /^# TYPE (abwab_[a-z_]+) (counter|gauge|histogram)$/.exec(line);
    if (type) { expect(typed.has(type[1]!), line).toBe(false); typed.add(type[1]!); }
    if (/^# (HELP abwab_[a-z_]+ \S|TYPE )/.test(line)) continue;
    const value = /^((abwab_[a-z_]+?)(?:_bucket|_sum|_count)?(?:\{(?:[a-z]+="[^"\\\n]*",?)+\})?) (-?\d+(?:\.\d+)?(?:e[-+]\d+)?)$/.exec(line);
    expect(value, line).not.toBeNull();
    expect([...typed].some((name) => line.startsWith(name)), line).toBe(true);
    expect(values.has(value![1]!), line).toBe(false);
    values.set(value![1]!, Number(value![3]));
  }
  return values;
}

test('whoever does not know the word finds what stands at any address, and learns nothing', async () => {
  for (const headers of [{}, { authorization: 'Bearer' }, { authorization: `Bearer ${TOKEN}x` }, { authorization: `Bearer ${TOKEN.slice(1)}` }, { authorization: `Basic ${TOKEN}` }, { authorization: TOKEN }]) {
    expect((await ask('/metrics', headers as Record<string, string>)).text).toBe('x');
  }
  expect((await ask(`/metrics?token=${TOKEN}`)).text).toBe('x');
  // Without a word in the settings nobody knows it.
  for (const headers of [withToken, { authorization: 'Bearer ' }, { authorization: 'Bearer null' }]) expect((await ask('/metrics', headers, 'GET', closed)).text).toBe('x');
});

test('requests are counted by kind and class alone, whatever their addresses say', async () => {
  const before = read((await ask('/metrics', withToken)).text);
  for (const path of ['/needs?q=Zirqal', '/n/TST-0042-91', '/broken', '/none', '/api/v1/entries?q=Zirqal', '/files/Zirqal/large', '/feeds/Zirqal.atom', '/record/log/checkpoint']) await ask(path, { cookie: 'abwab_session=Zirqal' });
  await ask('/new/need', { origin: 'http://127.0.0.1' }, 'POST');
  const { status, type, text } = await ask('/metrics', withToken);
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(text).not.toMatch(/Zirqal|TST-|127\.0/);
  const after = read(text);
  const more = (kind: string, status: string) => { const key = `abwab_request_seconds_count{kind="${kind}",status="${status}"}`; return after.get(key)! - before.get(key)!; };
  expect([more('page', '5xx'), more('page', '4xx'), more('api', '2xx'), more('file', '2xx'), more('form', '2xx')]).toEqual([1, 1, 2, 1, 1]);
  expect(after.get('abwab_database_up')).toBe(1);
  expect(after.get('abwab_jobs_waiting')).toBe(3);
  expect([...after.keys()].filter((key) => key.startsWith('abwab_request_seconds')).length).toBe(KINDS.length * CLASSES.length * (EDGES.length + 3));
  // What is not known is not said to be nothing.
  expect(text).not.toContain('backup_age');
  // A bucket holds what the smaller ones hold.
  for (const kind of KINDS) {
    const held = EDGES.map((edge) => after.get(`abwab_request_seconds_bucket{kind="${kind}",status="2xx",le="${edge}"}`)!);
    expect(held).toEqual(held.toSorted((a, b) => a - b));
  }
});

test('the figures of a house whose database is away say so', async () => {
  figures = { database_up: 0 };
  expect(read((await ask('/metrics', withToken)).text).get('abwab_database_up')).toBe(0);
});
