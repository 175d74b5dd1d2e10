// abwab opinions: maps a Polis export on the command line. Reads files and prints; the engine decides.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { MapOptions, Result } from '../../src/engines/opinion-map/index.ts';
import { MapFailed, mapInWorker } from '../../src/platform/workers/map.ts';
import { print, tool, unreadable } from '../house/tool.ts';

const usage = `abwab opinions FOLDER [options]

  FOLDER                    a Polis export: participants-votes.csv and comments.csv
  --mode polis|default      polis: Polis's own mathematics, from a cold start;
                            default: groups that do not depend on the order of votes,
                            none of fewer than five people
  --groups published        measures the groups that the export names (group-id),
                            as Polis does unless --mode default is said
  --json                    one line of JSON

Ends with 0; with 1 when the folder is refused; with 2 when the options are wrong.`;

type Asked = { folder: string; options: MapOptions; json: boolean };
type Mapped = Result & { milliseconds: number };

export const opinions = tool<Asked>({
  summary: 'maps the opinions of a consultation (a Polis export): groups, common ground, what to ask next',
  usage, understand,
  async work(asked) { return (await mapFolder(asked)) ? 0 : 1; },
});

/** What the arguments ask for, or a sentence about what is wrong with them. */
function understand(args: string[]): Asked | string {
  const word = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { mode: word, groups: word, json: { type: 'boolean' } } });
    const { mode, groups, json = false } = values;
    if (mode !== undefined && mode !== 'polis' && mode !== 'default') return `--mode ${mode}: it is polis or default.`;
    if (groups !== undefined && groups !== 'published') return `--groups ${groups}: it is published, or left out.`;
    const [folder, more] = positionals;
    if (!folder) return 'Which folder?';
    if (more !== undefined) return `«${more}» is not understood: one folder at a time.`;
    return { folder, options: { mode: mode ?? (groups ? 'polis' : 'default'), groups: groups ?? 'found' }, json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function mapFolder({ folder, options, json }: Asked): Promise<boolean> {
  try {
    const votes = await readFile(join(folder, 'participants-votes.csv'));
    const comments = await optional(join(folder, 'comments.csv'));
    if (!comments) await print(process.stderr, `${folder}: there is no comments.csv, so no statement counts as moderated out`);
    const mapped = await mapInWorker(votes, { ...options, comments });
    await print(process.stdout, json ? JSON.stringify(mapped) : readable(folder, mapped));
    return true;
  } catch (error) {
    const { sentence, file, line } = faultOf(error);
    const place = `${file === null ? folder : join(folder, file)}${line === null ? '' : `, line ${line}`}`;
    if (json) await print(process.stdout, JSON.stringify({ folder, error: sentence, file, line }));
    await print(process.stderr, `${place}: ${sentence}`);
    return false;
  }
}

async function optional(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** What a reader of the output is told; anything unexpected is thrown on. */
function faultOf(error: unknown): { sentence: string; file: string | null; line: number | null } {
  if (error instanceof MapFailed) return { sentence: error.message, file: error.file, line: error.line };
  const sentence = unreadable(error);
  const file = (error as NodeJS.ErrnoException).path?.endsWith('comments.csv') ? 'comments.csv' : 'participants-votes.csv';
  if (sentence) return { sentence, file, line: null };
  throw error;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function readable(folder: string, it: Mapped): string {
  const head = `${folder}: ${it.participants} participants, ${it.statements} statements (${it.moderatedOut} moderated out), ${it.votes} votes`;
  const groups = it.groups.map(({ id, size, sureness }) => `group ${id}: ${size} people${sureness === null ? '' : `, sure to ${percent(sureness)}`}`);
  const left = it.withheld > 0 ? [`${it.withheld} people stand in groups too small to be shown`] : [];
  const ground = it.bridging.slice(0, 10).map((line) => {
    const lowest = line.groupMinimum === null ? '' : `, lowest group ${percent(line.groupMinimum)}`;
    const against = line.rejectedBy.length > 0 ? `, rejected by group ${line.rejectedBy.join(', ')}` : '';
    const few = line.tooFewToTell.length > 0 ? `, too few to tell in group ${line.tooFewToTell.join(', ')}` : '';
    return `  ${line.statement}: ${percent(line.score)} (${percent(line.low)} to ${percent(line.high)})${lowest}${against}${few}`;
  });
  const echoes = it.echoes.map(({ members, voices }) => `${members.length} ballots repeat each other and count as ${voices.toFixed(1)}`);
  const apart = it.groups.flatMap(({ id }) => [`what sets group ${id} apart`, ...it.representative[String(id)]!.map((line) => `  ${line.statement}: ${line.direction}, ${line.successes} of ${line.trials}`)]);
  return [head, `${it.mode} mode, ${it.milliseconds.toFixed(0)} ms`, ...groups, ...left, ...echoes, 'common ground, the surest first', ...ground, ...apart].join('\n');
}
