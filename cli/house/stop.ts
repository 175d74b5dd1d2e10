/** Ends a command that runs on: once, in order, whichever signal comes first and however often. */
import { say } from './say.ts';

const LONGEST_MS = 20_000;

export function stopOnce(work: () => Promise<void>): void {
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    say('stopping …');
    // Whatever hangs must not keep a machine from shutting down.
    setTimeout(() => process.exit(1), LONGEST_MS).unref();
    work().then(() => process.exit(0), (error: unknown) => {
      say(error instanceof Error ? error.message : String(error));
      process.exit(1);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}
