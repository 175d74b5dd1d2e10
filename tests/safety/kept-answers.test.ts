/** What is answered from memory is what would be answered anew: for every reader, after every act, in every language and look. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { supportEntry, withdrawEntry } from '#features/intake/server/index.ts';
import { keepSite, keptSite } from '#features/places/server/index.ts';
import { CATALOG } from '#platform/i18n/catalog.ts';
import { wordSite } from '#features/wording/server/index.ts';
import { office, type Taken } from '#testing/entries.ts';
import { site, type Answer } from '#testing/site.ts';

// Nothing grows old here by itself: only acts make it so.
const given = await site({ cache: { longestMs: 3_600_000, settleMs: 0 }, env: { ABWAB_REMEMBER: '1' } });
const it = await office(given);
const administrator = await given.person([{ role: 'administrator' }]);
const entries: Taken[] = [await it.open(), await it.open({ title: 'حفرة أمام المدرسة' })];

const LOOKS = ['', 'theme=dark', 'digits=latn&text=large', 'saver=on'];
const bodyOf = ({ headers, body }: Answer) => (headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
  // How heavy a page is, is measured every hundred pages.
  .replace(/<p class="sm">[^<]*<\/p><\/div><\/footer>/, '');
type Asking = { path: string; lang: string; look: string; encoding: string; save: boolean };
const headersOf = (asking: Asking) => ({ 'accept-encoding': asking.encoding, ...(asking.save ? { 'save-data': 'on' } : {}) });
const cookieOf = (asking: Asking, more = '') => [asking.look && `abwab_look=${encodeURIComponent(asking.look)}`, more].filter(Boolean).join('; ');
const kept = (asking: Asking) => given.get(asking.lang + asking.path, { headers: headersOf(asking), cookie: cookieOf(asking) });
/** A cookie of ours that nobody knows: memory is left out, and the page is the visitor's. */
const fresh = (asking: Asking) => given.get(asking.lang + asking.path, { headers: headersOf(asking), cookie: cookieOf(asking, 'abwab_other=1') });

/** Acts of another process arrive by way of the database; until then the answer is the one before. */
async function expectSame(asking: Asking): Promise<void> {
  for (let tries = 0; ; tries++) {
    const [from, made] = [await kept(asking), await fresh(asking)];
    if (tries > 1_000 || (bodyOf(from) === bodyOf(made) && from.status === made.status)) {
      expect({ ...asking, status: from.status, body: bodyOf(from) }).toEqual({ ...asking, status: made.status, body: bodyOf(made) });
      expect(from.headers['content-security-policy']).toEqual(made.headers['content-security-policy']);
      return;
    }
    await wait(20);
  }
}

const path = fc.constantFrom('/', '/needs', '/needs?kind=need', '/commitments', '/bodies', '/open', '/map', '/search?q=%D8%AD%D9%81%D8%B1%D8%A9', '/api', '/n/0', '/n/1', '/api/v1/entries', '/api/v1/entries/0', '/api/v1/commitments', '/api/v1/bodies');
const asking = fc.record({ path, lang: fc.constantFrom('', '/en', '/ku'), look: fc.constantFrom(...LOOKS), encoding: fc.constantFrom('br', 'gzip', 'identity'), save: fc.boolean() });
const real = (one: Asking): Asking => {
  const at = one.path.replace(/\/(\d)$/, (_, at) => `/${entries[Number(at)]!.number}`);
  return one.path.startsWith('/api/') ? { ...one, path: at, lang: '' } : { ...one, path: at };
};

const ACTS: Record<string, () => Promise<unknown>> = {
  support: async () => given.as(await given.person()).act(supportEntry, { number: entries[0]!.number }).catch(() => undefined),
  open: async () => it.open({ title: `حفرة رقم ${Math.random()}` }),
  answer: async () => it.answered((await it.assigned()).number),
  settings: async () => {
    const { site: before, seen } = await given.as(administrator).ask(keptSite, undefined);
    await given.as(administrator).act(keepSite, { ...before, opened: !before.opened, seen });
  },
  posted: async () => given.post('/settings', { theme: 'dark' }),
};

