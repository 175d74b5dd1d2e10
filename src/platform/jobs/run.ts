/** Runs jobs from the queue, and a few beats that come back every second or minute. */
import { Logger, run, type TaskList } from 'graphile-worker';
import { NUMBERS_AS_TEXT, openPool } from '../db/connection.ts';
import { logError } from '../log/index.ts';

export type Beat = { name: string; everySeconds: number; work: () => Promise<unknown> };

export async function runJobs(connectionString: string, taskList: TaskList, beats: readonly Beat[]): Promise<{ stop(): Promise<void> }> {
  const pool = openPool(connectionString, 6, { types: NUMBERS_AS_TEXT });
  const runner = await run({ pgPool: pool, taskList, concurrency: 2, noHandleSignals: true, pollInterval: 2_000, logger: quiet() });
  // It ends with an error when its connection is cut while it stops; whoever stops it hears of that below.
  runner.promise.catch((error: unknown) => logError('queue ended', {}, error));
  let stopped = false;
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<unknown>>();
  for (const beat of beats) schedule(beat);

  function schedule(beat: Beat): void {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      const turn = beat.work().catch((error: unknown) => logError('beat failed', { beat: beat.name }, error)).then(() => {
        running.delete(turn);
        schedule(beat);
      });
      running.add(turn);
    }, beat.everySeconds * 1000);
    timers.add(timer);
  }

  return {
    async stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(running);
      await runner.stop().catch((error: unknown) => logError('queue not stopped', {}, error));
      await pool.end();
    },
  };
}

/** Failures are logged; the queue's own chatter is not. Payloads may hold ids and never reach the log. */
function quiet(): Logger {
  return new Logger(() => (level, _message, meta) => {
    if (level === 'error') logError('job failed', { task: String((meta as { job?: { task_identifier?: string } })?.job?.task_identifier ?? '') }, (meta as { error?: unknown })?.error);
  });
}
