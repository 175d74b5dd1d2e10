/**
 * Checks receipts in the reader's own device, with the engine that the server uses: without a network by the keys that the page
 * brought along, with one also against the record of now. Bundled as /verify.js; without it the form goes to the server.
 */
import { checkContinues, checkReceipt, equal, fromUtf8, LogError, openCheckpoint, openLog, parseReceipt, parseVerifier, trusting, type SignedCheckpoint, type VerifierKey } from '#engines/merkle-log/index.ts';

/** What the page says in its language; `codes` leads from a fault to its sentence. Sentences hold %index%. */
export type Here = {
  /** keys of the record, newest last, and the seal that was the newest when the page was made */
  keys: string[]; seal: string | null;
  words: Record<string, string>; codes: Record<string, string>; acts: Record<string, string>;
};
type Said = { tone: 'ok' | 'warn' | 'error'; words: string; entry?: Uint8Array };

const form = document.querySelector<HTMLFormElement>('form[data-here]');
if (form) begin(form, JSON.parse(form.dataset.here!) as Here);

function begin(form: HTMLFormElement, here: Here): void {
  const text = form.elements.namedItem('text') as HTMLTextAreaElement;
  const file = form.elements.namedItem('file') as HTMLInputElement;
  const box = Object.assign(document.createElement('div'), { className: 'note', role: 'status', tabIndex: -1 });
  /** `asked`: by the button. What came behind a # is not sent anywhere, also when this browser cannot judge it. */
  const check = async (asked: boolean) => {
    const receipt = file.files?.[0] ? await file.files[0].text() : text.value;
    if (receipt.trim() === '' || receipt.length > 20_000) return asked ? form.submit() : undefined;
    let said: Said;
    try {
      said = await judge(here, `${receipt.replaceAll('\r\n', '\n').trim()}\n`);
    } catch (error) {
      // An older browser knows no such signatures, and the server does.
      if (!(error instanceof LogError)) return asked ? form.submit() : undefined;
      const code = error.code === 'E_PROOF_FORMAT' || error.code === 'E_NOTE_FORMAT' || error.code === 'E_CHECKPOINT_FORMAT' ? 'unreadable' : error.code;
      said = { tone: code === 'unreadable' ? 'warn' : 'error', words: sentence(here, code) };
    }
    show(box, form, here, said);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void check(true);
  });
  document.querySelector('form[data-number]')?.addEventListener('submit', (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    show(box, form, here, { tone: 'warn', words: here.words.number! });
  });
  form.querySelector('[data-told]')!.textContent = here.words.here!;
  const read = () => {
    if (!location.hash.startsWith('#c2sp.org/tlog-proof@')) return;
    text.value = decodeURIComponent(location.hash.slice(1));
    void check(false);
  };
  // From now on both are there without a network too.
  void navigator.serviceWorker?.ready.then((it) => it.active?.postMessage({ verify: location.pathname }));
  addEventListener('hashchange', read);
  read();
}

const sentence = (here: Here, code: string): string => here.words[here.codes[code] ?? 'files']!;

async function judge(here: Here, text: string): Promise<Said> {
  const receipt = parseReceipt(text);
  const keys = here.keys.map(parseVerifier);
  const now = await served('checkpoint').then((note) => note && openCheckpoint(note, keys), () => null);
  const entry = receipt.extra ?? (now && receipt.index < now.size ? await openLog(now, served).entry(receipt.index) : null);
  if (!entry) return { tone: 'warn', words: here.words.entry! };
  const seen = await checkReceipt(receipt, entry, trusting(...keys));
  if (!now) return withoutNetwork(here, { keys, seen, index: receipt.index, entry });
  await checkContinues(openLog(now, served), seen);
  return { tone: 'ok', words: here.words.receipt!.replace('%index%', count(receipt.index)), entry };
}

/** What can be said alone: two seals of one size with two roots accuse, whoever signed both. */
async function withoutNetwork(here: Here, { keys, seen, index, entry }: { keys: VerifierKey[]; seen: SignedCheckpoint; index: number; entry: Uint8Array }): Promise<Said> {
  const kept = here.seal === null ? null : await openCheckpoint(here.seal, keys).catch(() => null);
  if (kept?.size === seen.size && !equal(kept.root, seen.root)) throw new LogError('E_SPLIT_VIEW', '');
  return { tone: 'ok', words: here.words.offline!.replace('%index%', count(index)), entry };
}

async function served(path: string): Promise<Uint8Array | null> {
  const answer = await fetch(`/record/log/${path}`, { credentials: 'omit' });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return new Uint8Array(await answer.arrayBuffer());
}

const count = (value: number): string => new Intl.NumberFormat(document.documentElement.lang).format(value);

/** Where the server's own verdict would stand. What the entry says is told in words, as far as it is one of ours. */
function show(box: HTMLElement, form: HTMLFormElement, here: Here, { tone, words, entry }: Said): void {
  for (const old of document.querySelectorAll('main [role=status].note, main .head + .flow > .card, main .flow > .feed')) if (old !== box) old.remove();
  box.className = `note ${tone}`;
  box.replaceChildren(line('strong', words));
  const act = entry && actIn(entry);
  if (act && here.acts[act.act]) box.append(line('span', `${here.words.said} ${here.acts[act.act]} (\u2066${act.at.slice(0, 10)}\u2069)`));
  (form.closest('section') ?? form).before(box);
  box.focus();
}

function line(name: string, words: string): HTMLElement {
  const part = document.createElement('p');
  part.append(Object.assign(document.createElement(name), { textContent: words }));
  return part;
}

function actIn(entry: Uint8Array): { act: string; at: string } | null {
  try {
    const { act, at } = JSON.parse(fromUtf8(entry) ?? '') as { act?: unknown; at?: unknown };
    return typeof act === 'string' && typeof at === 'string' ? { act, at } : null;
  } catch {
    return null;
  }
}
