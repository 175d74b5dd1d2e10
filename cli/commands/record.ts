import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { entryCount } from '#engines/merkle-log/index.ts';
import { withdrawCommentsAgain } from '#features/comments/server/index.ts';
import type { House } from '#features/context.ts';
import { withdrawEntriesAgain } from '#features/intake/server/index.ts';
import { openRecord, RecordFault, type RecordKeeper } from '#features/record/server/jobs.ts';
import { openLogAt } from '../house/open-log.ts';
import { openInstallation, TERMINAL } from '../house/open.ts';
import { readOptions } from '../house/options.ts';
import { counted } from '../house/say.ts';

const usage = `abwab record publish|catch-up|repair [--from URL|FOLDER] [--data FOLDER] [--json]
  publish   signs and publishes what is waiting; the worker does it within seconds
  catch-up  after a restore: entries that were published and that the database no longer knows come back from the published
            files, or from a copy that somebody else keeps (--from); what was withdrawn or erased since the backup is so again
  repair    writes every file of the published record anew, in the place of lost and broken ones`;
const options = { from: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' } } as const;

type Values = { from?: string | undefined };
type Told = { sentence: string; data: object };
const VERBS: Record<string, (record: RecordKeeper, values: Values, house: House) => Promise<Told>> = {
  async publish(record) {
    let published = 0;
    for (let more = await record.round(); more > 0; more = await record.round()) published += more;
    const sizes = await record.sizes();
    await record.refuseFault();
    return { sentence: `Published ${entryCount(published)}; the record has ${sizes.published}.`, data: { new: published, ...sizes } };
  },
  async 'catch-up'(record, { from }, house) {
    const { back, unknown } = await record.catchUp(from ? openLogAt(from).read : undefined);
    const entries = await house.act(TERMINAL, withdrawEntriesAgain, undefined);
    const comments = await house.act(TERMINAL, withdrawCommentsAgain, undefined);
    const said = [
      `${entryCount(back)} came back${unknown > 0 ? `, ${unknown} of them of steps that the backup did not hold: their texts are lost` : ''}.`,
      ...(entries + comments > 0 ? [`Withdrawn, erased or removed since the backup, and so again: ${counted(entries, 'entry', 'entries')}, ${counted(comments, 'comment')}.`] : []),
    ];
    return { sentence: said.join('\n'), data: { back, unknown, hidden: { entries, comments }, ...(await record.sizes()) } };
  },
  async repair(record) {
    await record.repair();
    const sizes = await record.sizes();
    return { sentence: `All files of ${entryCount(sizes.published)} are as they were published.`, data: sizes };
  },
};

export const record = {
  summary: 'publishes the public record, and mends it after a restore',
  usage,
  async run(args: string[]): Promise<number> {
    const { values, positionals } = readOptions(args, options, usage);
    const verb = positionals.length === 1 && Object.hasOwn(VERBS, positionals[0]!) ? VERBS[positionals[0]!]! : null;
    if (!verb || (values.from && !/^https?:/.test(values.from) && !statSync(resolve(values.from), { throwIfNoEntry: false })?.isDirectory())) {
      process.stderr.write(`${usage}\n`);
      return 2;
    }
    if (values.data) process.env.ABWAB_DATA = values.data;
    const it = await openInstallation();
    const keeper = openRecord(it.config, it.house, TERMINAL);
    try {
      const told = await verb(keeper, values, it.house);
      process.stderr.write(`${told.sentence}\n`);
      if (values.json) process.stdout.write(`${JSON.stringify(told.data)}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof RecordFault)) throw error;
      process.stderr.write(`${error.message}\n`);
      return 1;
    } finally {
      keeper.close();
      await it.close();
    }
  },
};
