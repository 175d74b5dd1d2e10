// abwab recount: counts Pabulib files on the command line, exactly. Reads files and prints; the engine decides.
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import type { CountOptions, Election, Result } from '../../src/engines/equal-shares/index.ts';
import {
  balances, completions, count, CountRefused, defaults, explain, PabulibError, PabulibReader, parseDecimal, resultOf, stops, text, tieRules, utilities,
} from '../../src/engines/equal-shares/index.ts';
import { print, tool, unreadable } from '../house/tool.ts';

const usage = `abwab recount FILE.pb … [options]

  --rule equal-shares|greedy         default equal-shares
  --utility ${utilities.join('|')}
                                     default cost
  --completion ${completions.join('|')}  default none
  --ties ${tieRules.join('|')}
                                     default mincost-votes-lexico
  --stop ${stops.join('|')}
                                     when add1 ends, besides overspending; default overspend-only
  --start exact|floor                first share: budget / ballots, or its whole units; default exact
  --step N                           units by which add1 raises; default 1
  --explain                          who paid what, what losers lacked, what would have had to change
  --voter ID                         the balance of one ballot
  --json                             one line of JSON a file

Amounts are exact fractions. Ends with 0; with 1 when a file is refused; with 2 when the options are wrong.`;

const choices = { rule: ['equal-shares', 'greedy'], utility: utilities, completion: completions, ties: tieRules, stop: stops, start: ['exact', 'floor'] } as const;
type Choice = keyof typeof choices;
type Asked = { files: string[]; options: CountOptions; json: boolean; explained: boolean; voter: string | undefined };
type Line = Result & { balance?: unknown };

export const recount = tool<Asked>({
  summary: 'counts participatory-budgeting ballots (Pabulib files) with exact arithmetic',
  usage, understand,
  async work(asked) {
    let refused = 0;
    for (const file of asked.files) refused += (await countFile(file, asked)) ? 0 : 1;
    return refused > 0 ? 1 : 0;
  },
});

/** What the arguments ask for, or a sentence about what is wrong with them. */
function understand(args: string[]): Asked | string {
  const word = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { rule: word, utility: word, completion: word, ties: word, stop: word, start: word, step: word, voter: word, explain: flag, json: flag },
    });
    const wrong = (Object.keys(choices) as Choice[]).find((name) => values[name] !== undefined && !(choices[name] as readonly string[]).includes(values[name]));
    if (wrong) return `--${wrong} ${values[wrong]}: it is one of ${choices[wrong].join(', ')}.`;
    const step = parseDecimal(values.step ?? '1');
    if (step === null || step.num <= 0n) return `--step ${values.step}: it is a number above 0.`;
    if (positionals.length === 0) return 'Which file?';
    const picked = Object.fromEntries((Object.keys(choices) as Choice[]).map((name) => [name, values[name] ?? defaults[name]]));
    return { files: positionals, options: { ...defaults, ...picked, step }, json: values.json ?? false, explained: values.explain ?? false, voter: values.voter };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function countFile(file: string, asked: Asked): Promise<boolean> {
  const several = asked.files.length > 1;
  try {
    const election = await read(file);
    for (const { code, count: times, lines } of election.findings) process.stderr.write(`${file}: ${code}, ${times} times${lines.length > 0 ? `, line ${lines.join(', ')}` : ''}\n`);
    const line = tell(election, asked);
    await print(process.stdout, asked.json ? JSON.stringify(several ? { file, ...line } : line) : readable(file, election, line));
    return true;
  } catch (error) {
    const fault = faultOf(error);
    if (asked.json) await print(process.stdout, JSON.stringify({ file, ...fault }));
    await print(process.stderr, `${file}${fault.line === null ? '' : `, line ${fault.line}`}: ${fault.error}`);
    return false;
  }
}

async function read(file: string): Promise<Election> {
  const reader = new PabulibReader();
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) reader.push(piece as Uint8Array);
  return reader.end();
}

function tell(election: Election, asked: Asked): Line {
  const counted = count(election, asked.options);
  const result = resultOf(election, counted, asked.explained ? explain(election, counted) : undefined);
  if (asked.voter === undefined) return result;
  const ids = election.voterColumns[0]!;
  const voter = Array.from({ length: election.ballots.count }, (_, v) => v).find((v) => ids.cell(v) === asked.voter);
  if (voter === undefined) throw new VoterUnknown(`there is no ballot of the voter ${asked.voter}`);
  const balance = balances(counted)?.(voter);
  if (!balance) return { ...result, balance: null };
  const paid = balance.paid.map(({ project, amount }) => ({ project: election.projects[project]!.id, amount: text(amount) }));
  return { ...result, balance: { voter: asked.voter, start: text(balance.start), paid, left: text(balance.left) } };
}

class VoterUnknown extends Error {}

/** What a reader of the output is told; anything unexpected is thrown on. */
function faultOf(error: unknown): { error: string; line: number | null; problem: string } {
  if (error instanceof PabulibError) return { error: error.message, line: error.line, problem: error.problem };
  if (error instanceof CountRefused) return { error: error.message, line: null, problem: error.reason };
  if (error instanceof VoterUnknown) return { error: error.message, line: null, problem: 'voter-unknown' };
  const sentence = unreadable(error);
  if (sentence) return { error: sentence, line: null, problem: 'unreadable' };
  throw error;
}

function readable(file: string, election: Election, line: Line): string {
  const names = election.projectColumns.findIndex((name) => name.toLowerCase() === 'name');
  const nameOf = new Map(election.projects.map(({ id, cells }) => [id, names < 0 ? '' : (cells[names] ?? '')]));
  const head = `${file}: ${line.votes} ballots, ${line.projects} projects, budget ${line.budget}\n${line.rule}, utility ${line.utility}, completion ${line.completion}, ties ${line.ties}`;
  const raised = line.raisedBy === 0 ? [] : [`shares raised by ${line.raisedBy} (start ${line.start}, step ${line.step}, stop ${line.stop})`];
  const winners = line.winners.map((id, at) => `${String(at + 1).padStart(4)}  ${id}  ${nameOf.get(id)}`);
  const ties = line.tiesMet.map(({ round, projects, chosen }) => `tie in round ${round}: ${projects.join(', ')}; first ${chosen}`);
  const more = [line.explanation && JSON.stringify(line.explanation, null, 2), line.balance !== undefined && JSON.stringify(line.balance, null, 2)].filter((it) => typeof it === 'string');
  return [head, ...raised, `${winners.length} winners, cost ${line.cost}`, ...winners, ...ties, ...more].join('\n');
}
