/** Every use case and query of every door, called as everybody: allowed where the table says so, refused everywhere else. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Refused } from '#kernel/refusal.ts';
import { newId } from '#kernel/ids.ts';
import { CANARIES, EXACT_POINT, everything } from '#testing/everything.ts';
import { deskWork } from '#testing/desk.ts';
import { world } from '#testing/world.ts';
import type { Ctx, UseCase } from '#features/context.ts';
import { makeFormKey } from '#features/comments/server/form-key.ts';
import { keptBody } from '#features/directory/server/index.ts';
import { keptPlace, keptSite } from '#features/places/server/index.ts';
import { addHook } from '#features/webhooks/server/index.ts';
import { issueKey } from '#features/open311/server/index.ts';
import { stopToken } from '#features/notices/server/stop-token.ts';
import { featureNames, HOME, sources } from '../house/sources.ts';
import { TEST_SECRETS } from '#testing/cluster.ts';
import { allActors, mayBe, type ActorCase } from './actors.ts';
import { INNER, PURE, type Cell, type Given } from './cells.ts';
import { TABLE } from './use-cases.ts';

const given = await world();
const it = await everything(given);
const actors = await allActors(given, it);
const stranger = await given.person([{ role: 'clerk' }]);
const inputs: Given = {
  it, stranger: stranger.id, once: crypto.randomUUID(), hook: (await given.as(await given.person([{ role: 'administrator' }])).act(addHook, { name: 'برنامج', url: 'https://hooks.example/', topics: ['site'] })).id, key: (await given.as(await given.person([{ role: 'administrator' }])).act(issueKey, { name: 'برنامج', contact: 'app@example.org', perHour: 100 })).id, code: newId<'code'>(), form: makeFormKey(TEST_SECRETS, given.clock.now()), contactHash: '', day: '2027-05-01', stop: stopToken(TEST_SECRETS, { person: it.resident.id }),
  ...(await sittingOfSender()), grants: await grants(), seen: await seen(), desk: await deskWork(given, it.code), act: (await given.sql<{ id: string }>('select id from acts where public limit 1'))[0]!.id,
};
const doors = await Promise.all(featureNames().map(async (feature) => ({ feature, door: (await import(join(HOME, `src/features/${feature}/server/index.ts`))) as Record<string, unknown> })));
const listed = (text: string | undefined): string[] => (text ?? '').split(', ').filter(Boolean);

async function sittingOfSender() {
  const token = 'the sitting of the sender';
  const session = newId<'session'>();
  await given.sql(`insert into sessions (id, token_hash, person_id, assurance, via, device, created_at, seen_at, locks_at, expires_at) values ($1, sha256($2), $3, 'one', 'code', 'other', $4, $4, $4::timestamptz + interval '8 hours', $4::timestamptz + interval '8 hours')`,
    [session, Buffer.from(token), it.sender.id, given.clock.now()]);
  return { token, session };
}

async function seen() {
  await given.sql(`update holidays set expected = true where code = 'open-door'`);
  const keeper = given.as(await given.person([{ role: 'administrator' }]));
  return { site: (await keeper.ask(keptSite, undefined)).seen, body: (await keeper.ask(keptBody, it.body))!.seen, place: (await keeper.ask(keptPlace, 'TN01'))!.seen };
}

async function grants() {
  await given.sql(`update people_state set two_persons_since = $1`, [given.clock.now()]);
  await given.sql(`insert into second_factors (person_id, secret_sealed, confirmed_at, last_step) values ($1, 'x', now(), 0)`, [stranger.id]);
  const waiting = newId<'grant'>();
  await given.sql(`insert into person_roles (id, person_id, role, granted_by, granted_at) values ($1, $2, 'auditor', $3, now())`, [waiting, stranger.id, it.coordinator.id]);
  return { waiting, held: (await given.sql<{ id: string }>(`select id from person_roles where person_id = $1 and role = 'clerk'`, [stranger.id]))[0]!.id };
}

class Undone extends Error {
  readonly result: unknown;
  constructor(result: unknown) { super('undone'); this.result = result; }
}

/** Calls as somebody in a transaction that is always rolled back; what was answered, or the refusal. */
async function call(who: ActorCase['who'], work: UseCase<unknown, unknown>, input: unknown): Promise<{ result: unknown } | { refused: string }> {
  try {
    await given.as(who).act(async (ctx: Ctx) => { throw new Undone(await work(ctx, input)); }, undefined);
  } catch (error) {
    if (error instanceof Undone) return { result: error.result };
    if (error instanceof Refused) return { refused: error.refusal.because === 'invalid' ? JSON.stringify(error.refusal) : error.refusal.because };
    throw error;
  }
  throw new Error('not undone');
}

