/** world(): a database of its own, a clock that stands still until it is moved, and builders. */
import { afterAll, inject } from 'vitest';
import type { Actor, Grant, Role } from '#kernel/actor.ts';
import { newId, type BodyId, type PersonId } from '#kernel/ids.ts';
import { openPool, urlFor, withClient } from '#platform/db/connection.ts';
import { openDoors, type Who } from '#platform/doors.ts';
import { readProfile, type Profile } from '#platform/profile.ts';
import type { Query, Tables, UseCase } from '#features/context.ts';
import { copyTemplate, HOME, TEST_SECRETS, type TestProfile } from './cluster.ts';

export type TestPerson = { actor: Extract<Actor, { kind: 'person' }>; id: PersonId; body: BodyId | null };

export const VISITOR: Who = { actor: { kind: 'visitor' }, caller: 'test-network' };
export const SYSTEM: Who = { actor: { kind: 'system', job: 'test' }, caller: null };

export type WorldOptions = { profile?: TestProfile; now?: string; settings?: Partial<Profile> };

export async function world(options: WorldOptions = {}) {
  const code = options.profile ?? 'test';
  const database = await copyTemplate(inject('adminUrl'), code);
  const pool = openPool(urlFor('abwab_app', database.url, TEST_SECRETS), 12);
  const profile: Profile = { ...readProfile(HOME, code), ...options.settings };
  let now = new Date(options.now ?? '2026-11-24T09:00:00Z');
  const doors = openDoors<Tables>({ pool, profile, secrets: TEST_SECRETS, clock: () => now });
  afterAll(async () => {
    await doors.close();
    await database.drop();
  });

  const asked = (who: Who) => ({
    ask: <I, O>(query: Query<I, O>, input: I): Promise<O> => doors.ask(who, query, input),
    act: <I, O>(useCase: UseCase<I, O>, input: I): Promise<O> => doors.act(who, useCase, input),
  });

  return {
    profile, database, pool,
    ...asked(VISITOR),
    /** Somebody in particular: a person made by `person`, or `SYSTEM`. */
    as: (who: TestPerson | Who) => asked('id' in who ? { actor: who.actor, caller: 'test-network' } : who),
    clock: {
      now: () => now,
      set: (iso: string) => { now = new Date(iso); },
      addDays: (days: number) => { now = new Date(now.getTime() + days * 86_400_000); },
      addMinutes: (minutes: number) => { now = new Date(now.getTime() + minutes * 60_000); },
    },
    /** Looks past every gate, as the database's superuser. */
    sql: async <T>(text: string, values: unknown[] = []): Promise<T[]> =>
      withClient(database.url, async (client) => (await client.query(text, values)).rows as T[]),
    body: async (code?: string): Promise<BodyId> => {
      const { rows } = await pool.query<{ id: BodyId }>('select id from bodies where $1::text is null or code = $1 order by code limit 1', [code ?? null]);
      return rows[0]!.id;
    },
    /** An account with roles, signed in with two factors unless said otherwise. */
    person: async (roles: readonly { role: Role; body?: BodyId | null }[] = [], more: { assurance?: 'one' | 'two'; verified?: 'none' | 'contact' | 'desk' } = {}): Promise<TestPerson> => {
      const id = newId<'person'>();
      const grants: Grant[] = roles.map((it) => ({ role: it.role, body: it.body ?? null }));
      await pool.query(`insert into persons (id, created_at, verified) values ($1, $2, $3)`, [id, now, more.verified ?? 'contact']);
      for (const grant of grants) {
        if (grant.role === 'resident') continue;
        await pool.query(`insert into person_roles (id, person_id, role, body_id, granted_at, confirmed_at) values ($1, $2, $3, $4, $5, $5)`,
          [newId<'role'>(), id, grant.role, grant.body, now]);
      }
      return {
        id, body: grants.find((grant) => grant.body)?.body ?? null,
        actor: { kind: 'person', id, roles: grants, verified: more.verified ?? 'contact', assurance: more.assurance ?? 'two' },
      };
    },
  };
}

export type World = Awaited<ReturnType<typeof world>>;
