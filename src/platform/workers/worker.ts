/**
 * Work that may take all the time and memory there is, in a process of its own: it holds up no request, what it may take is limited, and
 * when it falls over nothing else does. Processes, not threads: V8 falls over now and then when several threads of one process run
 * WebAssembly, and Node's own reader of TypeScript is WebAssembly. It is given no environment, hence no secret, and what it prints about a stranger’s file stands in no log.
 */
import { fork } from 'node:child_process';

export type WorkerLimits = { /** of JavaScript's memory */ megabytes: number; /** then it is ended, and the promise rejected with TookTooLong */ longestMs?: number };
export type WorkerOrder<Told> = WorkerLimits & { /** ends it; the promise is rejected with the signal's reason */ signal?: AbortSignal; /** what it tells on the way */ onTold?: (told: Told) => void };
export type FromWorker<Answer, Told> = { answer: Answer } | { told: Told };

export class TookTooLong extends Error {}

/** Starts `script`, which calls `work` of ./working.ts, and hands it `input`. Rejects when it ends without an answer. */
export function inWorker<Input, Answer, Told = never>(script: string, input: Input, { megabytes, longestMs, signal, onTold }: WorkerOrder<Told>): Promise<Answer> {
  signal?.throwIfAborted();
  const child = fork(script, [], { serialization: 'advanced', execArgv: [`--max-old-space-size=${megabytes}`], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  let timer: NodeJS.Timeout | undefined;
  return new Promise<Answer>((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    if (longestMs !== undefined) timer = setTimeout(() => reject(new TookTooLong(`no answer after ${longestMs} ms`)), longestMs);
    child.on('error', reject);
    child.on('exit', (code, killed) => reject(new Error(`${script} ended with ${killed ?? code} and no answer`)));
    child.on('message', (message) => {
      const said = message as FromWorker<Answer, Told>;
      if ('answer' in said) resolve(said.answer);
      else onTold?.(said.told);
    });
    child.send(input as object, (error) => { if (error) reject(error); });
  }).finally(() => {
    clearTimeout(timer);
    process.removeListener('exit', end);
    end();
  });
}