const text = (value: unknown): string => JSON.stringify(value, (_, it) => (typeof it === 'bigint' ? String(it) : it instanceof Map || it instanceof Set ? [...it] : it)) ?? '';
const secrets = [...Object.values(CANARIES), ...EXACT_POINT.parts];
const privateIn = (value: unknown): string[] => secrets.filter((canary) => text(value).includes(canary));

test('every function of every door has its line in the table, and no line is left over', () => {
  const exported = doors.map(({ feature, door }) => [feature, Object.keys(door).filter((name) => typeof door[name] === 'function').sort()]);
  const known = doors.map(({ feature }) => [feature, [...Object.keys(TABLE[feature] ?? {}), ...listed(INNER[feature]), ...listed(PURE[feature])].sort()]);
  expect(exported, 'exports of the doors, and lines of tests/safety/use-cases.ts').toEqual(known);
});

test('what asks nobody who they are is reached by no page, endpoint or hook', () => {
  const edge = [...sources('src/routes', /\.(ts|svelte)$/), ...sources('src', /^src\/hooks[^/]*\.ts$/)];
  for (const [feature, names] of Object.entries(INNER)) {
    for (const { path, text: code } of edge) {
      const imported = [...code.matchAll(new RegExp(`import \\{([^}]*)\\} from '#features/${feature}/server/index.ts'`, 'g'))].flatMap((match) => match[1]!.split(',').map((name) => name.trim()));
      expect([path, imported.filter((name) => listed(names).includes(name))]).toEqual([path, []]);
    }
  }
});

/** A code that is over, or one try too many: the door was open, and what was brought did not open the next. */
const TRIED = ['gone', 'too-many'];
const SHUT = /^(not-allowed|not-found|gone)$|"unverified"|"api_key":"required"/;

describe.each(Object.entries(TABLE))('%s', (feature, cells) => {
  test.each(Object.entries(cells) as [string, Cell][])('%s', async (name, cell) => {
    const work = doors.find((it) => it.feature === feature)!.door[name] as UseCase<unknown, unknown>;
    const told: Record<string, string> = {};
    let readers = 0;
    for (const actor of actors) {
      const expected = mayBe(cell.who, actor);
      const answer = await call(actor.who, work, cell.with?.(inputs));
      if (expected && 'refused' in answer && !TRIED.includes(answer.refused)) told[actor.name] = `should be allowed, was refused: ${answer.refused}`;
      if (!expected && 'result' in answer) told[actor.name] = 'should be refused, was allowed';
      if (!expected && 'refused' in answer && !SHUT.test(answer.refused)) told[actor.name] = `is refused for another reason: ${answer.refused}`;
      const seen = 'result' in answer && !mayBe(cell.sees ?? 'nobody', actor) ? privateIn(answer.result) : [];
      if ('result' in answer && mayBe(cell.sees ?? 'nobody', actor) && privateIn(answer.result).length > 0) readers += 1;
      if (seen.length > 0) told[actor.name] = `reads ${seen.join(', ')}`;
    }
    expect(told).toEqual({});
    // Otherwise the words were nowhere to be read, and nobody's blindness proves anything.
    if (cell.sees) expect(readers, 'somebody who may read private words reads some').toBeGreaterThan(0);
  });
});
