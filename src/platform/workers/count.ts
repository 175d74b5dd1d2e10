/** Counting takes a thread of its own: a large election or a long raise must not hold up a request. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CountOptions, Result } from '#engines/equal-shares/index.ts';
import { readConfig } from '../config.ts';

export type CountJob = { bytes: Uint8Array; options: Partial<Omit<CountOptions, 'onProgress'>>; explained: boolean };
export type CountAnswer =
  | { result: Result }
  | { refused: { reason: string; line: number | null; sentence: string } }
  | { raise: number; runs: number };

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
export function countInWorker(bytes: Uint8Array, { explained = false, signal, onProgress, ...options }: CountOrder = {}): Promise<Result> {
  signal?.throwIfAborted();
  const job: CountJob = { bytes, options, explained };
  const thread = new Worker(join(readConfig().home, 'src/platform/workers/count-thread.ts'), { workerData: job, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  return new Promise<Result>((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`the counting thread ended with ${code} and no answer`)));
    thread.on('message', (answer: CountAnswer) => {
      if ('result' in answer) resolve(answer.result);
      else if ('refused' in answer) reject(new CountFailed(answer.refused.reason, answer.refused.line, answer.refused.sentence));
      else onProgress?.(answer.raise, answer.runs);
    });
  }).finally(() => thread.terminate());
}
