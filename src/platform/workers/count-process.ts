// A process of its own: reads a Pabulib file, counts it, answers with plain data.
import { count, CountRefused, explain, PabulibError, readPabulib, resultOf } from '#engines/equal-shares/index.ts';
import type { CountAnswer, CountJob, CountProgress } from './count.ts';
import { work } from './working.ts';

work(({ bytes, options, explained }: CountJob, tell: (told: CountProgress) => void): CountAnswer => {
  try {
    const election = readPabulib(bytes);
    const counted = count(election, { ...options, onProgress: (raise, runs) => { if (runs % 50 === 0) tell({ raise, runs }); } });
    return { result: resultOf(election, counted, explained ? explain(election, counted) : undefined) };
  } catch (error) {
    if (error instanceof PabulibError) return { refused: { reason: error.problem, line: error.line, sentence: error.message } };
    if (error instanceof CountRefused) return { refused: { reason: error.reason, line: null, sentence: error.message } };
    throw error;
  }
});
