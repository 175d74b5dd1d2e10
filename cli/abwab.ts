/** `abwab`: every verb in one place. Data on standard output, everything else on standard error; exits 0, 1 or 2. */
import type { Command } from './house/command.ts';

const COMMANDS: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./commands/start.ts')).start,
  worker: async () => (await import('./commands/worker.ts')).worker,
  migrate: async () => (await import('./commands/migrate.ts')).migrate,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  admin: async () => (await import('./commands/admin.ts')).admin,
  record: async () => (await import('./commands/record.ts')).record,
  signer: async () => (await import('./commands/signer.ts')).signer,
  witness: async () => (await import('./commands/witness.ts')).witness,
  verify: async () => (await import('./commands/verify.ts')).verify,
  import: async () => (await import('./commands/import.ts')).importData,
  recount: async () => (await import('./commands/recount.ts')).recount,
  opinions: async () => (await import('./commands/opinions.ts')).opinions,
};

const say = (text: string) => process.stderr.write(`${text}\n`);

async function main([name, ...args]: string[]): Promise<number> {
  if (!name || name === '--help' || name === 'help') {
    for (const [known, load] of Object.entries(COMMANDS)) say(`abwab ${known.padEnd(9)} ${(await load()).summary}`);
    return name ? 0 : 2;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    say(`There is no command «${name}». abwab --help lists them.`);
    return 2;
  }
  const command = await load();
  if (args.includes('--help')) {
    say(command.usage);
    return 0;
  }
  return command.run(args);
}

// Whoever reads has read enough (`abwab recount … | head`): nothing is wrong with what was asked.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  const code = await main(process.argv.slice(2));
  if (code !== -1) process.exit(code);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
