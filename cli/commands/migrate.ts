import { openInstallation } from '../house/open.ts';
import { readOptions, setPlace } from '../house/options.ts';

const usage = `abwab migrate [--data FOLDER] [--json]
  Backs up first when there is something to change. DATABASE_URL names the database; without it, the one that comes with
  the project in the data folder.`;

export const migrate = {
  summary: 'brings the database to the version of this code',
  usage,
  async run(args: string[]): Promise<number> {
    const { values } = readOptions(args, { data: { type: 'string' }, json: { type: 'boolean' } }, usage, 0);
    setPlace(values, usage);
    const it = await openInstallation();
    await it.close();
    if (values.json) process.stdout.write(`${JSON.stringify({ applied: it.applied })}\n`);
    else process.stderr.write(it.applied.length > 0 ? `Applied: ${it.applied.join(', ')}\n` : 'The database is up to date.\n');
    return 0;
  },
};
