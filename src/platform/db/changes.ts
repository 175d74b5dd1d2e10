/**
 * Who learns that something was written: at once in the same process, whichever copy of this code wrote it (the site is bundled, the
 * worker is not), and through PostgreSQL in all others. Nothing is said of what changed; whoever keeps copies drops them.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const CHANNEL = 'abwab_changed';
/** Said inside the transaction that changes what the site says of itself, and heard by every process, also by the one that wrote. */
export const OWN_WORDS_CHANNEL = 'abwab_own_words';
const HUB = Symbol.for('abwab.changes');
/** Others hear of a burst of writing once in so long. */
const GATHER_MS = 40;
const RECONNECT_MS = 500;

type Hub = { origin: string; heard: Set<() => void>; wording: Set<() => Promise<unknown>>; told: number };

/** One for the process, not for the module. */
function hub(): Hub {
  const all = globalThis as { [HUB]?: Hub };
  return (all[HUB] ??= { origin: randomBytes(8).toString('hex'), heard: new Set(), wording: new Set(), told: 0 });
}

/** Calls `work` after every transaction that wrote something: of this process, and of others where `hearOthers` listens. Returns how to stop. */
export function onChange(work: () => void): () => void {
  hub().heard.add(work);
  return () => { hub().heard.delete(work); };
}

/** Names what is written now: another one as soon as something more is heard of, here or from others, and after every start. */
export const revision = (): string => `${hub().origin} ${hub().told}`;

function tell(): void {
  hub().told++;
  for (const work of hub().heard) work();
}

/** Calls `work` when sentences of the site were changed, by whichever process; what is kept of pages goes when it has done its work. */
export function onOwnWords(work: () => Promise<unknown>): () => void {
  hub().wording.add(work);
  return () => { hub().wording.delete(work); };
}

/** Those who hold sentences take up the new ones first; pages that were made meanwhile go after. */
async function takeUpWords(): Promise<void> {
  await Promise.allSettled([...hub().wording].map((work) => work()));
  tell();
}

/** One after another: what was read first must not be put in place last. */
function inTurn(work: () => Promise<void>): () => Promise<void> {
  let turn: Promise<void> = Promise.resolve();
  return () => (turn = turn.then(work, work));
}

/** Says it here at once, and to other processes soon. What fails is not said twice: nobody keeps a copy for longer than a second. */
export function announcer(pool: pg.Pool): { changed(): void; flushed(): Promise<unknown> } {
  let waiting: Promise<unknown> | null = null;
  return {
    changed() {
      tell();
      waiting ??= wait(GATHER_MS).then(() => {
        waiting = null;
        return pool.query('select pg_notify($1, $2)', [CHANNEL, hub().origin]).catch(() => undefined);
      });
    },
    flushed: async () => waiting,
  };
}

/** Passes on to all that listen here that another process has written; again after every loss of the connection, since nobody knows what was missed. */
export function hearOthers(url: string): { stop(): Promise<void> } {
  let stopped = false;
  let client: pg.Client | null = null;
  const takeUp = inTurn(takeUpWords);

  async function listen(): Promise<void> {
    while (!stopped) {
      const here = new pg.Client({ connectionString: url, application_name: 'abwab', keepAlive: true });
      client = here;
      const lost = new Promise<void>((resolve) => { here.once('end', resolve); here.on('error', () => resolve()); });
      here.on('notification', ({ channel, payload }) => {
        if (channel === OWN_WORDS_CHANNEL) void takeUp();
        else if (payload !== hub().origin) tell();
      });
      try {
        await here.connect();
        await here.query(`listen ${CHANNEL}; listen ${OWN_WORDS_CHANNEL}`);
        await takeUp();
        tell();
        await lost;
        tell();
      } catch {
        await here.end().catch(() => undefined);
      }
      if (!stopped) await wait(RECONNECT_MS);
    }
  }

  const listening = listen();
  return {
    async stop() {
      stopped = true;
      await client?.end().catch(() => undefined);
      await listening;
    },
  };
}
