/** The clock of the server alone jumps: deadlines are the database's. */
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { workshop } from './commands.ts';
import { ALL, post, READY, realSite, signIn, withDatabase } from './real-site.ts';

const here = workshop('test');
afterAll(here.clear);
afterEach(here.stopAll);
const PERSON = '20000000-0000-4000-8000-000000000001';

test.each(ALL ? [-60, -10, 10, 60] : [-60, 60])('the clock of the server is %i minutes off: nothing expires early or late', async (minutes) => {
  const data = join(here.folder, 'shifted');
  const site = await realSite(here, data, { NODE_OPTIONS: `--import ${join(import.meta.dirname, 'shift-clock.ts')}`, SHIFT_MINUTES: String(minutes) });
  const url = await site.says(READY);
  await withDatabase(data, async (client) => {
    await client.query(`insert into persons (id, created_at, verified) values ($1, now(), 'contact') on conflict do nothing`, [PERSON]);
    await client.query('delete from sessions');
    for (const [token, left] of [['living', 9], ['over', -9]] as const) await signIn(client, PERSON, token, left);
  });
  const me = async (token: string) => (await fetch(`${url}/me`, { redirect: 'manual', headers: { cookie: `abwab_session=${token}` } })).status;
  await expect.poll(() => me('living'), { timeout: 60_000 }).toBe(200);
  await expect.poll(() => me('over'), { timeout: 60_000 }).toBe(303);
  await expect.poll(async () => (await post(url)).status, { timeout: 60_000 }).toBe(303);
}, 240_000);
