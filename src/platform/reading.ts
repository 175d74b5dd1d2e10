/** Asks of one page: they see one moment and share a transaction, which ends when nothing is asked for a while. */
import type pg from 'pg';
import { Refused } from '#kernel/refusal.ts';
import type { Pulse } from './db/pulse.ts';

/** Between two asks of one page there is little to do; whoever draws a picture or waits for a reader gives the connection back. */
const IDLE_MS = 30;

export type Reading<Who, Ctx> = {
  ask<I, O>(who: Who, query: (ctx: Ctx, input: I) => Promise<O>, input: I): Promise<O>;
  /** what is asked afterwards sees what has been written meanwhile */
  end(): Promise<void>;
};

type Parts<Who, Ctx> = { enter(): Promise<pg.PoolClient>; pulse: Pulse; begin(client: pg.PoolClient): Promise<Date>; end: string; context(client: pg.PoolClient, who: Who, now: Date): Ctx };

export function openReading<Who, Ctx>(parts: Parts<Who, Ctx>): Reading<Who, Ctx> {
  let open: Promise<{ client: pg.PoolClient; now: Date }> | null = null;
  let busy = 0;
  let over = false;
  let broken: Error | undefined;
  let idle: NodeJS.Timeout | undefined;

  async function begin(): Promise<{ client: pg.PoolClient; now: Date }> {
    const client = await parts.enter();
    try {
      return { client, now: await parts.pulse.during(() => parts.begin(client)) };
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  }

  async function end(): Promise<void> {
    clearTimeout(idle);
    // Whoever is still asking, as a list that is sent while it is read, keeps the moment until it has its answer.
    over = busy > 0;
    if (over) return;
    const was = open;
    open = null;
    const it = await was?.catch(() => null);
    if (!it) return;
    if (!broken) await parts.pulse.during(() => it.client.query(parts.end)).catch((lost: Error) => (broken = lost));
    it.client.release(broken);
    broken = undefined;
  }

  return {
    end,
    async ask(who, query, input) {
      clearTimeout(idle);
      busy++;
      try {
        const { client, now } = await (open ??= begin());
        return await parts.pulse.during(() => query(parts.context(client, who, now), input));
      } catch (error) {
        // A refusal is an answer; after anything else the transaction is of no use to the next who asks.
        if (!(error instanceof Refused)) broken = error as Error;
        throw error;
      } finally {
        if (--busy === 0) {
          if (broken || over) await end();
          else idle = setTimeout(() => void end(), IDLE_MS);
        }
      }
    },
  };
}
