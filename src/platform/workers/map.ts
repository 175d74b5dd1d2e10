/** Mapping opinions takes a thread of its own: a million votes must not hold up a request. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { MapOptions, Result } from '#engines/opinion-map/index.ts';
import { readConfig } from '../config.ts';

export type MapJob = { votes: Uint8Array; comments: Uint8Array | null; options: Partial<MapOptions> };
export type MapAnswer = { result: Result; milliseconds: number } | { refused: { sentence: string; file: string | null; line: number | null } };

/** The files are no Polis export, or cannot be mapped as asked. `line` (from 1) is where, when it is a place in `file`. */
export class MapFailed extends Error {
  readonly file: string | null;
  readonly line: number | null;
  constructor(sentence: string, file: string | null, line: number | null) {
    super(sentence);
    this.file = file;
    this.line = line;
  }
}

export type MapOrder = MapJob['options'] & {
  /** comments.csv; without it nothing counts as moderated out. */
  comments?: Uint8Array | null;
  /** Stops the work; the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
};

/** Maps participants-votes.csv. `milliseconds`: from the votes in memory to the map. Rejects with MapFailed when it is refused. */
export function mapInWorker(votes: Uint8Array, { comments = null, signal, ...options }: MapOrder = {}): Promise<Result & { milliseconds: number }> {
  signal?.throwIfAborted();
  const job: MapJob = { votes, comments, options };
  const thread = new Worker(join(readConfig().home, 'src/platform/workers/map-thread.ts'), { workerData: job, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  return new Promise<Result & { milliseconds: number }>((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`the mapping thread ended with ${code} and no answer`)));
    thread.on('message', (answer: MapAnswer) => {
      if ('result' in answer) resolve({ ...answer.result, milliseconds: answer.milliseconds });
      else reject(new MapFailed(answer.refused.sentence, answer.refused.file, answer.refused.line));
    });
  }).finally(() => thread.terminate());
}
