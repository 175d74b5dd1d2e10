/** Counting takes a process of its own: a large election or a long raise must not hold up a request. */
import { join } from 'node:path';
import type { CountOptions, Result } from '#engines/equal-shares/index.ts';
import { readConfig } from '../config.ts';
import { inWorker } from './worker.ts';

export type CountJob = { bytes: Uint8Array; options: Partial<Omit<CountOptions, 'onProgress'>>; explained: boolean };
export type CountAnswer =
  | { result: Result }
  | { refused: { reason: string; line: number | null; sentence: string } };
export type CountProgress = { raise: number; runs: number };

/** The file is no Pabulib, or cannot be counted as asked. `line` is where, when it is a place in the file. */
export class CountFailed extends Error {
  readonly reason: string;
  readonly line: number | null;
  constructor(reason: string, line: number | null, sentence: string) {
    super(sentence);
    this.reason = reason;
    this.line = line;
  }
}

export type CountOrder = CountJob['options'] & {
  explained?: boolean;
  /** Stops the count; the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
  /** How many steps shares have been raised so far, and in how many runs. */
  onProgress?: (raise: number, runs: number) => void;
};

/** Counts a Pabulib file. Rejects with CountFailed when it is refused. */
export async function countInWorker(bytes: Uint8Array, { explained = false, signal, onProgress, ...options }: CountOrder = {}): Promise<Result> {
  const script = join(readConfig().home, 'src/platform/workers/count-process.ts');
  const answer = await inWorker<CountJob, CountAnswer, CountProgress>(script, { bytes, options, explained }, {
    megabytes: 1024, ...(signal ? { signal } : {}), ...(onProgress ? { onTold: ({ raise, runs }) => onProgress(raise, runs) } : {}),
  });
  if ('refused' in answer) throw new CountFailed(answer.refused.reason, answer.refused.line, answer.refused.sentence);
  return answer.result;
}
