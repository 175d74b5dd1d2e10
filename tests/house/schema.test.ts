import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withClient } from '#platform/db/connection.ts';
import { describeSchema } from '#platform/db/schema.ts';
import { world } from '#testing/world.ts';
import { HOME } from './sources.ts';

const given = await world();
const described = () => withClient(given.database.url, describeSchema);

test('db/schema.sql is the database that the steps make (node bin/schema.ts --write)', async () => {
  expect(await described()).toBe(readFileSync(join(HOME, 'db/schema.sql'), 'utf8'));
});

test.for([
  'alter table persons add column shoe_size int',
  'alter table persons alter column language drop default',
  'alter table persons alter column created_at drop not null',
  'drop trigger acts_stay on acts',
  'alter table acts disable trigger acts_stay',
  'drop index acts_latest',
  'grant update on acts to abwab_app',
  'grant update (leaf) on acts to abwab_app',
  'create or replace function refuse_change() returns trigger language plpgsql as $$ begin return new; end $$',
  'alter table acts drop constraint acts_check',
])('it differs after: %s', async (change) => {
  await withClient(given.database.url, async (client) => {
    const before = await describeSchema(client);
    await client.query('begin');
    await client.query(change);
    expect(await describeSchema(client)).not.toBe(before);
    await client.query('rollback');
    expect(await describeSchema(client)).toBe(before);
  });
});
