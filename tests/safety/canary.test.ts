/** Words planted in every private field are read nowhere but by the concerned: on no page, in no file, feed, log, leaf or letter. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeReference } from '#kernel/reference-number.ts';
import { sequenceLeaves } from '#features/record/server/index.ts';
import { tellNews } from '#features/notices/server/index.ts';
import { CANARIES, EXACT_POINT, everything } from '#testing/everything.ts';
import { site, type Answer } from '#testing/site.ts';
import { HOME } from '#testing/cluster.ts';
import { SYSTEM, type TestPerson } from '#testing/world.ts';

const MOST_PAGES = process.env.ABWAB_TEST_ALL ? 5_000 : 700;
const given = await site();
const it = await everything(given);
while ((await given.as(SYSTEM).act(sequenceLeaves, undefined)) > 0);
while ((await given.as({ actor: { kind: 'system', job: 'notices' }, caller: null }).act(tellNews, undefined)) > 0);

const keys = Object.values(it).flatMap((one) => (one && typeof one === 'object' && 'key' in one && typeof one.key === 'string' ? [one.key] : []));
const secrets = [...Object.values(CANARIES), ...EXACT_POINT.parts, ...keys, '0944555777', '944 555 777'];
const found = (text: string): string[] => secrets.filter((secret) => text.includes(secret));
const hidden = [it.received, it.hidden, it.unreadComplaint, it.heldComplaint, it.answeredComplaint, it.askedComplaint, it.desk].map((one) => one.number);

const AT_ONCE = 8;
const START = [
  '/', '/en', '/ku', '/sitemap.xml', '/robots.txt', '/health', '/manifest.webmanifest', '/api/v1/openapi.json', '/api/v1/entries', '/api/v1/entries?limit=100', '/api/v1/entries.csv', '/api/v1/entries.xlsx', '/api/v1/commitments', '/api/v1/commitments.csv',
  '/api/v1/commitments.xlsx', '/api/v1/entries.csv?hxl=yes', '/api/v1/entries.geojson', '/api/v1/commitments.geojson', '/feeds/entries.atom', '/feeds/answers.atom', '/feeds/commitments.atom', '/feeds/entries.ics', '/feeds/commitments.ics', '/data/catalog.jsonld', '/data/entries', '/open311/v2/requests.json', '/open311/v2/requests.xml', '/open311/v2/servicerequestupdates.xml', '/open311/v2/services.json', '/api/v1/bodies', '/api/v1/organisations?limit=100', '/api/v1/organisations.csv', '/api/v1/organisations.csv?hxl=yes', '/api/v1/organisations.xlsx', '/orgs', '/orgs?q=Zirqal', '/search?q=Zirqal', '/search?q=%D8%A7%D9%84%D8%AD%D8%AF%D9%8A%D9%82%D8%A9', '/needs?q=Zirqal', '/needs?sort=due', '/needs?state=late', '/commitments?q=Zirqal', '/a/TN01', '/places?q=Zirqal', '/demo', '/desk', '/gov', '/admin', '/me',
  ...[...hidden, it.withdrawn.number, it.joined.number, it.privatePromise].flatMap((number) => [`/n/${number}`, `/en/n/${number}`, `/n/${number}/confirm`, `/n/${number}/preview.jpg`, `/track?number=${number}`, `/search?q=${number}`, `/commitments/${number}`, `/api/v1/entries/${number}`, `/api/v1/commitments/${number}`, `/open311/v2/requests/${number}.json`, `/open311/v2/requests.xml?service_request_id=${number}`, `/open311/v2/servicerequestupdates.json?service_request_id=${number}`, `/desk/n/${number}`, `/desk/n/${number}/answer`, `/gov/triage/${number}`]),
  `/files/${it.files.private}/large`, `/files/${it.files.private}/small`, `/files/${it.files.paper}/large`, `/files/${it.files.paper}/small`, `/orgs/${it.organisation.number}`, `/orgs/${it.organisation.draft.number}`,
];

/** Everything that leads from here to there, in all languages. */
function linksIn(answer: Answer): string[] {
  const hrefs = [...answer.text.matchAll(/\s(?:href|src|action|content)="([^"#]+)/g)].map((match) => match[1]!.replaceAll('&amp;', '&'));
  const locs = [...answer.text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((match) => match[1]!);
  return [...hrefs, ...locs, String(answer.headers.location ?? '')].flatMap((href) => {
    const url = URL.parse(href, given.own);
    return url?.origin === given.own && !/\?\/|^\/(login|enter|settings)/.test(url.pathname + url.search) ? [url.pathname + url.search] : [];
  });
}

/** A spreadsheet is a folder of texts, packed: what they say. */
function unpacked(bytes: Buffer): string {
  let text = '';
  for (let at = bytes.indexOf('PK\x03\x04', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x03\x04', at + 4, 'latin1')) {
    const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    try { text += inflateRawSync(bytes.subarray(from), { finishFlush: 2 }).toString(); } catch { text += bytes.subarray(from, from + 10_000).toString(); }
  }
  return text;
}

async function crawl(cookie: { cookie?: string }): Promise<{ read: number; leaks: string[] }> {
  const known = new Set(START);
  const waiting = [...START];
  const leaks: string[] = [];
  let read = 0;
  const one = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined && read < MOST_PAGES; path = waiting.shift()) {
      read += 1;
      const answer = await given.get(path, cookie);
      const whole = answer.text + JSON.stringify(answer.headers) + (/sheet/.test(String(answer.headers['content-type'])) ? unpacked(answer.body) : '');
      for (const secret of found(whole)) if (!path.includes(secret)) leaks.push(`${path} (${answer.status}) says ${secret}`);
      if (answer.status >= 500) leaks.push(`${path} fails with ${answer.status}`);
      for (const link of linksIn(answer)) if (!known.has(link)) { known.add(link); waiting.push(link); }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return { read, leaks };
}

describe('everything that a link leads to, in three languages', () => {
  const people: [string, TestPerson | null][] = [['a visitor', null], ['somebody signed in', it.resident], ['an officer of another body', it.other.officer], ['the head of another body', it.other.head]];
  test.each(people)('%s reads nothing private', async (_, person) => {
    const { read, leaks } = await crawl(person ? { cookie: await given.cookieOf(person) } : {});
    expect(leaks).toEqual([]);
    expect(read).toBeGreaterThan(150);
  });

  test('the words are there to be read: their sender and the governor’s office find them', async () => {
    const triage = await given.get(`/gov/triage/${it.heldComplaint.number}`, { cookie: await given.cookieOf(it.coordinator) });
    expect(found(triage.text)).toEqual(expect.arrayContaining([CANARIES.complaintTitle, CANARIES.complaintText, CANARIES.senderName]));
    const own = await given.post('/track?/show', { number: it.replied.number, key: it.replied.key });
    expect(found(own.text)).toEqual(expect.arrayContaining([CANARIES.question, CANARIES.reply]));
    expect((await given.get(`/files/${it.files.private}/large`, { cookie: await given.cookieOf(it.officer) })).status).toBe(200);
  });
});

test('the officer who works on a complaint does not learn who complained', async () => {
  const page = await given.get(`/desk/n/${it.heldComplaint.number}`, { cookie: await given.cookieOf(it.officer) });
  expect(page.status).toBe(200);
  expect(found(page.text)).toContain(CANARIES.complaintText);
  expect([CANARIES.senderName, CANARIES.senderMail, CANARIES.senderPhone].filter((secret) => page.text.includes(secret))).toEqual([]);
});

test('the clerk who took a complaint reads neither its words nor the phone again, and the receipt says none of them', async () => {
  const cookie = { cookie: await given.cookieOf(it.desk.clerk) };
  for (const path of ['/desk/counter', `/desk/counter/receipt?once=${it.desk.once}`, '/desk/paper', `/desk/paper?sheet=${it.desk.sheet}`, `/desk/paper/sheets/${it.desk.sheets}`, '/desk/hearings', `/desk/n/${it.desk.number}`, `/n/${it.desk.number}`]) {
    const page = await given.get(path, cookie);
    expect([path, found(page.text)]).toEqual([path, []]);
  }
  expect((await given.get(`/desk/counter/receipt?once=${it.desk.once}`, cookie)).text).toContain(it.desk.number);
  // What is refused comes back whole, but for the phone.
  const refused = await given.post('/desk/counter?/take', { once: crypto.randomUUID(), kind: 'complaint', title: CANARIES.complaintTitle, text: '', contact: '0944 555 777', placeWords: 'x' }, cookie);
  expect(refused.status).toBe(400);
  expect(found(refused.text)).toEqual([CANARIES.complaintTitle]);
});

describe('a number that was never given and one of which nobody may know', () => {
  const unknown = makeReference('TST', 9876);
  const same = (answer: Answer, number: string) => {
    const { etag: _, date: __, 'content-length': ___, ...headers } = answer.headers;
    const arabic = number.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    // How much a page weighs is measured now and then, and estimated in between.
    const without = (text: string) => text.replaceAll(number, 'NUMBER').replaceAll(arabic, 'NUMBER').replace(/[\d٠-٩]+ (ك\.ب|kB|KB)/g, 'WEIGHT');
    return { status: answer.status, headers: JSON.parse(without(JSON.stringify(headers))) as object, body: without(answer.text) };
  };
  const asked: [string, (number: string, cookie: { cookie?: string }) => Promise<Answer>][] = [
    ['the page', (number, cookie) => given.get(`/n/${number}`, cookie)], ['the page in English', (number, cookie) => given.get(`/en/n/${number}`, cookie)], ['the page of a commitment', (number, cookie) => given.get(`/commitments/${number}`, cookie)],
    ['the picture of a link', (number, cookie) => given.get(`/n/${number}/preview.jpg`, cookie)], ['the question whether it was done', (number, cookie) => given.get(`/n/${number}/confirm`, cookie)], ['the API', (number) => given.get(`/api/v1/entries/${number}`)],
    ['tracking without a key', (number, cookie) => given.post('/track?/show', { number }, cookie)], ['tracking with a wrong key', (number, cookie) => given.post('/track?/show', { number, key: '1'.repeat(20) }, cookie)],
    ['a reply with a wrong key', (number, cookie) => given.post('/track?/reply', { number, key: '1'.repeat(20), text: 'جواب لا يصل' }, cookie)], ['withdrawing', (number, cookie) => given.post('/track?/withdraw', { number, key: '1'.repeat(20) }, cookie)],
    ['a voice with a wrong key', (number, cookie) => given.post(`/n/${number}/confirm?/say`, { verdict: 'yes', key: '1'.repeat(20) }, cookie)], ['support', (number, cookie) => given.post(`/n/${number}?/support`, {}, cookie)], ['following', (number, cookie) => given.post(`/n/${number}?/follow`, { follow: 'yes' }, cookie)],
    ['the desk', (number, cookie) => given.get(`/desk/n/${number}`, cookie)], ['an answer', (number, cookie) => given.get(`/desk/n/${number}/answer`, cookie)], ['beginning to study', (number, cookie) => given.post(`/desk/n/${number}?/study`, {}, cookie)], ['search', (number, cookie) => given.get(`/search?q=${number}`, cookie)],
  ];
  test.each(asked)('are the same to %s', async (_, ask) => {
    for (const who of [null, it.resident, it.other.officer]) {
      const cookie = who ? { cookie: await given.cookieOf(who) } : {};
      await given.pool.query('delete from rate_limits');
      const strange = same(await ask(unknown, cookie), unknown);
      for (const number of [it.heldComplaint.number, it.received.number, it.unreadComplaint.number]) expect(same(await ask(number, cookie), number)).toEqual(strange);
    }
  });
});

test('acts, leaves, jobs and letters carry codes and dates, and nobody’s words', async () => {
  const acts = await given.sql<{ leaf: string | null; detail: object; kind: string }>('select kind, leaf, detail from acts');
  expect(acts.length).toBeGreaterThan(80);
  expect(acts.filter((act) => found(JSON.stringify(act)).length > 0)).toEqual([]);
  // What was public before its sender withdrew it may say so, and nothing else.
  const contents = await given.sql<{ kind: string; content: object }>('select a.kind, c.content from act_contents c join acts a on a.id = c.act_id where a.public');
  expect(contents.filter((act) => found(JSON.stringify(act.content)).length > 0)).toEqual([]);
  for (const table of ['graphile_worker._private_jobs', 'notices', 'outbox', 'rate_limits']) {
    expect([table, found(JSON.stringify(await given.sql(`select * from ${table}`), (_, value) => (typeof value === 'bigint' ? String(value) : value)))]).toEqual([table, []]);
  }
});

test('what was withdrawn is in no table any more', async () => {
  const tables = await given.sql<{ name: string }>(`select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`);
  for (const { name } of tables) {
    const rows = await given.sql(`select 1 from ${name} t where t::text like '%Zirqal-withdrawn%'`);
    expect([name, rows.length]).toEqual([name, 0]);
  }
});

test('an import says which rows it left out, and not what they say', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'abwab-canary-'));
  const file = join(folder, 'rows.jsonl');
  const row = { externalId: '', kind: 'need', title: CANARIES.importedComplaint, text: CANARIES.complaintText, name: CANARIES.senderName, phone: CANARIES.senderPhone };
  writeFileSync(file, [row, { ...row, externalId: '7', kind: 'complaint', submittedAt: 'never' }, { ...row, externalId: '8', kind: 'complaint' }].map((one) => JSON.stringify(one)).join('\n'));
  const env = { ...process.env, ABWAB_HOME: HOME, ABWAB_PROFILE: 'test', ABWAB_SECRET: Buffer.alloc(32, 7).toString('hex'), DATABASE_URL: given.database.url };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(HOME, 'cli/abwab.ts'), 'import', 'entries', file, '--format', 'abwab'], { env }).catch((error: { stdout: string; stderr: string }) => error);
  rmSync(folder, { recursive: true });
  expect(stdout + stderr).toMatch(/imported 1, .*refused 2/);
  expect(found(stdout + stderr)).toEqual([]);
});

// Last, when everything above has been asked.
test('the log of the server names nobody and quotes nothing', async () => {
  await given.post('/track?/show', { number: it.heldComplaint.number, key: it.heldComplaint.key });
  await given.post('/login?/code', { contact: CANARIES.senderMail });
  expect(found(given.log())).toEqual([]);
  expect(given.log()).not.toMatch(/"level":"error"/);
});
