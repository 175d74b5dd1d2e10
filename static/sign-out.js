// Signing out clears what this device keeps, also where the browser does not know Clear-Site-Data. Entries of a counter that were not sent
// yet are sealed for the server: they stay, and whoever signs out is told so once.
(() => {
  const form = document.querySelector('form[data-sign-out]');
  let ready = false;
  let told = false;

  /** The counter's store, if this device has one; a browser that has none is left without one. */
  const counter = () => new Promise((done) => {
    const asked = indexedDB.open('abwab counter');
    asked.onupgradeneeded = () => asked.transaction.abort();
    asked.onerror = () => done(null);
    asked.onsuccess = () => done(asked.result);
  });

  /** How many entries wait on this device. */
  async function waiting() {
    const db = globalThis.indexedDB ? await counter() : null;
    if (!db) return 0;
    const it = db.transaction('waiting').objectStore('waiting').count();
    const count = await new Promise((done, failed) => { it.onsuccess = () => done(it.result); it.onerror = () => failed(it.error); });
    db.close();
    return count;
  }

  async function forget(keep) {
    try { localStorage.clear(); sessionStorage.clear(); } catch { /* a browser that keeps nothing has nothing to clear */ }
    if (!keep) globalThis.indexedDB?.deleteDatabase('abwab counter');
    else await counter().then((db) => { db?.transaction('blocks', 'readwrite').objectStore('blocks').clear(); db?.close(); });
    const names = globalThis.caches ? await caches.keys() : [];
    await Promise.all(names.map((name) => caches.delete(name)));
  }

  const go = () => { ready = true; if (form.requestSubmit) form.requestSubmit(); else form.submit(); };

  form?.addEventListener('submit', async (event) => {
    if (ready) return;
    event.preventDefault();
    // What cannot be counted is kept: it may be something that somebody said.
    const count = await waiting().catch(() => 1);
    if (count > 0 && !told) {
      told = true;
      const line = Object.assign(document.createElement('p'), { className: 'note warn', textContent: form.dataset.waiting });
      line.setAttribute('role', 'alert');
      form.prepend(line, Object.assign(document.createElement('input'), { type: 'hidden', name: 'keep', value: 'waiting' }));
      return;
    }
    // A form that may still be refused leaves the clearing to the answer.
    if (form.dataset.signOut !== 'by-answer') await forget(count > 0).catch(() => undefined);
    go();
  });
})();
