import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import type { Actor } from '#kernel/actor.ts';
import { Refused } from '#kernel/refusal.ts';
import { readConfig } from '#platform/config.ts';
import { isAway, Paused } from '#platform/db/away.ts';
import { openPool, urlFor } from '#platform/db/connection.ts';
import { onChange, onOwnWords } from '#platform/db/changes.ts';
import { openPulse } from '#platform/db/pulse.ts';
import { openDoors } from '#platform/doors.ts';
import { openMemory } from '#platform/memory.ts';
import { DIRECTION, LOCALE, splitPath } from '#platform/i18n/languages.ts';
import { setOwnWords } from '#platform/i18n/own-words.ts';
import { words } from '#platform/i18n/words.ts';
import { fullDisk, roomIn } from '#platform/disk.ts';
import { logError } from '#platform/log/index.ts';
import { readProfile } from '#platform/profile.ts';
import { openSecrets } from '#platform/secrets.ts';
import { etagOf, handOver, SAME_FOR_ALL } from '#platform/web/answer.ts';
import { statusOf } from '#platform/web/form.ts';
import { LOOK_COOKIE, lookAttributes, readLook } from '#platform/web/look.ts';
import { WEIGHT_MARK } from '#platform/web/marks.ts';
import { bytesOf, finishPage, scales } from '#platform/web/page.ts';
import { protect } from '#platform/web/headers.ts';
import { isForPrograms } from '#platform/web/programs.ts';
import { sessionCookie } from '#platform/web/session.ts';
import { actorOfSession, touchSession } from '#features/people/server/index.ts';
import { siteWording } from '#features/wording/server/index.ts';
import type { Tables, Who } from '#features/context.ts';
import { refusedInTheirWords } from './routes/refused.ts';
import { isSameForAll } from './routes/rooms.ts';

const config = readConfig();
const secrets = openSecrets(config.data);
const profile = readProfile(config.home, config.profile);
if (!config.databaseUrl) throw new Error('DATABASE_URL is not set. Use npm start, which brings its own database.');
const url = urlFor('abwab_app', config.databaseUrl, secrets);
const memory = openMemory();
onChange(memory.changed);
const doors = openDoors<Tables>({ pool: openPool(url, 16, { pace: 'hurried' }), readers: openPool(url, 8, { readOnly: true, pace: 'hurried' }), profile, secrets, full: fullDisk(config), pulse: openPulse(url), ...(config.remember ? { memory } : {}) });

const VISITOR: Actor = { kind: 'visitor' };
const NOBODY = { actor: VISITOR, stale: false, away: false };
const weigh = scales();

/** The governorate's own sentences, from memory for every page; without the database the program's, until it is heard of again. */
const takeUpWords = async (): Promise<void> => setOwnWords(await doors.ask({ actor: VISITOR, caller: null }, siteWording, undefined));
onOwnWords(takeUpWords);
export const init: ServerInit = () => takeUpWords().catch((error: unknown) => logError('own words not read', {}, error));

