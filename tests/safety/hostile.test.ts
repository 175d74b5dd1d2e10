/** Whatever is sent to whichever form or address: never a failure of ours, every refusal a sentence, nothing typed is lost, nothing runs. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFormKey } from '#features/comments/server/form-key.ts';
import { keepDraft, openDraft } from '#features/intake/server/index.ts';
import { stopToken } from '#features/notices/server/stop-token.ts';
import { TEST_SECRETS } from '#testing/cluster.ts';
import { deskWork } from '#testing/desk.ts';
import { everything } from '#testing/everything.ts';
import { site, type Answer } from '#testing/site.ts';
import { allActors, mayBe } from './actors.ts';
import { BODIES, FILES, hostileFields, hostileQuery, hostileText } from './hostile.ts';
import { ROUTES, type Given, type Route, type Sending } from './routes.ts';

const RUNS = process.env.ABWAB_TEST_ALL ? 120 : 6;
const SEED = Number(process.env.ABWAB_SEED ?? 20_261_124);
const bounded = { seed: SEED, numRuns: RUNS, endOnFailure: false };

const given = await site();
const it = await everything(given);
const actors = await allActors(given, it);
const draft = await given.act(openDraft, { kind: 'need' });
await given.act(keepDraft, { token: draft, data: { title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.', placeWords: 'قرب المدرسة' } });
const nobody = '00000000-0000-4000-8000-000000000000';
const inputs: Given = { it, stranger: nobody, session: nobody, grants: { waiting: nobody, second: nobody, held: nobody }, stop: stopToken(TEST_SECRETS, { person: it.resident.id }), once: crypto.randomUUID(), key: nobody, hook: nobody, delivery: nobody, draft, form: makeFormKey(TEST_SECRETS, new Date()), seen: { site: '', body: '', place: '' }, desk: await deskWork(given, it.code) };

/** As somebody who may, where anybody may: what lies behind the gate is to be reached. */
async function cookieFor(who: string): Promise<{ cookie?: string }> {
  const actor = actors.find((one) => one.factors === 'two' && one.character !== 'visitor' && mayBe(who, one)) ?? (who.startsWith('staff') || who.startsWith('two') || who.startsWith('whoever') ? actors.find((one) => one.name === 'coordinator, two factors') : undefined);
  return actor && 'id' in actor.who ? { cookie: await given.cookieOf(actor.who) } : {};
}

