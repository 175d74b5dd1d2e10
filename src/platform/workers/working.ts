/** The other side of `inWorker`: what a worker's script calls. */
import type { FromWorker } from './worker.ts';

const say = <Answer, Told>(what: FromWorker<Answer, Told>): Promise<void> => new Promise((done, failed) => {
  process.send!(what, (error: Error | null) => (error ? failed(error) : done()));
});

/** Takes the one input, answers it, and ends. What `answer` throws ends the process without an answer. */
export function work<Input, Answer, Told = never>(answer: (input: Input, tell: (told: Told) => void) => Answer | Promise<Answer>): void {
  process.once('message', async (input) => {
    await say<Answer, Told>({ answer: await answer(input as Input, (told) => void say<Answer, Told>({ told }).catch(() => process.exit(1))) });
    process.disconnect();
  });
}