export const handle: Handle = async ({ event, resolve }) => {
  withoutNul(event.url);
  const { lang, path } = splitPath(event.url.pathname);
  const look = readLook(event.cookies.get(LOOK_COOKIE));
  let known: string | undefined;
  const who = (actor: Actor): Who => ({ actor, get caller() { return (known ??= callerOf(event)); } });
  // Programs are visitors, whatever a browser sends along: what they are told is the same for everybody.
  const session = isForPrograms(path) ? null : (event.cookies.get(sessionCookie(event.url)) ?? null);
  // One page sees one moment.
  const reading = doors.reading();
  // A form is answered by an act, which begins anew: who sends it is one glance.
  const asked = event.request.method === 'GET' ? reading.ask : doors.glance;
  const { actor, stale, away } = session ? await asked(who(VISITOR), actorOfSession, session).then((it) => ({ ...it, away: false }), withoutDatabase) : NOBODY;
  if (session && stale) await reading.end();
  if (session && stale) await doors.act(who(actor), touchSession, session);
  Object.assign(event.locals, {
    lang, path, look, session, actor, away, profile, demo: config.demo, saveData: event.request.headers.get('save-data') === 'on', origin: config.origin ?? event.url.origin, freeBytes: () => roomIn(config.data),
    words: words(lang, look.digits, profile.zone),
    ask: (query, input) => reading.ask(who(actor), query, input),
    glance: (query, input) => doors.glance(who(actor), query, input),
    async act(useCase, input) {
      await reading.end();
      return doors.act(who(actor), useCase, input);
    },
  } satisfies App.Locals);
  const { locals } = event;
  const ahead = event.platform?.req;
  let page: Buffer | null = null;
  const answered = await resolve(event, {
    transformPageChunk: async ({ html }) => {
      const [head, styles, body] = finishPage(html, { lang: LOCALE[lang], dir: DIRECTION[lang], attributes: lookAttributes(look, locals.saveData), description: locals.words.t('site.description') });
      const weight = body.includes(WEIGHT_MARK) ? locals.words.number(await weigh(`${lang} ${event.route.id ?? 'none'}`, [head, styles, body])) : '';
      page = bytesOf([head, styles, weight ? body.replace(WEIGHT_MARK, weight) : body]);
      return ahead ? '' : page.toString();
    },
  });
  // What is still sent piece by piece asks anew.
  void reading.end();
  const refused = isForPrograms(path) ? refusedInTheirWords(event, path, answered) : answered;
  const response = page && refused === answered ? withPage(answered, ahead, page) : refused;
  if (event.request.method === 'GET' && response.status === 200 && actor.kind === 'visitor' && !session && isSameForAll(event.route.id)) response.headers.set(SAME_FOR_ALL, '1');
  return protect(response, { signedIn: actor.kind === 'person', secure: event.url.protocol === 'https:' });
};

/** The page goes to the server in front; an answer without a body is one stream less. What Kit has named is the page without its body. */
function withPage(answered: Response, ahead: IncomingMessage | undefined, page: Buffer): Response {
  if (!handOver(ahead, page)) return answered;
  const response = new Response(null, { status: answered.status, headers: answered.headers });
  if (response.headers.has('etag')) response.headers.set('etag', etagOf(page));
  return response;
}

/** No reader types it and PostgreSQL has none: what an address carries is read as if it were not there. */
function withoutNul(url: URL): void {
  if (!/%00/.test(url.search)) return;
  const clean = [...url.searchParams].map(([name, value]) => [name.replaceAll('\0', ''), value.replaceAll('\0', '')]);
  url.search = new URLSearchParams(clean).toString();
}

/** Without its database the site still shows what needs none, as to anybody; everything else says that it is away, and leads nobody to sign in again. */
function withoutDatabase(error: unknown): typeof NOBODY {
  if (isAway(error)) return { ...NOBODY, away: true };
  throw error;
}

/** Refusals of load and of endpoints become their status; anything else is logged with a code that the page shows. */
export const handleError: HandleServerError = ({ error, event, kind }) => {
  if (error instanceof Refused) return { status: statusOf(error.refusal), message: error.refusal.because };
  if (kind !== 'unknown') return;
  if (error instanceof Paused) return { status: 503, message: error.why };
  if (isAway(error)) {
    logError('database away', { route: event.route.id ?? 'none' }, error);
    return { status: 503, message: 'away' };
  }
  const code = randomBytes(4).toString('hex').toUpperCase();
  logError('request failed', { code, route: event.route.id ?? 'none', method: event.request.method }, error);
  return { status: 500, message: 'broken', code };
};

/** A keyed hash of the caller's network: rate limits need no address, and none is kept. */
function callerOf(event: RequestEvent): string {
  const address = event.getClientAddress();
  const network = address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;
  return secrets.keyedHash('caller', network).toString('base64url').slice(0, 22);
}
