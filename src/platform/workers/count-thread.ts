// Runs inside a worker thread: reads a Pabulib file, counts it, answers with plain data.
import { parentPort, workerData } from 'node:worker_threads';
import { count, CountRefused, explain, PabulibError, readPabulib, resultOf } from '#engines/equal-shares/index.ts';
import type { CountAnswer, CountJob } from './count.ts';

const { bytes, options, explained } = workerData as CountJob;

function answer(): CountAnswer {
  try {
    const election = readPabulib(bytes);
    const counted = count(election, { ...options, onProgress: (raise, runs) => runs % 50 === 0 && parentPort?.postMessage({ raise, runs } satisfies CountAnswer) });
    return { result: resultOf(election, counted, explained ? explain(election, counted) : undefined) };
  } catch (error) {
    if (error instanceof PabulibError) return { refused: { reason: error.problem, line: error.line, sentence: error.message } };
    if (error instanceof CountRefused) return { refused: { reason: error.reason, line: null, sentence: error.message } };
    throw error;
  }
}

parentPort?.postMessage(answer());
