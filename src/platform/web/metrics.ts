/** The figures of this process as Prometheus reads them: no name, no address, no text; every label from a list that cannot grow. */
import { timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Cache } from './cache.ts';
import { EDGES, type Measures } from './measures.ts';
import type { Queue } from './queue.ts';
import { VERSION } from './version.ts';

export type Figures = { /** what the house knows, by the name of its gauge; null where it does not answer */ house(): Promise<Record<string, number | null>> };
export type Metered = { measures: Measures; cache: Cache | null; queue: Queue };

export function openMetrics({ measures, cache, queue }: Metered, { house }: Figures): { text(): Promise<string>; close(): void } {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();

  function* lines(figures: Record<string, number | null>): Iterable<string> {
    yield* gauge('abwab_info', 'Which version runs', 1, `version="${VERSION}"`);
    yield* requests(measures);
    yield* gauge('abwab_requests_busy', 'Requests that are being answered', queue.counts.busy);
    yield* gauge('abwab_requests_waiting', 'Requests that wait for their turn', queue.counts.waiting);
    yield* counter('abwab_requests_refused_total', 'Requests that were told to come back later', queue.counts.refused);
    if (cache) {
      yield* counter('abwab_cache_hits_total', 'Answers from memory', cache.counts.hits);
      yield* counter('abwab_cache_misses_total', 'Answers that were made anew', cache.counts.misses);
      yield* counter('abwab_cache_stale_total', 'Older answers given while the database was away', cache.counts.stale);
      yield* gauge('abwab_cache_entries', 'Answers in memory', cache.counts.entries);
      yield* gauge('abwab_cache_bytes', 'Bytes of answers in memory', cache.counts.bytes);
    }
    yield* gauge('abwab_memory_bytes', 'Resident memory of the process', process.memoryUsage.rss());
    yield* counter('abwab_processor_seconds_total', 'Processor time of the process', (({ user, system }) => (user + system) / 1e6)(process.cpuUsage()));
    yield* gauge('abwab_event_loop_delay_seconds', '99th percentile since it was read last', Number.isNaN(delay.mean) ? 0 : delay.percentile(99) / 1e9);
    for (const [name, value] of Object.entries(figures)) if (value !== null) yield* gauge(`abwab_${name}`, NAMES[name] ?? name, value);
    delay.reset();
  }

  return {
    text: async () => `${[...lines(await house())].join('\n')}\n`,
    close: () => delay.disable(),
  };
}

const NAMES: Record<string, string> = {
  database_up: 'Whether the database answers', jobs_waiting: 'Jobs that wait', jobs_failed: 'Jobs that were given up', jobs_behind_seconds: 'How long the oldest due job has waited', record_size: 'Entries of the public record',
  record_waiting: 'Acts that wait for their place in the record', record_waiting_seconds: 'How long the oldest of them has waited', record_fault: 'Whether the record stands still', letters_failed: 'Letters that could not be sent',
  disk_free_bytes: 'Room on the disk of the data folder', backup_age_seconds: 'Age of the last backup',
};

function* gauge(name: string, help: string, value: number, labels = ''): Iterable<string> {
  yield `# HELP ${name} ${help}`;
  yield `# TYPE ${name} gauge`;
  yield `${name}${labels && `{${labels}}`} ${value}`;
}

function* counter(name: string, help: string, value: number): Iterable<string> {
  yield `# HELP ${name} ${help}`;
  yield `# TYPE ${name} counter`;
  yield `${name} ${value}`;
}

function* requests({ series }: Measures): Iterable<string> {
  const name = 'abwab_request_seconds';
  yield `# HELP ${name} How long requests took, by kind and class of status`;
  yield `# TYPE ${name} histogram`;
  for (const [key, it] of series) {
    const [kind, status] = key.split(' ');
    const labels = `kind="${kind}",status="${status}"`;
    for (const [at, edge] of EDGES.entries()) yield `${name}_bucket{${labels},le="${edge}"} ${it.within[at]}`;
    yield `${name}_bucket{${labels},le="+Inf"} ${it.count}`;
    yield `${name}_sum{${labels}} ${it.seconds.toFixed(6)}`;
    yield `${name}_count{${labels}} ${it.count}`;
  }
}

/** `Authorization: Bearer …`, compared without telling how much of it was right. */
export function knows(header: string | undefined, token: string | null): boolean {
  if (!token || !header?.startsWith('Bearer ')) return false;
  const given = Buffer.from(header.slice(7));
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
