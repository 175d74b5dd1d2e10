import { startWorker } from '../../src/worker.ts';
import { openInstallation } from '../house/open.ts';
import { readOptions, setPlace } from '../house/options.ts';
import { say } from '../house/say.ts';
import { stopOnce } from '../house/stop.ts';

const usage = `abwab worker [--data FOLDER]
  DATABASE_URL names the database; without it, the one that comes with the project in the data folder.`;

export const worker = {
  summary: 'runs the jobs alone, beside one or many sites',
  usage,
  async run(args: string[]): Promise<number> {
    setPlace(readOptions(args, { data: { type: 'string' } }, usage, 0).values, usage);
    const it = await openInstallation();
    const jobs = await startWorker(it);
    say('jobs are running. Stop with Ctrl-C.');
    stopOnce(async () => {
      await jobs.stop();
      await it.close();
    });
    return -1;
  },
};
