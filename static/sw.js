// Keeps on this device what everybody may read: a few pages to begin with, and the last twenty public pages seen.
// Nothing that was sent, nothing of somebody signed in (their pages say no-store), no complaint, no page with a question in its address.
const CORE = 'abwab core 1';
const PAGES = 'abwab pages 1';
const MOST = 20;
const DAY = 86_400_000;
const ASSETS = ['/site.js', '/draft.js', '/icon.svg'];
// The page that checks receipts asks for itself and its program to be kept, once it has been open.
const VERIFY = /^(?:\/(?:en|ku))?\/verify$/;
// A desk that holds numbers of its own asks for the counter's empty form and its program.
const COUNTER = /^(?:\/(?:en|ku))?\/desk\/counter\/offline$/;
const ROOMS = ['/offline', '/', '/help', '/new/need', '/follow'];
const PUBLIC = /^(?:\/(?:en|ku))?(?:\/?|\/(?:needs|commitments|bodies|orgs|open|map|search|help|new|data|verify|log|log\/watchers)|\/(?:n|commitments|bodies|orgs|a)\/[^/]+)$/;
const prefixOf = (path) => (/^\/(?:en|ku)(?=\/|$)/.exec(path) || [''])[0];

self.addEventListener('install', (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CORE).then((core) => core.addAll(ASSETS)));
});
self.addEventListener('activate', (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((it) => it !== CORE && it !== PAGES).map((it) => caches.delete(it)))).then(() => self.clients.claim()));
});
// The page says in which language it is, and whether data is to be saved.
self.addEventListener('message', (event) => event.waitUntil(VERIFY.test(event.data.verify) ? keepVerify(event.data.verify) : COUNTER.test(event.data.counter) ? keepCounter(event.data.counter) : begin(event.data.lang, event.data.little)));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(event, request, url));
  else if (ASSETS.includes(url.pathname) || url.pathname === '/verify.js' || url.pathname === '/counter.js') event.respondWith(fetch(request).catch(() => caches.match(url.pathname)));
});

/** The network first; a copy when it is away, or does not answer in time; else a page that says so. */
async function page(event, request, url) {
  const found = request.method === 'GET' && (!url.search || /\/n\//.test(url.pathname)) ? await caches.match(url.pathname) : undefined;
  try {
    const answer = await (found ? Promise.race([fetch(request), new Promise((_, late) => { setTimeout(late, 12_000); })]) : fetch(request));
    if (request.method === 'GET' && !url.search && PUBLIC.test(url.pathname)) event.waitUntil(keep(PAGES, url.pathname, answer.clone()));
    return answer;
  } catch (lost) {
    const shown = found || (COUNTER.test(`${url.pathname}/offline`) && (await caches.match(`${url.pathname}/offline`))) || (await caches.match(`${prefixOf(url.pathname)}/offline`)) || (await caches.match('/offline'));
    if (!shown) throw lost;
    const html = await shown.text();
    const mark = found ? `data-kept="${shown.headers.get('x-abwab-kept')}"` : 'data-lost';
    return new Response(html.replace('<html ', `<html ${mark} `), { headers: shown.headers });
  }
}

async function keep(name, path, answer) {
  const cache = await caches.open(name);
  // What was taken back is taken from here too.
  if (answer.status === 404 || answer.status === 410) return Promise.all([CORE, PAGES].map(async (it) => (await caches.open(it)).delete(path)));
  const { headers } = answer;
  if (!answer.ok || answer.redirected || /private|no-store/.test(headers.get('cache-control')) || !/html/.test(headers.get('content-type'))) return undefined;
  const kept = new Headers({ 'x-abwab-kept': new Date().toISOString() });
  for (const it of ['content-type', 'content-security-policy', 'referrer-policy', 'x-content-type-options']) if (headers.has(it)) kept.set(it, headers.get(it));
  await cache.delete(path);
  await cache.put(path, new Response(await answer.text(), { headers: kept }));
  if (name === PAGES) for (const old of (await cache.keys()).slice(0, -MOST)) await cache.delete(old);
  return undefined;
}

async function keepVerify(path) {
  await (await caches.open(CORE)).add('/verify.js');
  await keep(CORE, path, await fetch(path, { credentials: 'omit' }));
}

/** As a stranger would see them, once a day. */
async function begin(lang, little) {
  const core = await caches.open(CORE);
  for (const room of little ? ROOMS.slice(0, 1) : ROOMS) {
    const path = lang + room === '/' ? '/' : (lang + room).replace(/\/$/, '');
    const old = await core.match(path);
    if (old && Date.now() - Date.parse(old.headers.get('x-abwab-kept')) < DAY) continue;
    const answer = await fetch(path, { credentials: 'omit' }).catch(() => null);
    if (answer) await keep(CORE, path, answer);
  }
}

async function keepCounter(path) {
  const core = await caches.open(CORE);
  await core.add('/counter.js');
  const answer = await fetch(path, { credentials: 'omit' }).catch(() => null);
  if (answer) await keep(CORE, path, answer);
}
