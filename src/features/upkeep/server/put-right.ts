/** What an administrator does with a job that failed for the last time. What happened to it is noted, not what it held. */
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepHouse } from '../access.ts';
import { dropFailed, startAgain } from './queue-store.ts';
import { HOUSE } from './subjects.ts';

/** It waits in the queue again, with all its tries before it. Of two at once, one finds it failed. */
export async function retryJob(ctx: Ctx, input: { id: string }): Promise<void> {
  allow(mayKeepHouse(ctx.actor), 'try a job again');
  await done(ctx, 'site.job-retried', await startAgain(ctx, input.id));
}

/** It is deleted: nobody will do it. */
export async function giveUpJob(ctx: Ctx, input: { id: string }): Promise<void> {
  allow(mayKeepHouse(ctx.actor), 'give a job up');
  await done(ctx, 'site.job-given-up', await dropFailed(ctx, input.id));
}

async function done(ctx: Ctx, kind: string, task: string | null): Promise<void> {
  if (task === null) return refuse({ because: 'not-found', what: 'job' });
  await record(ctx, kind, HOUSE, { public: false, detail: { task }, as: { role: 'administrator' } });
}
