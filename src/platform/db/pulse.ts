/**
 * Whether a database that is silent is slow or hangs. Whoever has waited for it for a moment makes us feel its pulse: a connection of
 * its own asks for nothing but an answer. While none comes, everybody who waits is told so, and whoever comes later is told at once.
 */
import pg from 'pg';

export type Pulse = {
  /** what `work` gives, unless the database hangs meanwhile; then this rejects, and whatever `work` does later is nobody's */
  during<T>(work: () => Promise<T>): Promise<T>;
  stop(): void;
};

/** Only who waits longer makes us look: a site whose database answers never pays for this. */
const LOOK_AFTER_MS = 250;
const EVERY_MS = 100;
/**
 * Counted in looks and not in time: a process that comes late to its own clock, on a crowded machine, counts one and not ten. Together with
 * the moment before, a second and a quarter.
 */
const MISSED = 10;

/** Read by `isAway` like every other way in which a database does not answer. */
const silent = () => new Error('Query read timeout');

export const NO_PULSE: Pulse = { during: (work) => work(), stop: () => undefined };

export function openPulse(url: string): Pulse {
  const waiting = new Map<(error: Error) => void, number>();
  let client: pg.Client | null = null;
  let asked = false;
  let missed = 0;
  let met = false;
  let timer: NodeJS.Timeout | undefined;
  const hangs = () => missed >= MISSED;

  /** Answered or refused: either way there is somebody at the other end. */
  async function feel(): Promise<void> {
    asked = true;
    try {
      if (!client) {
        const here = new pg.Client({ connectionString: url, application_name: 'abwab pulse' });
        here.on('error', () => undefined);
        here.once('end', () => { if (client === here) client = null; });
        client = here;
        await here.connect();
      }
      await client.query('select 1');
    } catch {
      client = null;
    }
    asked = false;
    missed = 0;
  }

  function look(): void {
    if (waiting.size === 0 && !asked) return rest();
    if (asked) {
      // What has arrived while this process was held up is read before it is missed.
      if (++missed === MISSED) setImmediate(() => setImmediate(() => { if (hangs()) for (const tell of waiting.keys()) tell(silent()); }));
      return;
    }
    const oldest = Math.min(...waiting.values());
    if (performance.now() - oldest >= LOOK_AFTER_MS) void feel();
  }

  function rest(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    async during(work) {
      if (hangs()) throw silent();
      // The connection is made before it is needed: on a crowded machine making one takes far longer than asking over it.
      if (!met) void feel();
      met = true;
      timer ??= setInterval(look, EVERY_MS).unref();
      let tell: (error: Error) => void = () => undefined;
      const silence = new Promise<never>((_, reject) => { tell = reject; });
      waiting.set(tell, performance.now());
      const done = work();
      done.catch(() => undefined);
      try {
        return await Promise.race([done, silence]);
      } finally {
        waiting.delete(tell);
      }
    },
    stop() {
      rest();
      void client?.end().catch(() => undefined);
    },
  };
}
