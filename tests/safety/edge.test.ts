/** What every answer of the site carries, and what no request gets past: asked of the built site. */
import { expect, test } from 'vitest';
import { office } from '#testing/entries.ts';
import { site, type Answer } from '#testing/site.ts';

const given = await site();
const secure = await site({ origin: 'https://abwab.example' });
const it = await office(given);
const resident = await given.cookieOf(await given.person());
const coordinator = await given.cookieOf(it.coordinator);
const policyOf = (answer: Answer) => String(answer.headers['content-security-policy']);

test.each(['/', '/needs', '/en/new/need', '/track', '/login', '/no-such-page', '/ku/search?q=x'])('%s runs nothing that is not ours, is framed by nobody, and sets no cookie', async (path) => {
  const page = await given.get(path);
  const policy = policyOf(page);
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).toContain(`frame-ancestors 'none'`);
  expect(policy).toContain(`base-uri 'none'`);
  expect(policy).toContain(`form-action 'self'`);
  expect(policy).not.toMatch(/unsafe-(inline|eval|hashes)|https?:|\*/);
  expect(page.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin' });
  expect(page.headers['set-cookie']).toBeUndefined();
  expect(page.text).not.toMatch(/<[a-z][^>]*\s(style|on[a-z]+)=/i);
  expect(page.headers['content-type']).toMatch(/^text\/html/);
});

