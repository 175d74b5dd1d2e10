import { existsSync } from 'node:fs';
import { FORMATS, guessFormat, looksLikeBeneficiaries, readRow, type Format, type ImportedEntry } from '#features/intake/import-formats.ts';
import { importEntries } from '#features/intake/server/index.ts';
import { COMMENT_FORMATS } from '#features/comments/import-formats.ts';
import { importPlaces } from '#features/places/server/index.ts';
import { openInstallation, TERMINAL, type Installation } from '../house/open.ts';
import { bringOrganisations } from '../house/bring-organisations.ts';
import { readOptions, setPlace, wrongUsage } from '../house/options.ts';
import { readFeatures } from '../house/read-features.ts';
import { readRows } from '../house/read-rows.ts';
import { writeRefused, type RefusedRow } from '../house/refused.ts';
import { bringComments } from './import-comments.ts';

const usage = `abwab import entries FILE.(csv|jsonl|xlsx) [--format ${FORMATS.join('|')}] [--source NAME] [--publish] [--json] [--data FOLDER]
abwab import comments FILE.(csv|jsonl|xlsx) [--format ${COMMENT_FORMATS.join('|')}] [--source NAME] [--publish] [--json] [--data FOLDER]
abwab import places FILE.geojson|FOLDER [--json] [--data FOLDER]
abwab import organisations FILE.(csv|xlsx) [--source NAME] [--json] [--data FOLDER]
  --format   what the rows are; guessed from their columns when it is not said
  --source   where they come from, when there are two of one format; the same source and id come in once
  --publish  shows them at once; otherwise they wait for triage, and comments for a moderator, who also reads first what looks like a private number
  Comments belong to entries that came from the same source, or are named by their number here.
  Running it again adds nothing twice. Refused rows are written to FILE.refused.jsonl with the reason.`;
const options = { format: { type: 'string' }, source: { type: 'string' }, publish: { type: 'boolean' }, json: { type: 'boolean' }, data: { type: 'string' } } as const;
const BATCH = 500;

type Count = { imported: number; drafts: number; skipped: number; refused: number };

export const importData = {
  summary: 'brings in what other systems hold',
  usage,
  async run(args: string[]): Promise<number> {
    const { values, positionals: [what, file] } = readOptions(args, options, usage, 2);
    if (what !== 'entries' && what !== 'comments' && what !== 'places' && what !== 'organisations') return wrongUsage(what ? `«${what}» cannot be imported.` : 'Say what to import.', usage);
    if (!file) return wrongUsage('Say which file.', usage);
    const format = FORMATS.find((it) => it === values.format);
    if (values.format !== undefined && !format) wrongUsage(`«${values.format}» is no format.`, usage);
    const commentFormat = COMMENT_FORMATS.find((it) => it === values.format);
    if (what === 'comments' && values.format !== undefined && !commentFormat) wrongUsage(`Comments come as ${COMMENT_FORMATS.join(' or ')}.`, usage);
    if (values.source !== undefined && !/^[a-z0-9][a-z0-9.-]{0,39}$/.test(values.source)) wrongUsage('--source is up to forty small Latin letters, digits, dots and dashes.', usage);
    if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
    setPlace({ data: values.data }, usage);
    const it = await openInstallation();
    try {
      const more = { file, source: values.source, publish: values.publish ?? false };
      const count = what === 'places' ? await bringPlaces(it, file) : what === 'organisations' ? await bringOrganisations(it, file, values.source) : what === 'comments' ? await bringComments(it, { ...more, format: commentFormat }) : await bringEntries(it, { ...more, format });
      process.stdout.write(values.json ? `${JSON.stringify(count)}\n` : `imported ${count.imported}, drafts ${count.drafts}, skipped ${count.skipped}, refused ${count.refused}\n`);
      return 0;
    } finally {
      await it.close();
    }
  },
};

type Entries = { file: string; format: Format | undefined; source: string | undefined; publish: boolean };

async function bringEntries(it: Installation, { file, format, source, publish }: Entries): Promise<Count> {
  const refused: RefusedRow[] = [];
  const count: Count = { imported: 0, drafts: 0, skipped: 0, refused: 0 };
  let chosen = format;
  let batch: ImportedEntry[] = [];
  const flush = async () => {
    const done = await it.house.act(TERMINAL, importEntries, { source: source ?? chosen ?? 'abwab', publish, entries: batch });
    count.imported += done.imported;
    count.skipped += done.skipped;
    batch = [];
  };
  for await (const row of readRows(file)) {
    if ('broken' in row) {
      refused.push({ line: row.line, reason: row.broken, row: row.raw });
      continue;
    }
    if (looksLikeBeneficiaries(row.row)) throw new Error('This looks like a list of people who receive something. Such lists are never held here. Remove the columns about persons, then try again.');
    chosen ??= guessFormat(row.row);
    const read = readRow(chosen, row.row, it.profile.zone);
    if ('refused' in read) refused.push({ line: row.line, reason: read.refused, row: row.row });
    else batch.push(read.entry);
    if (batch.length >= BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  await writeRefused(file, refused);
  return { ...count, refused: refused.length };
}

async function bringPlaces(it: Installation, path: string): Promise<Count> {
  const { file, features, refused } = readFeatures(path);
  const done = await it.house.act(TERMINAL, importPlaces, features);
  const all: RefusedRow[] = [...refused, ...done.refused.map(({ pcode, reason }) => ({ line: 0, reason, row: features.find((feature) => feature.properties.pcode === pcode)?.properties }))];
  await writeRefused(file, all);
  return { imported: done.imported, drafts: 0, skipped: done.skipped, refused: all.length };
}
