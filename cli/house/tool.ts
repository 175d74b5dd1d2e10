/** Verbs that read files and print what an engine makes of them: help, 2 with the usage for what is not understood, and whole lines. */
import type { Command } from './command.ts';

type Tool<Asked> = {
  summary: string;
  usage: string;
  /** what the arguments ask for, or a sentence about what is wrong with them */
  understand(args: string[]): Asked | string;
  /** 0, or 1 when something was refused */
  work(asked: Asked): Promise<0 | 1>;
};

export function tool<Asked extends object>({ summary, usage, understand, work }: Tool<Asked>): Command {
  return {
    summary, usage,
    async run(args) {
      if (args.includes('--help')) {
        await print(process.stdout, usage);
        return 0;
      }
      const asked = understand(args);
      if (typeof asked !== 'string') return work(asked);
      await print(process.stderr, `${asked}\n\n${usage}`);
      return 2;
    },
  };
}

/** Resolves when the line has left: a process that ends earlier would cut off what a pipe has not taken yet. */
export function print(stream: NodeJS.WriteStream, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
  });
}

/** What the system says of a file that cannot be read, or null for what is no such thing. */
export function unreadable(error: unknown): string | null {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && code.startsWith('E') && !code.startsWith('ERR_') ? `the file cannot be read (${code})` : null;
}
