/** How the queue is doing, read as the role that owns it; counts only, since payloads may hold ids. */
import { withClient } from '../db/connection.ts';

export type QueueHealth = { waiting: number; failed: number; /** of the oldest that is due and that nobody has taken */ behindSeconds: number; byTask: Record<string, number> };

export const queueHealth = (jobsUrl: string): Promise<QueueHealth> => withClient(jobsUrl, async (client) => {
  const { rows } = await client.query<{ task: string; waiting: number; failed: number; behind: number }>(`
    select t.identifier as task, count(*) filter (where j.attempts < j.max_attempts)::int as waiting, count(*) filter (where j.attempts >= j.max_attempts)::int as failed,
      coalesce(extract(epoch from now() - min(j.run_at) filter (where j.attempts < j.max_attempts and j.run_at <= now() and j.locked_at is null)), 0)::float as behind
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id group by 1`);
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return { waiting: sum((row) => row.waiting), failed: sum((row) => row.failed), behindSeconds: Math.max(0, ...rows.map((row) => row.behind)), byTask: Object.fromEntries(rows.filter((row) => row.failed > 0).map((row) => [row.task, row.failed])) };
});
