// Says when there is no network, shows from when a kept copy is, lists what this device keeps, and sends what waits.
// Every page is complete without it.
(() => {
  const root = document.documentElement;
  const line = document.getElementById('line');
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  if (!line) return;
  const lang = (/^\/(?:en|ku)(?=\/|$)/.exec(location.pathname) || [''])[0];
  const shapeOf = (text) => new Intl.DateTimeFormat(root.lang, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(text));

  function say(text, href, label) {
    line.textContent = `${text} `;
    if (href) line.append(Object.assign(document.createElement('a'), { href, textContent: label }));
    line.hidden = !text;
  }
  const stand = () => say(root.dataset.kept ? line.dataset.copy.replace('%date%', shapeOf(root.dataset.kept)) : navigator.onLine ? '' : line.dataset.offline);
  addEventListener('offline', stand);
  addEventListener('online', () => { if (!root.dataset.kept) say(''); flush(); });
  stand();

  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)
      .then((it) => it.active.postMessage({ lang, little: 'save' in root.dataset || !!navigator.connection?.saveData })).catch(() => undefined);
  }

  /** What was sent without a network in a page that is closed by now: once, with the key that it had. */
  async function flush() {
    let waiting;
    try { waiting = JSON.parse(store.getItem('abwab waiting')); } catch { return; }
    if (!waiting || !navigator.onLine || document.querySelector('form[action*="/send"]')) return;
    const answer = await fetch(waiting.action, { method: 'POST', headers: { accept: 'text/html' }, body: new URLSearchParams(waiting.body) }).catch(() => null);
    if (!answer) return;
    const arrived = answer.redirected && answer.url.includes('/sent?');
    store.removeItem('abwab waiting');
    if (arrived) for (const name of Object.keys(store)) if (name.startsWith(`abwab draft ${waiting.draft} `)) store.removeItem(name);
    say(arrived ? line.dataset.sent : line.dataset.failed, arrived ? answer.url : waiting.page, arrived ? line.dataset.show : line.dataset.open);
    drafts();
  }

  function drafts() {
    const box = document.getElementById('drafts');
    if (!box || !store) return;
    const kinds = JSON.parse(box.dataset.kinds);
    const list = box.querySelector('ul');
    list.textContent = '';
    const names = [...new Set(Object.keys(store).filter((it) => it.startsWith('abwab draft ')).map((it) => it.split(' ')[2]))];
    for (const name of names.filter((it) => kinds[it.split('#')[0]])) {
      const [kind, slot] = name.split('#');
      const what = JSON.parse(store.getItem(`abwab draft ${name} what`) || '{}');
      const item = document.createElement('li');
      item.className = 'row';
      const title = Object.assign(document.createElement('bdi'), { textContent: what.values?.title || box.dataset.untitled });
      const link = Object.assign(document.createElement('a'), { href: `${lang}/new/${kind}${slot ? `#${slot}` : ''}` });
      link.append(`${kinds[kind]}: `, title);
      const drop = Object.assign(document.createElement('button'), { type: 'button', className: 'btn plain', textContent: box.dataset.delete });
      drop.addEventListener('click', () => { for (const it of Object.keys(store)) if (it.startsWith(`abwab draft ${name} `)) store.removeItem(it); drafts(); });
      item.append(link, drop);
      list.append(item);
    }
    box.hidden = names.length === 0;
  }

  /** On the page that says that there is no network: what can be read all the same. */
  async function pages() {
    const box = document.getElementById('kept');
    if (!box || !window.caches) return;
    const list = box.querySelector('ul');
    for (const request of await (await caches.open('abwab pages 1')).keys()) {
      const title = /<title>([^<]*) — /.exec(await (await caches.match(request)).text())?.[1];
      if (!title) continue;
      const link = Object.assign(document.createElement('a'), { href: new URL(request.url).pathname });
      link.textContent = new DOMParser().parseFromString(title, 'text/html').body.textContent;
      const item = document.createElement('li');
      item.append(link);
      list.prepend(item);
      box.hidden = false;
    }
  }
  drafts();
  pages().catch(() => undefined);
  flush();
})();