test('over random acts and requests, a kept answer equals a fresh one', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.oneof(asking, asking, fc.constantFrom(...Object.keys(ACTS))), { minLength: 6, maxLength: 12 }), async (steps) => {
    for (const step of steps) {
      if (typeof step === 'string') await ACTS[step]!();
      else await expectSame(real(step));
    }
  }), { numRuns: process.env.ABWAB_TEST_ALL ? 60 : 8 });
});

test('figures that are remembered follow every act, and agree with what is stored', async () => {
  const counted = async () => Number((await given.sql<{ n: string }>(`select count(*) as n from entries where published_at is not null and state not in ('joined', 'withdrawn')`))[0]!.n);
  const shown = async () => (JSON.parse((await given.get('/api/v1/entries?limit=1', { cookie: 'abwab_other=1' })).text) as { total: { count: number } }).total.count;
  // What the acts before this test wrote is heard of a moment later.
  await expect.poll(shown, { timeout: 20_000 }).toBe(await counted());
  for (let round = 0; round < 4; round++) {
    await it.open({ title: `عمود مائل رقم ${round}` });
    await expect.poll(shown, { timeout: 20_000 }).toBe(await counted());
  }
});

test('what is alike is remembered for a while; what is withdrawn meanwhile is on no page beside it', async () => {
  const [one, other] = [await it.open({ title: 'خزان مياه الحارة الشرقية مثقوب ويهدر الماء' }), await it.open({ title: 'خزان مياه الحارة الشرقية مثقوب منذ الشتاء' })];
  const beside = async () => (await given.get(`/n/${one.number}`, { cookie: 'abwab_other=1' })).text.includes(other.number);
  await expect.poll(beside, { timeout: 20_000 }).toBe(true);
  await given.as({ actor: { kind: 'visitor' }, caller: 'test-network' }).act(withdrawEntry, { number: other.number, key: other.key } as never);
  expect(await beside()).toBe(false);
});

test('what is kept is sent as it lies, in the reader’s encoding, and not at all to whoever has it', async () => {
  const one = { path: '/needs', lang: '', look: '', encoding: 'br', save: false };
  const first = await kept(one);
  const second = await kept(one);
  expect([second.headers.age, second.body.equals(first.body), second.headers.etag]).toEqual(['0', true, first.headers.etag]);
  expect(second.headers.vary).toContain('cookie');
  const again = await given.get('/needs', { headers: { 'if-none-match': String(first.headers.etag), 'accept-encoding': 'gzip' } });
  expect([again.status, again.body.length, again.headers['content-security-policy'] !== undefined]).toEqual([304, 0, true]);
  const api = await given.get('/api/v1/entries');
  expect((await given.get('/api/v1/entries', { headers: { 'if-none-match': String(api.headers.etag) } })).status).toBe(304);
  await expect.poll(async () => {
    await given.get('/needs');
    const head = await given.send('/needs', { method: 'HEAD' });
    return [head.status, head.body.length, Number(head.headers['content-length']) > 1000];
  }, { timeout: 20_000 }).toEqual([200, 0, true]);
  // Of what does not lie there yet the length is not known: it is not said to be nothing.
  for (const path of ['/needs?sort=due', '/api/v1/entries?limit=3']) expect([path, (await given.send(path, { method: 'HEAD' })).headers['content-length']]).toEqual([path, undefined]);
  await it.open({ title: 'إنارة السلّم' });
  for (let tries = 0; ; tries++) {
    const after = await given.get('/needs', { headers: { 'if-none-match': String(first.headers.etag), 'accept-encoding': 'br' } });
    if (after.status === 200) break;
    expect(tries).toBeLessThan(1_000);
    await wait(20);
  }
});