const decoded = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', `'`).replaceAll('&amp;', '&');
/** Inside quotes and text fields a value may hold anything: only what stands outside of them runs. */
const outsideQuotes = (html: string): string => html.replace(/="[^"]*"/g, '=""').replace(/<textarea[^>]*>[^<]*<\/textarea>/g, '');
const RUNS_SOMETHING = /<script>|<img src=x|<svg onload|<svg xmlns="" onload|<[a-z][^<>]*\son[a-z]+=/i;

function sound(answer: Answer, asked: string): void {
  expect(answer.status, `${asked}\n${answer.status >= 500 ? given.log().slice(-1_500) : ''}`).toBeLessThan(500);
  if (!/html/.test(String(answer.headers['content-type'] ?? ''))) return;
  expect(RUNS_SOMETHING.exec(outsideQuotes(answer.text))?.[0], asked).toBeUndefined();
  expect(answer.headers['set-cookie'] === undefined || !/x=1/.test(String(answer.headers['set-cookie'])), asked).toBe(true);
}

/** A refused form says so: in the summary above it, or as the page of an error, in the language of the page. */
function says(answer: Answer, asked: string): void {
  if (answer.status < 400 || !/html/.test(String(answer.headers['content-type'] ?? ''))) return;
  const alert = /role="alert".*?<\/div>/s.exec(answer.text)?.[0].replace(/<style.*?<\/style>|<[^>]+>/gs, ' ') ?? /<h1[^>]*>.*?<\/main>/s.exec(answer.text)?.[0].replace(/<[^>]+>/g, ' ') ?? '';
  expect(alert.trim().length, `${asked} → ${answer.status} says nothing`).toBeGreaterThan(10);
  expect(alert, asked).not.toMatch(/\b(error|intake|people|admin|triage|answers)\.[a-z]/);
  expect(/<html lang="ar/.test(answer.text) ? /[\u0600-\u06ff]/.test(alert) : true, asked).toBe(true);
}

type Field = { name: string; text: boolean };
type Form = { name: string; action: string; route: Route; sending: Sending; path: string; fields: Field[]; /** which form of its page it is, where a hidden field says so */ step: string | null };

const addressOf = (path: string, action: string): string => (action === 'default' ? path : `${path}${path.includes('?') ? '&' : '?'}/${action}`);
// «website» is a trap that no person fills in.
const SECRET = /^(website|step|code|recovery|response|key|once|d|r|id|version|from|into|grant|person|session|passkey)$|-(day|month|year)$/;

/** The forms of a page that are sent to an action, as text. */
const formsOf = (html: string, action: string): string => [...html.matchAll(/<form[^>]*method="post"[^>]*>.*?<\/form>/gs)].map((match) => match[0])
  .filter((form) => action === 'default' || [`?/${action}"`, `?/${action}&`, `&amp;/${action}"`, `&amp;/${action}&`].some((end) => form.includes(end))).join('');

/** The fields of the forms of a page that are sent to this action; those with visible text come back when they are refused. */
function fieldsOf(html: string, action: string): Field[] {
  const found = new Map<string, Field>();
  for (const [tag, , name] of formsOf(html, action).matchAll(/<(input|textarea|select)[^>]*\sname="([^"]+)"[^>]*>/g)) {
    const text = tag.startsWith('<textarea') || (tag.startsWith('<input') && !/type="(hidden|radio|checkbox|file|submit)"/.test(tag));
    // Which form of the page it is stands in a hidden field: without it nobody knows where to put what was typed.
    if (name && name !== 'step') found.set(name, { name, text: text && !SECRET.test(name) });
  }
  return [...found.values()];
}

const forms: Form[] = Object.entries(ROUTES).flatMap(([id, route]) => Object.entries(route.actions ?? {}).map(([action, sending]) => ({ name: `${id} ?/${action}`, action, route, sending, path: addressOf(route.at(inputs), action), fields: [] as Field[], step: null as string | null })));
beforeAll(async () => {
  for (const form of forms) {
    const page = await given.get(form.route.at(inputs), await cookieFor(form.sending.who));
    form.step = /name="step" value="([^"]*)"/.exec(formsOf(page.text, form.action))?.[1] ?? null;
    const known = Object.keys(form.sending.values?.(inputs) ?? {}).map((name) => ({ name, text: false }));
    form.fields = [...new Map([...known, ...fieldsOf(page.text, form.action)].map((field) => [field.name, field])).values()].slice(0, 40);
  }
});

/** A field on the page that came back still holds what was typed, as a browser would read it. */
function comesBack(answer: Answer, action: string, field: Field, typed: string): boolean {
  const tag = new RegExp(`<(input|textarea)[^>]*\\sname="${field.name}"[^>]*>([^<]*)`).exec(formsOf(answer.text, action));
  if (!tag) return true;
  const now = tag[1] === 'textarea' ? decoded(tag[2]!).replace(/^\n/, '') : decoded(/\svalue="([^"]*)"/.exec(tag[0])?.[1] ?? '');
  const plain = (text: string) => text.replace(/(?!\n)\p{Cc}/gu, '').replace(/^\n/, '');
  return plain(now) === plain(typed);
}

const encoded = (fields: readonly (readonly [string, string])[]): string => new URLSearchParams(fields.map(([name, text]) => [name, text])).toString();
const sendTo = (form: Form, fields: readonly (readonly [string, string])[], more: object) => given.send(form.path, { method: 'POST', body: encoded(fields), headers: { 'content-type': 'application/x-www-form-urlencoded', origin: given.own }, ...more });

async function quiet(): Promise<void> {
  // Limits are tested elsewhere; here they would hide what lies behind them.
  await given.pool.query('delete from rate_limits');
}

describe('forms', () => {
  test.each(forms)('$name', async (form) => {
    for (const who of [{}, await cookieFor(form.sending.who)]) {
      await fc.assert(fc.asyncProperty(hostileFields(form.fields.map((field) => field.name)), async (fields) => {
        await quiet();
        const answer = await sendTo(form, form.step === null ? fields : [...fields.filter(([name]) => name !== 'step'), ['step', form.step] as const], who);
        const asked = `POST ${form.path} ${JSON.stringify(fields).slice(0, 1_500)}`;
        sound(answer, asked);
        says(answer, asked);
        // A browser leaves out no field that can be written in: what comes back is promised to whoever sent them all.
        if (answer.status !== 400 || form.fields.some((field) => field.text && !fields.some(([name]) => name === field.name))) return;
        // What a visitor's number is comes back at the counter by its last digits only.
        for (const field of form.fields.filter((one) => one.text && !(one.name === 'contact' && form.name.startsWith('/(work)/desk/counter')))) {
          const typed = fields.filter(([name]) => name === field.name);
          if (typed.length === 1 && typed[0]![1].length < 30_000 && typed[0]![1].isWellFormed()) expect([asked, field.name, comesBack(answer, form.action, field, typed[0]![1])]).toEqual([asked, field.name, true]);
        }
      }), bounded);
    }
  });

  test.each(forms)('$name: bodies that no browser sends, and files that are not what they say', async (form) => {
    await quiet();
    const who = await cookieFor(form.sending.who);
    for (const { type, body } of BODIES) {
      const answer = await given.send(form.path, { method: 'POST', body, headers: { 'content-type': type, origin: given.own }, ...who });
      sound(answer, `${form.path} ${type} ${body.slice(0, 80)}`);
    }
    const files = FILES.flatMap((file) => form.fields.filter((field) => /^(files|photo|file)$/.test(field.name)).map((field) => [field.name, file] as const));
    for (const [name, file] of files) {
      const answer = await given.upload(form.path, [...Object.entries(form.sending.values?.(inputs) ?? {}), [name, file]], who);
      sound(answer, `${form.path} ${file.name}`);
      says(answer, `${form.path} ${file.name}`);
    }
  });
});

test('no file of a stranger is taken for what it says', async () => {
  const step = `/new/need?/keep&d=${draft}&step=details`;
  for (const file of FILES.filter((one) => !/passwd|name=|empty|both\.pdf/.test(one.name))) {
    const answer = await given.upload(step, [['served', 'أهل الشارع كلّهم'], ['files', file]]);
    expect([file.name, answer.status === 303 ? 'taken' : answer.status]).toEqual([file.name, /bomb\.pdf/.test(file.name) ? 'taken' : 400]);
    if (answer.status === 400) expect([file.name, answer.text.includes('أهل الشارع كلّهم')]).toEqual([file.name, true]);
  }
  expect(await given.sql(`select 1 from attachments where media not in ('photo', 'pdf', 'voice')`)).toEqual([]);
});

describe('addresses', () => {
  const addresses = Object.entries(ROUTES).filter(([, route]) => route.get !== undefined);
  test.each(addresses)('%s', async (id, route) => {
    const who = await cookieFor(route.get!);
    const path = route.at(inputs).split('?')[0]!;
    await fc.assert(fc.asyncProperty(hostileQuery, fc.constantFrom('', '/en', '/ku'), hostileText, async (query, lang, text) => {
      const prefix = /^\/(api|files|health|robots|sitemap|manifest|\.well)/.test(path) ? '' : lang;
      sound(await given.get(`${prefix}${path}?${query}`, who), `GET ${prefix}${path}?${query}`);
      if (!id.includes('[')) return;
      const strange = path.replace(/[^/]+(?=(\/[a-z.]+)?$)/, () => encodeURIComponent(text.slice(0, 300).toWellFormed()) || '%20');
      const answer = await given.get(`${prefix}${strange}`, who);
      sound(answer, `GET ${prefix}${strange}`);
    }), bounded);
  });

  test.each(['/%', '/%ff', '/n/%E0%A4%A', '/..%2f..%2fetc/passwd', '//', '/\\', '/en/en/ku', '/' + 'x'.repeat(6_000), '/files/../health', '/.git/config', '/.env', '/build/handler.js', '/_app/../package.json', '/needs;x=1', '/needs/__data.json', '/n/__data.json?x-sveltekit-invalidated=11'])('%s is no failure of ours', async (path) => {
    const answer = await given.get(path);
    expect([path, answer.status]).toEqual([path, Math.min(answer.status, 499)]);
    expect(answer.text).not.toMatch(/node_modules|at async|"dependencies"|root:x:/);
  });
});
