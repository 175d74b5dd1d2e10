import { expect, test, vi } from 'vitest';
import { world } from '#testing/world.ts';
import { runJobs } from './run.ts';

const given = await world();

test('a job that fails is tried again later, with its error beside it, and the others go on', async () => {
  const done: string[] = [];
  const jobs = await runJobs(given.database.url, {
    'test.breaks': async () => { throw new Error('the gateway said no'); },
    'test.works': async (payload) => { done.push((payload as { name: string }).name); },
  }, []);
  const enqueue = (task: string, name: string) => given.sql(`select graphile_worker.add_job($1, json_build_object('name', $2::text))`, [task, name]);
  await enqueue('test.breaks', 'first');
  await enqueue('test.works', 'second');
  await vi.waitFor(async () => {
    expect(await given.sql(`select attempts, last_error, locked_at from graphile_worker._private_jobs`)).toMatchObject([{ attempts: 1, last_error: expect.stringContaining('the gateway said no'), locked_at: null }]);
    expect(done).toEqual(['second']);
  }, { timeout: 30_000, interval: 100 });
  await enqueue('test.works', 'third');
  await vi.waitFor(() => expect(done).toEqual(['second', 'third']), { timeout: 30_000, interval: 100 });
  await jobs.stop();
});
