/** Every route and every form of the built site, asked as everybody: shown or done where the table says so, and nowhere else. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import { makeFormKey } from '#features/comments/server/form-key.ts';
import { keepDraft, openDraft } from '#features/intake/server/index.ts';
import { keptBody } from '#features/directory/server/index.ts';
import { keptPlace, keptSite } from '#features/places/server/index.ts';
import { addHook } from '#features/webhooks/server/index.ts';
import { issueKey } from '#features/open311/server/index.ts';
import { stopToken } from '#features/notices/server/stop-token.ts';
import { TEST_SECRETS } from '#testing/cluster.ts';
import { deskWork } from '#testing/desk.ts';
import { CANARIES, everything } from '#testing/everything.ts';
import { FIELDS } from '#platform/log/index.ts';
import { site, type Answer } from '#testing/site.ts';
import type { TestPerson } from '#testing/world.ts';
import { HOME, sources } from '../house/sources.ts';
import { allActors, mayBe, type ActorCase } from './actors.ts';
import { ROUTES, type Given, type Route, type Sending } from './routes.ts';

const given = await site();
const it = await everything(given);
const actors = await allActors(given, it);
const stranger = await given.person([{ role: 'clerk' }]);
const inputs: Given = { it, stranger: stranger.id, stop: stopToken(TEST_SECRETS, { person: it.resident.id }), once: crypto.randomUUID(), hook: (await given.as(await given.person([{ role: 'administrator' }])).act(addHook, { name: 'برنامج', url: 'https://hooks.example/', topics: ['site'] })).id, delivery: crypto.randomUUID(), key: (await given.as(await given.person([{ role: 'administrator' }])).act(issueKey, { name: 'برنامج', contact: 'app@example.org', perHour: 100 })).id, draft: await wholeDraft(), form: makeFormKey(TEST_SECRETS, new Date()), seen: await seen(), desk: await deskWork(given, it.code), ...(await prepared()) };

async function seen() {
  await given.sql(`insert into holidays (day, code, name_ar, expected) values ('2027-05-20', 'feast', 'عيد', true)`);
  const keeper = given.as(await given.person([{ role: 'administrator' }]));
  return { site: (await keeper.ask(keptSite, undefined)).seen, body: (await keeper.ask(keptBody, it.other.body))!.seen, place: (await keeper.ask(keptPlace, 'TN02'))!.seen };
}

async function wholeDraft(): Promise<string> {
  const token = await given.act(openDraft, { kind: 'need' });
  await given.act(keepDraft, { token, data: { title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.', placeWords: 'قرب المدرسة' } });
  return token;
}

async function prepared() {
  const session = newId<'session'>();
  await given.sql(`insert into sessions (id, token_hash, person_id, assurance, via, device, created_at, seen_at, locks_at, expires_at) values ($1, sha256('another'), $2, 'one', 'code', 'other', now(), now(), now() + interval '8 hours', now() + interval '8 hours')`, [session, it.sender.id]);
  await given.sql(`update people_state set two_persons_since = now()`);
  await given.sql(`insert into second_factors (person_id, secret_sealed, confirmed_at, last_step) values ($1, 'x', now(), 0)`, [stranger.id]);
  const waiting = newId<'grant'>();
  await given.sql(`insert into person_roles (id, person_id, role, granted_by, granted_at) values ($1, $2, 'auditor', $3, now())`, [waiting, stranger.id, it.coordinator.id]);
  const second = newId<'grant'>();
  await given.sql(`insert into person_roles (id, person_id, role, granted_by, granted_at) values ($1, $2, 'registry', $3, now())`, [second, stranger.id, it.coordinator.id]);
  const [held] = await given.sql<{ id: string }>(`select id from person_roles where person_id = $1 and role = 'clerk'`, [stranger.id]);
  return { session, grants: { waiting, second, held: held!.id } };
}

/** What programs send: no sitting counts there, a key in the form does. */
const BY_KEY = ['src/routes/open311/v2/requests.[format]/+server.ts', 'src/routes/open311/v2/servicerequestupdates.[format]/+server.ts'];
const isPerson = (who: ActorCase['who']): who is TestPerson => 'id' in who;
const cookieOf = async (actor: ActorCase): Promise<{ cookie?: string }> => (isPerson(actor.who) ? { cookie: await given.cookieOf(actor.who) } : {});
const isStaff = (actor: ActorCase): boolean => !['visitor', 'resident', 'sender'].includes(actor.character);

/** The words of the table; those of signing in depend on factors alone. */
function may(who: string, actor: ActorCase): boolean {
  switch (who) {
    case 'visitor only': return actor.character === 'visitor';
    case 'first factor only': return actor.character !== 'visitor' && actor.factors === 'one';
    case 'two factors': return actor.character !== 'visitor' && actor.factors === 'two';
    // Nobody here has: tests of signing in do it.
    case 'whoever has a factor of their own': return false;
    case 'staff and members': return isStaff(actor) && actor.factors === 'two';
    default: return mayBe(who, actor);
  }
}

const leadsAway = (answer: Answer): boolean => answer.status === 303 && /^\/(login(\/second)?(\?next=.*)?|me)$/.test(String(answer.headers.location));
const isRefused = (answer: Answer): boolean => leadsAway(answer) || [401, 403, 404, 410].includes(answer.status);

const files = sources('src/routes', /\/\+(page\.server|page|server)\.(ts|svelte)$/);
const routeOf = (path: string): string => path.slice('src/routes'.length).replace(/\/\+[^/]+$/, '') || '/';
const actionsOf = async (path: string): Promise<string[]> => {
  const { actions } = (await import(join(HOME, path))) as { actions?: Record<string, unknown> };
  return Object.keys(actions ?? {}).sort();
};

