/** A database that stops answering, now before and now in the midst of what it is asked, seen through a line that can be held. */
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { openDoors } from '#platform/doors.ts';
import { urlFor } from '#platform/db/connection.ts';
import type { BaseCtx } from '#platform/doors.ts';
import { TEST_SECRETS } from '#testing/cluster.ts';
import { VISITOR, world } from '#testing/world.ts';
import { isAway } from './away.ts';
import { openPool } from './connection.ts';
import { openPulse } from './pulse.ts';

const given = await world();
const real = new URL(urlFor('abwab_app', given.database.url, TEST_SECRETS));

/** What stands in between: while it is held nothing passes and nobody hangs up. */
async function heldLine() {
  const sockets = new Set<Socket>();
  let held = false;
  const server = createServer((near) => {
    const far = connect(Number(real.port), real.hostname);
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from);
      from.on('error', () => undefined).on('data', (bytes) => { to.write(bytes); }).on('close', () => { sockets.delete(from); to.destroy(); });
      if (held) from.pause();
    }
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => resolve()); });
  afterAll(() => { for (const it of sockets) it.destroy(); server.close(); });
  const url = new URL(real);
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    hold: () => { held = true; for (const it of sockets) it.pause(); },
    free: () => { held = false; for (const it of sockets) it.resume(); },
  };
}

const line = await heldLine();
const doors = openDoors({ pool: openPool(line.url, 3), profile: given.profile, secrets: TEST_SECRETS, pulse: openPulse(line.url) });
afterAll(() => doors.close());

const one = (ctx: BaseCtx<unknown>, seconds: number) => ctx.enqueue('test-pulse', {}).then(() => wait(seconds * 1000, 'written'));
const told = (work: Promise<unknown>) => work.then((it) => it, (error: unknown) => (isAway(error) ? 'away' : error));
const count = async () => Number((await given.sql<{ count: string }>(`select count(*)::text as count from graphile_worker._private_jobs`))[0]!.count);

test('whoever waits for a database that hangs is told so, whoever comes later is told at once, and it heals by itself', async () => {
  expect(await told(doors.act(VISITOR, one, 0))).toBe('written');
  expect(await count()).toBe(1);

  // One is held in the midst of its transaction, one at its beginning, one before it has a connection, and one of many that read.
  const midst = told(doors.act(VISITOR, async (ctx: BaseCtx<unknown>) => { await ctx.enqueue('test-pulse', {}); line.hold(); await ctx.enqueue('test-pulse', {}); }, undefined));
  await wait(50);
  const reading = doors.reading();
  const others = [doors.act(VISITOR, one, 0), doors.act(VISITOR, one, 0), doors.act(VISITOR, one, 0), reading.ask(VISITOR, one as never, 0)].map(told);
  expect(await Promise.all([midst, ...others])).toEqual(['away', 'away', 'away', 'away', 'away']);
  await reading.end();

  const since = performance.now();
  for (let nth = 0; nth < 20; nth++) expect(await told(doors.act(VISITOR, one, 0))).toBe('away');
  if (process.env.ABWAB_TEST_ALL) expect(performance.now() - since).toBeLessThan(200);

  line.free();
  await expect.poll(() => told(doors.act(VISITOR, one, 0)), { timeout: 30_000 }).toBe('written');
  // What was told to be away has not been done behind the back of whoever was told so.
  expect(await count()).toBe(2);
});

test('a slow use case is no database that hangs', async () => {
  expect(await told(doors.act(VISITOR, one, 3))).toBe('written');
  expect(await told(doors.ask(VISITOR, async ({ db }) => db.getExecutor().executeQuery({ sql: 'select pg_sleep(3)', parameters: [], query: { kind: 'RawNode' }, queryId: {} } as never), undefined))).not.toBe('away');
});
