/**
 * Public figures that cost more than a page may: counted once and remembered until something is written. Nothing that depends on who
 * reads belongs in here, and nothing by which anything is decided: use cases count anew.
 */
export type Remember = <T>(key: string, count: () => Promise<T>, options?: {
  /** for what may be as old as this, whatever was written meanwhile; then whoever shows it still asks whether it may be shown */
  forMs?: number;
}) => Promise<T>;

/** Counts anew each time. */
export const anew: Remember = (_key, count) => count();

export type Memory = {
  remember: Remember;
  /** something was written: what is cheap to count is counted anew */
  changed(): void;
};

export type MemoryOptions = {
  mostKeys?: number;
  /** what is counted in less is never older than the last change */
  cheapMs?: number;
  /** Counting takes at most this share of the time: what took a second to count is counted every twenty seconds while others write. */
  share?: number;
  /** what was written behind the site's back is seen after so long, or after 1/share of what counting costs */
  oldestMs?: number;
  longestMs?: number;
  now?: () => number;
};

type Known = { value: unknown; at: number; cost: number; generation: number; forMs: number };

export function openMemory({ mostKeys = 2_000, cheapMs = 50, share = 1 / 20, oldestMs = 1_000, longestMs = 60_000, now = () => performance.now() }: MemoryOptions = {}): Memory {
  const known = new Map<string, Known>();
  const counting = new Map<string, { value: Promise<unknown>; generation: number }>();
  let generation = 0;

  function holds(it: Known): boolean {
    const age = now() - it.at;
    if (age < it.forMs) return true;
    if (age >= Math.min(longestMs, Math.max(oldestMs, it.cost / share))) return false;
    return it.generation === generation || (it.cost >= cheapMs && age < it.cost / share);
  }

  async function counted<T>(key: string, count: () => Promise<T>, forMs: number): Promise<T> {
    const [at, asked] = [now(), generation];
    const value = await count();
    known.delete(key);
    known.set(key, { value, at, cost: now() - at, generation: asked, forMs });
    if (known.size > mostKeys) known.delete(known.keys().next().value!);
    return value;
  }

  return {
    async remember<T>(key: string, count: () => Promise<T>, { forMs = 0 }: { forMs?: number } = {}): Promise<T> {
      const it = known.get(key);
      if (it && holds(it)) return it.value as T;
      // Whoever asks for the same meanwhile waits for it; what fails for one is asked again by the other.
      const running = counting.get(key);
      if (running?.generation === generation) return (running.value as Promise<T>).catch(() => count());
      const value = counted(key, count, forMs);
      counting.set(key, { value, generation });
      try {
        return await value;
      } finally {
        if (counting.get(key)?.value === value) counting.delete(key);
      }
    },
    changed() {
      generation++;
    },
  };
}