test('every route has its line in the table, and no line is left over', () => {
  expect(Object.keys(ROUTES).sort()).toEqual([...new Set(files.map(({ path }) => routeOf(path)))].sort());
});

test('every form of every page has its line, and no line is left over', async () => {
  for (const { path } of files.filter((file) => file.path.endsWith('+page.server.ts'))) {
    expect([path, Object.keys(ROUTES[routeOf(path)]?.actions ?? {}).sort()]).toEqual([path, await actionsOf(path)]);
  }
});

test('endpoints only read: whatever writes is a form with its origin', async () => {
  for (const { path } of files.filter((file) => file.path.endsWith('+server.ts'))) {
    const exported = Object.keys((await import(join(HOME, path))) as object);
    expect([path, exported.filter((name) => !(BY_KEY.includes(path) && name === 'POST') && !['GET', 'HEAD', 'OPTIONS', 'prerender', 'fallback'].includes(name))]).toEqual([path, []]);
  }
});

describe('pages and endpoints', () => {
  test.each(Object.entries(ROUTES).filter(([, route]) => route.get !== undefined))('%s', async (_, route) => {
    const told: Record<string, string> = {};
    await Promise.all(actors.map(async (actor) => {
      const answer = await given.get(route.at(inputs), await cookieOf(actor));
      const shown = may(route.get!, actor);
      if (shown && answer.status !== (route.answers ?? 200)) told[actor.name] = `should be shown, got ${answer.status} ${answer.headers.location ?? ''}`;
      if (!shown && !isRefused(answer)) told[actor.name] = `should be refused, got ${answer.status}`;
    }));
    expect(told).toEqual({});
  });
});

const forms: [string, Route, Sending][] = Object.entries(ROUTES).flatMap(([id, route]) => Object.entries(route.actions ?? {}).map(([action, sending]): [string, Route, Sending] => [`${id} ?/${action}`, route, sending]));
const STATE = `select (select count(*) from acts) as acts, (select count(*) from person_roles where ended_at is null) as roles, (select count(*) from persons where ended_at is null) as persons,
  (select md5(string_agg(state || coalesce(body_id::text, ''), '' order by id)) from entries) as entries, (select md5(string_agg(state || version, '' order by id)) from answers) as answers, (select count(*) from attachments) as files`;
const addressOf = (path: string, action: string): string => (action === 'default' ? path : `${path}${path.includes('?') ? '&' : '?'}/${action}`);
const problem = (answer: Answer): string => /role="alert".*?<\/div>/s.exec(answer.text)?.[0].replace(/<[^>]+>/g, ' ').slice(0, 200) ?? '';

describe('forms', () => {
  test.each(forms)('%s', async (name, route, sending) => {
    if (sending.first) await given.sql(sending.first(inputs));
    // All of them come from one network, which is held up after so many forms: here each begins anew.
    await given.sql('delete from rate_limits');
    const path = addressOf(route.at(inputs), name.split('?/')[1]!);
    const post = async (actor: ActorCase) => given.post(path, sending.values?.(inputs) ?? {}, await cookieOf(actor));
    const told: Record<string, string> = {};
    const before = await given.sql(STATE);
    await Promise.all(actors.filter((one) => !may(sending.who, one)).map(async (actor) => {
      const answer = await post(actor);
      if (!isRefused(answer) && (answer.status < 400 || answer.status >= 500)) told[actor.name] = `should be refused, got ${answer.status} ${answer.headers.location ?? ''}`;
    }));
    expect(await given.sql(STATE), 'a refused form changes nothing').toEqual(before);
    for (const [at, actor] of actors.filter((one) => may(sending.who, one)).entries()) {
      const answer = await post(actor);
      // Once done it may be over for the next one; the first must find the door open.
      const open = answer.status < 400 && !leadsAway(answer);
      const over = at > 0 && ([400, 404, 409, 429].includes(answer.status) || answer.headers.location === '/me');
      if (!open && !over) told[actor.name] = `should be allowed, got ${answer.status} ${answer.headers.location ?? ''} ${problem(answer)}`;
    }
    expect(told).toEqual({});
  });
});

// Last: after every door has been tried by everybody, each is tried once more with words planted in all it takes, and the house broken underneath.
test('the log of all of it holds codes and places in the code, and nobody’s words', async () => {
  const planted = Object.fromEntries(['title', 'text', 'name', 'contact', 'words', 'place', 'placeWords', 'reason', 'summary', 'q', 'key', 'question', 'note', 'phone', 'mail'].map((name) => [name, `Zirqal-${name}\n    at Zirqal.street (5:1:1)`]));
  await given.sql('alter table entries rename to entries_away; alter table persons rename to persons_away; alter table organisations rename to organisations_away');
  for (const [name, route, sending] of forms) {
    const values = { ...sending.values?.(inputs), ...planted };
    await given.post(addressOf(route.at(inputs), name.split('?/')[1]!), values as never);
  }
  for (const route of Object.values(ROUTES)) if (route.get !== undefined) await given.get(route.at(inputs));
  // What Node and Kit say of themselves is no line of ours; nobody's words may stand there either.
  const told = given.log().trim().split('\n');
  const lines = told.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter((it) => it.level === 'error').length).toBeGreaterThan(5);
  expect([...new Set(lines.flatMap((it) => Object.keys(it)))].filter((name) => !['at', 'level', 'event', 'error', 'errorCode', 'frames', ...FIELDS].includes(name))).toEqual([]);
  const secrets = [...Object.values(CANARIES), 'Zirqal', 'zirqal'];
  expect(told.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
});