test('pages of somebody signed in, and pages with what somebody writes, are kept in no cache', async () => {
  for (const path of ['/', '/needs', '/me', '/follow', '/me/sign-ins']) expect((await given.get(path, { cookie: resident })).headers['cache-control'], path).toBe('private, no-store');
  for (const path of ['/gov', '/gov/triage', '/gov/approvals']) expect((await given.get(path, { cookie: coordinator })).headers['cache-control'], path).toBe('private, no-store');
  const kept = await given.post('/new/need?/keep', { step: 'what', title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.' });
  expect(kept.status).toBe(303);
  for (const path of [String(kept.headers.location), '/new/complaint', '/track', '/login', '/enter/x']) expect((await given.get(path)).headers['cache-control'], path).toBe('private, no-store');
});

test.each([
  ['another site', { origin: 'https://evil.example' }], ['no origin at all', {}], ['a null origin', { origin: 'null' }], ['a name that begins like ours', { origin: 'http://127.0.0.1.evil.example' }],
] as const)('a form from %s is refused, whatever it is dressed as', async (_, headers) => {
  for (const type of ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain']) {
    const answer = await given.send('/me?/out', { method: 'POST', cookie: resident, body: 'a=b', headers: { 'content-type': type, ...headers } });
    expect([type, answer.status]).toEqual([type, 403]);
  }
  expect((await given.get('/me', { cookie: resident })).status).toBe(200);
});

test('under https the browser is told to stay there, and the cookie of a sitting goes nowhere else', async () => {
  const page = await secure.get('/');
  expect(page.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  expect((await given.get('/')).headers['strict-transport-security']).toBeUndefined();
  const look = await secure.post('/settings', { theme: 'dark' });
  expect(String(look.headers['set-cookie'])).toMatch(/HttpOnly; Secure; SameSite=Lax/);
  // Whoever asks by another name is answered by the one that was set.
  expect((await secure.get('/sitemap.xml', { headers: { host: 'evil.example' } })).text).not.toContain('evil');
  expect((await secure.get('/', { headers: { 'x-abwab-proto': 'http', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' } })).text).not.toContain('evil');
});

test('under https a sitting is carried by a name that no neighbour can set, and without https by none of that kind', async () => {
  const person = await secure.person();
  const cookie = await secure.cookieOf(person);
  expect(cookie).toMatch(/^__Host-abwab_session=/);
  expect((await secure.get('/me', { cookie })).status).toBe(200);
  // A neighbour below the same domain, or a line without https, may set a plain one: it signs nobody in.
  expect((await secure.get('/me', { cookie: cookie.replace('__Host-', '') })).status).toBe(303);
  expect(resident).toMatch(/^abwab_session=/);
  expect((await given.get('/me', { cookie: `__Host-${resident}` })).status).toBe(303);
  const out = await secure.post('/me?/out', {}, { cookie });
  expect(String(out.headers['set-cookie'])).toMatch(/^__Host-abwab_session=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Lax/);
  expect((await secure.get('/me', { cookie })).status).toBe(303);
});

test('other methods and other kinds of bodies do nothing', async () => {
  const json = await given.send('/me?/out', { method: 'POST', cookie: resident, body: '{}', headers: { 'content-type': 'application/json', origin: given.own } });
  expect(json.status).toBe(415);
  for (const method of ['PUT', 'PATCH', 'DELETE']) expect((await given.send('/me?/out', { method, cookie: resident, headers: { origin: given.own } })).status).toBe(405);
  expect((await given.send('/', { method: 'TRACE' })).status).toBeGreaterThanOrEqual(400);
  expect((await given.get('/me', { cookie: resident })).status).toBe(200);
});

test('a body that is too big, cut off or no form is refused with a sentence', async () => {
  const big = await given.upload('/new/need?/keep', [['step', 'details'], ['files', { name: 'big.jpg', bytes: Buffer.alloc(10 * 1024 * 1024) }]]).catch((error: Error) => error);
  // A server that has seen enough may hang up while the rest is still on its way.
  if (big instanceof Error) expect(big.message).toMatch(/EPIPE|ECONNRESET|socket hang up/);
  else expect([400, 413]).toContain(big.status);
  const broken = await given.send('/en/track?/show', { method: 'POST', body: 'number=1', headers: { 'content-type': 'text/plain', origin: given.own } });
  expect(broken.status).toBe(400);
  expect(broken.text).toContain('did not arrive whole');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/%5cevil.example/..//evil.example', 'javascript:alert(1)', '/\t/evil.example', '\\\\evil.example'])('%s leads to no other site', async (next) => {
  for (const answer of [
    await given.get(`/login?next=${encodeURIComponent(next)}`, { cookie: resident }),
    await given.post('/settings', { theme: 'dark', back: next }),
  ]) {
    expect(answer.status).toBe(303);
    expect(new URL(String(answer.headers.location), given.own).origin).toBe(new URL(given.own).origin);
  }
});

test('five wrong keys an hour: the sixth is not even judged, and a right one costs nothing', async () => {
  const entry = await it.submit({ kind: 'complaint' });
  const show = (key: string, path = '/track?/show') => given.post(path, { number: entry.number, key, verdict: 'yes' });
  for (let n = 0; n < 7; n++) expect((await show(entry.key)).status).toBe(200);
  for (let n = 0; n < 5; n++) expect((await show('0'.repeat(20))).status).toBe(400);
  for (const path of ['/track?/show', `/n/${entry.number}/confirm?/open`, `/n/${entry.number}/confirm?/say`]) {
    const sixth = await show(entry.key, path);
    expect([path, sixth.status]).toEqual([path, 429]);
    expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(0);
    expect(sixth.text).not.toContain('المصابيح مكسورة');
  }
  const other = await it.submit();
  const twenty = await Promise.all(Array.from({ length: 20 }, (_, n) => given.post('/track?/show', { number: other.number, key: String(n).padStart(20, '0') })));
  expect(twenty.filter((answer) => answer.status === 400)).toHaveLength(5);
});

test('codes are asked for five times an hour for one contact; the answer is the same whether there is an account', async () => {
  const ask = (contact: string) => given.post('/login?/code', { contact });
  const answers = [];
  for (let n = 0; n < 6; n++) answers.push(await ask('0944 555 123'));
  expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303, 303, 303, 429]);
  expect(Number(answers[5]!.headers['retry-after'])).toBeGreaterThan(0);
  expect(answers[5]!.text).toContain('0944 555 123');
});

test('a program that fills the door is held up, with what was typed', async () => {
  await given.sql(`update rate_limits set count = 0`);
  const key = (await given.sql<{ bucket: string }>(`select distinct bucket from rate_limits where bucket = 'drafts from network'`))[0];
  expect(key).toBeDefined();
  await given.sql(`update rate_limits set count = 300 where bucket = 'drafts from network'`);
  const kept = await given.post('/new/need?/keep', { step: 'what', title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.' });
  expect(kept.status).toBe(429);
  expect(kept.text).toContain('المصابيح مكسورة منذ الشتاء.');
});
