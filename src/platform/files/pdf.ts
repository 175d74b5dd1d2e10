/**
 * PDFs as they are handed on. Reading a stranger's PDF may take all the time and memory there is, so it happens in a
 * process of its own that is ended when it takes too long.
 */
import { fileURLToPath } from 'node:url';
import { inWorker, TookTooLong } from '../workers/worker.ts';

const LONGEST_MS = 20_000;

export type CleanPdf = { data: Buffer; pages: number } | { problem: 'broken-file' | 'not-supported' | 'too-big' };

/** The same pages without author, dates, XMP, actions, scripts and files inside; encrypted or active ones are refused. */
export function cleanPdf(bytes: Buffer): Promise<CleanPdf> {
  return inWorker<Buffer, CleanPdf>(fileURLToPath(new URL('./pdf-process.ts', import.meta.url)), bytes, { megabytes: 384, longestMs: LONGEST_MS })
    .catch((error: unknown): CleanPdf => ({ problem: error instanceof TookTooLong ? 'too-big' : 'broken-file' }));
}
