/** What a command is doing, for whoever watches: on standard error, one line each. */
export const say = (text: string): void => void process.stderr.write(`abwab  ${text}\n`);

/** "1 proof", "20 proofs" */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;
