/**
 * How much is begun at once. Whoever comes beyond that waits for a moment, forms before pages; whoever would wait too long is told so at
 * once, so that those who were let in are answered in time and the site is itself again as soon as the rush is over.
 */
export type QueueOptions = {
  /** as many as keep the processors and the database busy */
  atOnce?: number;
  mostWaiting?: number;
  /** with what an answer takes, below two seconds */
  patienceMs?: number;
  /** an upload over a slow line holds no processor: it gives its place to others after so long */
  slowMs?: number;
};
export type Place = { leave(): void };
export type Queue = {
  /** null when there is no room in time */
  enter(first: boolean): Promise<Place | null> | Place | null;
  counts: { busy: number; waiting: number; refused: number };
};

const LOOK_MS = 50;
const LATE_MS = 100;
const VERY_LATE_MS = 400;

type Waiting = { begin(place: Place | null): void; since: number };

/** Those who wait at the system's own door are not seen from here. When this process comes late to its own clock, they wait as well: then less is begun. */
function clockWatch(): () => number {
  let looked = performance.now();
  let late = 0;
  setInterval(() => {
    const now = performance.now();
    late = Math.max(now - looked - LOOK_MS, late / 2);
    looked = now;
  }, LOOK_MS).unref();
  return () => late;
}

export function openQueue({ atOnce = 24, mostWaiting = 600, patienceMs = 1_000, slowMs = 2_000 }: QueueOptions = {}): Queue {
  const counts = { busy: 0, waiting: 0, refused: 0 };
  const lines: [forms: Waiting[], pages: Waiting[]] = [[], []];
  let sweeper: NodeJS.Timeout | null = null;
  const lateness = clockWatch();
  const room = () => (lateness() > VERY_LATE_MS ? 1 : lateness() > LATE_MS ? Math.max(2, atOnce >> 2) : atOnce);
  const waitingRoom = () => (lateness() > LATE_MS ? mostWaiting >> 3 : mostWaiting);

  function place(): Place {
    counts.busy++;
    let held = true;
    const leave = () => {
      if (!held) return;
      held = false;
      clearTimeout(slow);
      counts.busy--;
      next();
    };
    const slow = setTimeout(leave, slowMs);
    slow.unref();
    return { leave };
  }

  function next(): void {
    while (counts.busy < room()) {
      const it = lines[0].shift() ?? lines[1].shift();
      if (!it) break;
      counts.waiting--;
      it.begin(place());
    }
  }

  function sweep(): void {
    const since = performance.now() - patienceMs;
    next();
    for (const line of lines) {
      while (line[0] && line[0].since < since) refuse(line.shift()!);
    }
    if (counts.waiting === 0 && sweeper) {
      clearInterval(sweeper);
      sweeper = null;
    }
  }

  function refuse(it: Waiting): void {
    counts.waiting--;
    counts.refused++;
    it.begin(null);
  }

  return {
    counts,
    enter(first) {
      if (counts.busy < room() && counts.waiting === 0) return place();
      if (counts.waiting >= waitingRoom()) {
        // A form takes the place of the page that came last.
        const last = first ? lines[1].pop() : undefined;
        if (!last) {
          counts.refused++;
          return null;
        }
        refuse(last);
      }
      counts.waiting++;
      sweeper ??= setInterval(sweep, 50).unref();
      return new Promise((begin) => { lines[first ? 0 : 1].push({ begin, since: performance.now() }); });
    },
  };
}