test('what the governorate words itself, in whichever process, is on every kept page; what cannot be said gives way', async () => {
  const place = { key: 'site.about', language: 'ar' } as const;
  const footer = async (path: string) => /<footer[\s\S]*?<p class="sm">([^<]*)</.exec((await given.get(path)).text)?.[1];
  const original = await footer('/needs');
  const says = async (path: string, wanted: string | undefined) => {
    for (let tries = 0; (await footer(path)) !== wanted; tries++) {
      expect(tries, `${path} says «${await footer(path)}»`).toBeLessThan(500);
      await wait(20);
    }
  };
  await given.as(administrator).act(wordSite, { ...place, text: 'بابكم إلى {governorate}.', seen: 0 });
  for (const path of ['/needs', '/', '/help']) await says(path, original!.replace(/^.*$/, `بابكم إلى ${given.profile.governorateName.ar}.`));
  expect(await footer('/en/needs')).toBe(CATALOG.en['site.about']!.replace('{governorate}', given.profile.governorateName.en));
  await given.sql(`insert into site_texts (key, language, version, text, written_at) values ('site.about', 'ar', 2, '{broken', now()); select pg_notify('abwab_own_words', '')`);
  await says('/needs', original);
  expect((await given.get('/needs')).status).toBe(200);
});

test('nothing of somebody signed in, nothing private, no form that is sent once, no complaint and no refusal is kept', async () => {
  const person = await given.person();
  const cookie = await given.cookieOf(person);
  const complaint = await it.submit({ kind: 'complaint' });
  const withdrawn = await it.open({ title: 'طلب سيُسحب' });
  for (const address of ['/needs', '/', `/n/${entries[0]!.number}`, '/me']) for (const _ of [1, 2]) expect((await given.get(address, { cookie })).headers.age).toBeUndefined();
  const hidden = [
    '/new/need', '/new/complaint', '/en/new/complaint', `/n/${complaint.number}`, `/api/v1/entries/${complaint.number}`, `/n/${complaint.number}/confirm?key=${complaint.key}`, `/track?number=${complaint.number}&key=${complaint.key}`,
    '/track', '/login', '/login/code', '/follow', '/settings', '/demo', '/admin', '/desk', '/gov', '/health', '/nowhere', '/stop/x', '/enter/x', '/api/v1/nothing', '/api/v1/entries.csv',
  ];
  for (const address of hidden) for (const _ of [1, 2]) expect([address, (await given.get(address)).headers.age]).toEqual([address, undefined]);
  // With a session nobody is given what was kept for others, and the other way round.
  expect((await given.get('/needs', { cookie })).text).toContain('href="/me"');
  expect((await given.get('/needs')).text).not.toContain('href="/me"');
  expect((await given.get('/needs', { headers: { authorization: 'Bearer x' } })).headers.age).toBeUndefined();
  await given.get(`/n/${withdrawn.number}`);
  await given.as({ actor: { kind: 'visitor' }, caller: 'test-network' }).act(withdrawEntry, { number: withdrawn.number, key: withdrawn.key } as never);
  await expectSame({ path: `/n/${withdrawn.number}`, lang: '', look: '', encoding: 'br', save: false });
});

test('a file that grows while it is read is another one after an act, and the same for whoever has it until then', async () => {
  for (const path of ['/api/v1/entries.csv', '/api/v1/entries.geojson']) {
    // Once nothing else is being told: whoever asks twice with the same name is not sent it twice.
    let etag = '';
    await expect.poll(async () => {
      const answer = await given.get(path, { headers: { 'if-none-match': etag } });
      etag = answer.headers.etag as string;
      return [answer.status, answer.body.length];
    }, { timeout: 20_000 }).toEqual([304, 0]);
    const title = `مظلّة لموقف الحافلات ${path.length}`;
    await it.open({ title, place: 'TN01', placeWords: '' });
    await expect.poll(async () => (await given.get(path, { headers: { 'if-none-match': etag } })).text.includes(path.endsWith('csv') ? title : 'FeatureCollection'), { timeout: 20_000 }).toBe(true);
  }
});
