/**
 * PDFs as they are handed on. Reading a stranger's PDF may take all the time and memory there is, so it happens in a
 * thread of its own that is ended when it takes too long.
 */
import { Worker } from 'node:worker_threads';

const LONGEST_MS = 20_000;

export type CleanPdf = { data: Buffer; pages: number } | { problem: 'broken-file' | 'not-supported' | 'too-big' };

/** The same pages without author, dates, XMP, actions, scripts and files inside; encrypted or active ones are refused. */
export function cleanPdf(bytes: Buffer): Promise<CleanPdf> {
  const thread = new Worker(new URL('./pdf-thread.ts', import.meta.url), { workerData: bytes, resourceLimits: { maxOldGenerationSizeMb: 384 }, execArgv: [] });
  return new Promise((resolve) => {
    const finish = (result: CleanPdf) => {
      clearTimeout(timer);
      void thread.terminate();
      resolve(result);
    };
    const timer = setTimeout(() => finish({ problem: 'too-big' }), LONGEST_MS);
    thread.once('message', (result: CleanPdf) => finish('data' in result ? { ...result, data: Buffer.from(result.data) } : result));
    thread.once('error', () => finish({ problem: 'broken-file' }));
  });
}
