// The counter: prints on a press, and goes on without a network. What a clerk writes down then is sealed for the server at once, so that
// nobody reads it on this device, and leaves once under the number of its receipt. Pages are complete without this script.
(() => {
  const by = (id) => document.getElementById(id);
  const print = by('print');
  if (print) {
    print.hidden = false;
    print.addEventListener('click', () => window.print());
  }
  const { sent } = document.currentScript?.dataset ?? {};
  const card = by('device');
  const form = by('counter');
  if ((!card && !sent) || !window.indexedDB) return;

  const opened = new Promise((done, failed) => {
    const asked = indexedDB.open('abwab counter', 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('blocks', { keyPath: 'id' });
      asked.result.createObjectStore('waiting', { keyPath: 'once' });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
  /** One transaction over both stores; what `work` puts into `out` is there when it is over. */
  const inside = async (mode, work) => {
    const db = await opened;
    return new Promise((done, failed) => {
      const it = db.transaction(['blocks', 'waiting'], mode);
      const out = {};
      it.oncomplete = () => done(out);
      it.onabort = it.onerror = () => failed(it.error);
      work(it.objectStore('blocks'), it.objectStore('waiting'), out);
    });
  };
  const all = async () => {
    const out = await inside('readonly', (blocks, waiting, it) => {
      blocks.getAll().onsuccess = (event) => { it.blocks = event.target.result; };
      waiting.getAll().onsuccess = (event) => { it.waiting = event.target.result; };
    });
    out.good = out.blocks.filter((it) => Date.parse(it.expiresAt) > Date.now() && it.numbers.length > 0);
    return out;
  };
  const forget = (once) => inside('readwrite', (_, waiting) => { waiting.delete(once); });

  // What was corrected by hand has arrived: it waits no more.
  if (sent) void forget(sent).catch(() => undefined);
  if (!card) return;

  const words = JSON.parse(card.dataset.words);
  const { home, mark } = card.dataset;
  // Who opened the counter here last, unreadable on this device: what is written down without a network stays theirs, whoever sends it.
  const MARK = 'abwab counter by';
  try { if (mark) localStorage.setItem(MARK, mark); } catch { /* then it is the sender's */ }
  const writer = () => { try { return localStorage.getItem(MARK) ?? ''; } catch { return ''; } };
  const safe = !!window.crypto?.subtle;
  const say = (text) => { by('device-say').textContent = text; };
  const bytes = (text) => new TextEncoder().encode(text);
  const base64 = (parts) => btoa(Array.from(parts, (it) => String.fromCharCode(it)).join(''));

  /** Whether our server answers; a cable that is plugged in says nothing about it. */
  async function reached() {
    if (!navigator.onLine) return false;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), 5_000);
    try { return (await fetch('/robots.txt', { method: 'HEAD', cache: 'no-store', signal: late.signal })).ok; } catch { return false; } finally { clearTimeout(timer); }
  }

  /** Sends a form of the counter; what it answers, or why not. Null: nobody answered. */
  async function ask(action, fields) {
    let answer;
    try { answer = await fetch(`${home}?/${action}`, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) }); } catch { return null; }
    const told = await answer.json().catch(() => null);
    if (told?.type === 'success') return { ok: JSON.parse(revived(told.data).told) };
    const failure = told?.type === 'failure' ? revived(told.data) : null;
    return { status: told?.status ?? answer.status, field: Object.entries(failure?.fields ?? {})[0] };
  }

  /** The site writes answers as a list in which each thing names the places of its parts. */
  function revived(text) {
    const list = JSON.parse(text);
    const at = (place) => {
      const it = list[place];
      if (Array.isArray(it)) return it.map(at);
      return it && typeof it === 'object' ? Object.fromEntries(Object.entries(it).map(([name, part]) => [name, at(part)])) : it;
    };
    return at(0);
  }

  async function reserve() {
    const got = await ask('reserve', {});
    if (got?.ok) {
      await inside('readwrite', (blocks) => { blocks.put(got.ok); });
      keepPage();
    }
    return got;
  }

  /** The numbers are put away first, in one step: no other window can still print one of them. */
  async function giveBack(old) {
    const out = await inside('readwrite', (blocks, _, it) => {
      blocks.getAll().onsuccess = (event) => {
        it.given = event.target.result.filter((block) => !old || Date.parse(block.expiresAt) <= Date.now());
        for (const block of it.given) blocks.delete(block.id);
      };
    });
    for (const { id, numbers } of out.given) if (numbers.length > 0) await ask('giveBack', { block: id, numbers: numbers.map((it) => it.number).join(' ') });
  }

  /** The counter opens without a network too: a page without anybody's words, kept by the service worker. */
  function keepPage() {
    navigator.serviceWorker?.register('/sw.js').then(() => navigator.serviceWorker.ready).then((it) => it.active.postMessage({ counter: `${home}/offline` })).catch(() => undefined);
  }

  /** Only the server opens it: a key for each entry, bound to its number. */
  async function seal(publicKey, number, value) {
    const server = await crypto.subtle.importKey('spki', Uint8Array.from(atob(publicKey), (it) => it.charCodeAt(0)), { name: 'ECDH', namedCurve: 'P-256' }, false, []);
    const own = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
    const point = new Uint8Array(await crypto.subtle.exportKey('raw', own.publicKey));
    const shared = await crypto.subtle.importKey('raw', await crypto.subtle.deriveBits({ name: 'ECDH', public: server }, own.privateKey, 256), 'HKDF', false, ['deriveKey']);
    const key = await crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: point, info: bytes('abwab counter') }, shared, { name: 'AES-GCM', length: 256 }, false, ['encrypt']);
    const text = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: bytes(number) }, key, bytes(JSON.stringify(value))));
    return base64([...point, ...text]);
  }

  /** Twenty digits, each as likely as the other. */
  function makeKey() {
    let digits = '';
    while (digits.length < 20) for (const byte of crypto.getRandomValues(new Uint8Array(32))) if (byte < 250 && digits.length < 20) digits += byte % 10;
    return digits;
  }

  function typed() {
    const values = {};
    for (const [name, value] of new FormData(form)) {
      if (['once', 'seen', 'searched', 'place'].includes(name) || value === '') continue;
      if (name === 'sectors') (values.sectors ??= []).push(value);
      else values[name] = value;
    }
    return values;
  }

  /** What the server would refuse, as far as it can be seen here. */
  function problem(it) {
    const size = (name) => [...(it[name] ?? '').trim()].length;
    const digits = (it.contact ?? '').replace(/[٠-٩۰-۹]/g, '1').replace(/\D/g, '').length;
    if (!it.kind) return ['kind', words.kind];
    if (size('title') < 5) return ['title', words.title];
    if (size('text') < 10) return ['text', words.text];
    if (!size('placeQuery') && !size('placeWords')) return ['placeWords', words.place];
    if (it.contact && !/^\S+@\S+\.\S+$/.test(it.contact.trim()) && (digits < 8 || digits > 15)) return ['contact', words.contact];
    return (it.contact || it.held || it.name) && it.consent !== 'yes' ? ['consent', words.consent] : null;
  }

  const dayOf = (zone) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date());

  /** Takes one entry without a network; the receipt carries the number under which it will arrive. */
  async function keep() {
    const values = typed();
    if (values.kind === 'complaint') return warn(words.complaint, 'kind');
    const wrong = problem(values);
    if (wrong) return warn(wrong[1], wrong[0]);
    if (!safe) return warn(words.unsafe);
    for (;;) {
      const [block] = (await all()).good;
      if (!block) return warn(words.none);
      const [next] = block.numbers;
      const key = makeKey();
      const waiting = { once: crypto.randomUUID(), block: block.id, number: next.number, takenAt: new Date().toISOString(), sealed: await seal(block.publicKey, next.number, { key, values, by: mark || writer() }) };
      const out = await inside('readwrite', (blocks, store, it) => {
        blocks.get(block.id).onsuccess = (event) => {
          const now = event.target.result;
          if (now?.numbers[0]?.number !== next.number) return;
          now.numbers.shift();
          blocks.put(now);
          store.add(waiting);
          it.taken = true;
        };
      });
      if (out.taken) return show(block, next, key, values.language);
    }
  }

  function warn(text, field) {
    const box = by('counter-warning');
    box.textContent = text;
    box.hidden = false;
    (by(field) ?? box).focus();
  }

  function show(block, { number, qr }, key, language) {
    const slip = by(`slip-${language}`)?.content.firstElementChild.cloneNode(true) ?? by('slip-ar').content.firstElementChild.cloneNode(true);
    const { lang } = slip;
    const day = block.days.find((it) => it.day === dayOf(block.zone)) ?? block.days[block.days.length - 1];
    const put = (name, text) => { const slot = slip.querySelector(`[data-slot=${name}]`); if (slot) (slot.querySelector('bdi') ?? slot).textContent = text; };
    slip.classList.remove('a5', 'roll');
    slip.classList.add(block.paper);
    put('desk', block.at[lang]);
    put('number', number);
    put('key', key.replace(/(\d{4})(?=\d)/g, '$1 '));
    put('received', day.said[lang]);
    put('due', day.due[lang]);
    put('address', `${location.origin}/n/${number}`);
    const svg = slip.querySelector('svg');
    const side = qr.size + 4;
    svg.setAttribute('viewBox', `-2 -2 ${side} ${side}`);
    svg.querySelector('path[fill]').setAttribute('d', `M-2-2h${side}v${side}h-${side}z`);
    svg.querySelector('path[stroke]').setAttribute('d', qr.path);
    const box = by('slip');
    box.querySelector('.slip')?.remove();
    box.append(slip);
    box.hidden = false;
    form.hidden = true;
    form.reset();
    for (const it of form.querySelectorAll('[name=held], [name=seen], .held, #similar')) (it.closest('section.note') ?? it).remove();
    by('slip-title').focus();
    void tell();
  }

  function next() {
    by('slip').hidden = true;
    by('slip').querySelector('.slip')?.remove();
    by('counter-warning').hidden = true;
    form.hidden = false;
    form.elements.once.value = crypto.randomUUID();
    by('kind').focus();
  }

  let sending = false;
  async function send() {
    if (sending) return;
    sending = true;
    try {
      for (const it of (await all()).waiting.filter((one) => !one.problem)) {
        const { once, block, number, takenAt, sealed } = it;
        const got = await ask('send', { once, block, number, takenAt, sealed });
        if (!got) break;
        if (got.ok) await forget(once);
        // A colleague of another desk sits here: it is right as it is, and waits for its own desk.
        else if (got.status === 400 && got.field?.join(' ') === 'number other-desk') { say(words.otherDesk); break; }
        else if (got.status === 400) await inside('readwrite', (_, waiting) => { waiting.put({ ...it, problem: got.field?.join(' ') ?? 'form' }); });
        else { say(got.status === 401 || got.status === 403 ? words.signIn : words.later); break; }
      }
    } finally {
      sending = false;
      await tell(true);
    }
  }

  /** What this device holds. */
  async function tell(keepSaying) {
    const { blocks, good, waiting } = await all();
    const left = good.reduce((sum, it) => sum + it.numbers.length, 0);
    by('device-left').textContent = words.left.replace('%count%', left.toLocaleString(document.documentElement.lang));
    by('device-waiting').textContent = words.waiting.replace('%count%', waiting.length.toLocaleString(document.documentElement.lang));
    by('prepare').hidden = left > 0 || !safe || 'shell' in card.dataset;
    by('send').hidden = waiting.every((it) => it.problem);
    by('give-back').hidden = blocks.length === 0 || 'shell' in card.dataset;
    if (!keepSaying) say(!safe ? words.unsafe : left > 0 ? (navigator.onLine ? words.ready : words.offline) : words.unready);
    const list = by('waiting');
    list.textContent = '';
    for (const it of waiting) {
      const item = document.createElement('li');
      item.append(Object.assign(document.createElement('bdi'), { dir: 'ltr', className: 'code', textContent: it.number }), ` ${it.problem ? words.refused : words.waits} `);
      if (it.problem) item.append(correction(it));
      list.append(item);
    }
  }

  /** The server opens it for the clerk, who puts right what is wrong. */
  function correction(it) {
    const own = Object.assign(document.createElement('form'), { method: 'post', action: `${home}?/open` });
    for (const name of ['once', 'block', 'number', 'takenAt', 'sealed', 'problem']) own.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value: it[name] }));
    own.append(Object.assign(document.createElement('button'), { className: 'btn plain', textContent: words.correct }));
    return own;
  }

  card.hidden = false;
  by('prepare').addEventListener('click', async () => { const got = await reserve(); await tell(!got?.ok); if (!got?.ok) say(got ? words.refusedBlock : words.later); });
  by('send').addEventListener('click', send);
  by('give-back').addEventListener('click', async () => { await giveBack(false); await tell(); });
  by('slip-print')?.addEventListener('click', () => window.print());
  by('slip-next')?.addEventListener('click', next);
  addEventListener('online', async () => { if (await reached()) await send(); await tell(true); });
  addEventListener('offline', () => { void tell(); });

  let native = false;
  form?.addEventListener('submit', async (event) => {
    // A button that leads elsewhere, or a correction of what the server has opened, needs the network anyway.
    if (native || event.submitter?.hasAttribute('formaction') || form.elements.sealed) return;
    event.preventDefault();
    if (await reached()) {
      native = true;
      HTMLFormElement.prototype.submit.call(form);
    } else await keep();
  });

  (async () => {
    if ('shell' in card.dataset && form) form.elements.once.value = crypto.randomUUID?.() ?? '';
    await tell();
    const { blocks, good } = await all();
    if (!(await reached())) return;
    await giveBack(true);
    if ((await all()).waiting.length > 0) await send();
    if (blocks.length === 0 || 'shell' in card.dataset) return;
    keepPage();
    if (good.reduce((sum, it) => sum + it.numbers.length, 0) < 5) await reserve();
    await tell(true);
  })().catch(() => undefined);
})();
