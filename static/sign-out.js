// Signing out clears what this device keeps, also where the browser does not know Clear-Site-Data. Entries of a counter that were not sent
// yet would go with it: whoever signs out is told so once.
(() => {
  const form = document.querySelector('form[data-sign-out]');
  let told = false;
  let clear = false;

  /** Whether entries wait at a counter of this device. */
  const waits = async () => {
    if (!(await indexedDB.databases()).some((it) => it.name === 'abwab counter')) return false;
    return new Promise((done) => {
      const asked = indexedDB.open('abwab counter');
      asked.onerror = () => done(false);
      asked.onsuccess = () => {
        const db = asked.result;
        if (!db.objectStoreNames.contains('waiting')) { db.close(); return done(false); }
        const count = db.transaction('waiting').objectStore('waiting').count();
        count.onsuccess = () => { db.close(); done(count.result > 0); };
        count.onerror = () => { db.close(); done(false); };
        return undefined;
      };
    });
  };

  const forget = () => {
    try {
      localStorage.clear();
      sessionStorage.clear();
      globalThis.indexedDB?.deleteDatabase('abwab counter');
      globalThis.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
    } catch { /* a browser that keeps nothing has nothing to clear */ }
  };

  form?.addEventListener('submit', (event) => {
    if (clear || told || !globalThis.indexedDB?.databases) return forget();
    event.preventDefault();
    return waits().catch(() => false).then((waiting) => {
      if (waiting) {
        told = true;
        const line = Object.assign(document.createElement('p'), { className: 'note warn', textContent: form.dataset.waiting });
        line.setAttribute('role', 'alert');
        form.prepend(line);
      } else {
        clear = true;
        form.requestSubmit ? form.requestSubmit() : form.submit();
      }
    });
  });
})();
