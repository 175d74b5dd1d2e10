/** Mapping opinions takes a process of its own: a million votes must not hold up a request. */
import { join } from 'node:path';
import type { MapOptions, Result } from '#engines/opinion-map/index.ts';
import { readConfig } from '../config.ts';
import { inWorker } from './worker.ts';

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
export async function mapInWorker(votes: Uint8Array, { comments = null, signal, ...options }: MapOrder = {}): Promise<Result & { milliseconds: number }> {
  const script = join(readConfig().home, 'src/platform/workers/map-process.ts');
  const answer = await inWorker<MapJob, MapAnswer>(script, { votes, comments, options }, { megabytes: 1024, ...(signal ? { signal } : {}) });
  if ('refused' in answer) throw new MapFailed(answer.refused.sentence, answer.refused.file, answer.refused.line);
  return { ...answer.result, milliseconds: answer.milliseconds };
}
