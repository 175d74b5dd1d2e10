// Keeps what is being written on this device until it is sent: a power cut, a closed browser or a lost network loses nothing.
// Pages work without it. Complaints never load it. A second draft of a kind has a name of its own in the address: /new/need#2.
(() => {
  const prefix = 'abwab draft ';
  const waitingName = 'abwab waiting';
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  if (!store) return;
  const { sent, another, waiting } = document.currentScript?.dataset ?? {};
  const slot = /^#\d{1,3}$/.test(location.hash) ? location.hash : '';
  const drop = (name) => { for (const key of Object.keys(store)) if (key.startsWith(`${prefix}${name} `)) store.removeItem(key); };
  if (sent) {
    drop(sent + slot);
    store.removeItem(waitingName);
    return;
  }
  addEventListener('hashchange', () => location.reload());
  const kind = /\/new\/([a-z]+)$/.exec(location.pathname)?.[1];
  const last = document.querySelector('form[action*="/send"]');
  if (last) send(last);
  const form = document.getElementById('entry');
  if (!form || form.dataset.draft !== kind) return;
  const name = `${prefix}${kind}${slot} ${form.elements.step.value}`;
  const fields = () => [...form.elements].filter((it) => it.name && !['hidden', 'file', 'submit'].includes(it.type));
  const chosen = (it) => it.type === 'checkbox' || it.type === 'radio';

  function keep() {
    const values = {};
    for (const it of fields()) {
      if (chosen(it)) { if (it.checked) (values[it.name] ??= []).push(it.value); }
      else if (it.value) values[it.name] = it.value;
    }
    try {
      if (Object.keys(values).length) store.setItem(name, JSON.stringify({ at: Date.now(), values }));
      else store.removeItem(name);
    } catch { /* a full device must not stop the writing */ }
  }

  function restore() {
    let saved;
    try { saved = JSON.parse(store.getItem(name)); } catch { return false; }
    if (!saved || Date.now() - saved.at > 14 * 86_400_000) return false;
    let changed = false;
    for (const it of fields()) {
      const value = saved.values[it.name];
      if (value === undefined) continue;
      if (chosen(it)) { if (!it.checked && value.includes(it.value)) { it.checked = true; changed = true; } }
      else if (!it.value) { it.value = value; changed = true; }
    }
    return changed;
  }

  function say(text, found) {
    const line = document.createElement('p');
    line.className = 'sm mute no-print row';
    line.setAttribute('role', 'status');
    line.textContent = `${found ? form.dataset.found : text} `;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'btn plain';
    button.textContent = form.dataset.delete;
    button.addEventListener('click', () => {
      drop(kind + slot);
      for (const it of fields()) if (chosen(it)) it.checked = false; else it.value = '';
      line.remove();
    });
    line.append(button);
    if (found && form.elements.step.value === 'what') line.append(Object.assign(document.createElement('a'), { href: `#${free()}`, textContent: another }));
    form.append(line);
  }

  /** The first number that no draft of this kind has. */
  function free() {
    for (let at = 2; ; at++) if (!Object.keys(store).some((key) => key.startsWith(`${prefix}${kind}#${at} `))) return at;
  }

  const found = restore();
  let said = false;
  const tell = (again) => { if (!said) { said = true; say(form.dataset.kept, again); } };
  if (found) tell(true);
  let timer;
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(() => { keep(); tell(false); }, 400); });
  addEventListener('pagehide', () => { if (document.contains(form)) keep(); });
  form.action += slot;
  wait(form, () => undefined);

  /** The last page. What waits is written down, so that it leaves even when this page is closed meanwhile. */
  function send(form) {
    form.action += slot;
    wait(form, () => {
      const body = new URLSearchParams(new FormData(form)).toString();
      try { store.setItem(waitingName, JSON.stringify({ action: form.action, body, draft: kind + slot, page: location.pathname + slot })); } catch { /* then this page has to stay open */ }
    });
  }

  /** Without a network nothing is sent and nothing lost: the page stays, says so, and goes on by itself when the network is back. */
  function wait(form, note) {
    let line;
    form.addEventListener('submit', (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      note();
      if (!line) {
        line = Object.assign(document.createElement('p'), { className: 'note warn' });
        line.setAttribute('role', 'status');
        // Beside the button that was pressed: there somebody looks.
        form.insertBefore(line, [...form.children].filter((it) => it.matches('.acts')).pop());
      }
      line.textContent = waiting;
    });
    addEventListener('online', async function again() {
      if (!line) return;
      await new Promise((done) => { setTimeout(done, 1_500); });
      const reached = await fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' }).then((it) => it.ok, () => false);
      if (reached) form.requestSubmit ? form.requestSubmit() : form.submit();
      else if (navigator.onLine) setTimeout(again, 5_000);
    });
  }
})();
