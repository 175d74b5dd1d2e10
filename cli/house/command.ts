/** One verb of `abwab`. */
export type Command = { summary: string; usage: string; run(args: string[]): Promise<number> };
