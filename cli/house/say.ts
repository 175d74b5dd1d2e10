/** What a command is doing, for whoever watches: on standard error, one line each. */
export const say = (text: string): void => void process.stderr.write(`abwab  ${text}\n`);

export const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;
