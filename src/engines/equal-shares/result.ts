// A count as plain data for other programs: names instead of indices, exact fractions as text.
import type { Count } from './count.ts';
import type { Election } from './election.ts';
import type { Explanation } from './explain/explanation.ts';
import { money } from './explain/explain.ts';
import { rational, text } from './rational.ts';

export type Result = {
  rule: string;
  utility: string;
  completion: string;
  ties: string;
  stop: string;
  start: string;
  step: number | string;
  /** By how much everybody's share was raised in all, in units of currency: a number when whole, else a fraction. */
  raisedBy: number | string;
  ended: Count['ended'];
  budget: string;
  winners: string[];
  cost: string;
  tiesMet: { stage: string; round: number; projects: string[]; chosen: string }[];
  votes: number;
  projects: number;
  findings: { code: string; count: number }[];
  explanation?: Explanation;
};

/** The JSON of `abwab recount`: the same for the same election, however its lines are ordered. */
export function resultOf(election: Election, count: Count, explanation?: Explanation): Result {
  const { options } = count;
  const id = (project: number): string => election.projects[project]!.id;
  const { step } = options;
  return {
    rule: options.rule,
    utility: options.utility,
    completion: options.rule === 'greedy' ? 'none' : options.completion,
    ties: typeof options.ties === 'string' ? options.ties : [...options.ties.keys, ...(options.ties.lot ? ['lot'] : [])].join('-'),
    stop: options.stop,
    start: options.start,
    step: plain(text(step)),
    raisedBy: plain(text(rational(step.num * BigInt(count.raises), step.den))),
    ended: count.ended,
    budget: text(election.budget),
    winners: count.winners.map(id),
    cost: money(count, count.cost),
    tiesMet: count.tiesMet.map(({ stage, round, projects }) => ({ stage, round, projects: projects.map(id), chosen: id(projects[0]!) })),
    votes: election.ballots.count,
    projects: election.projects.length,
    findings: election.findings.map(({ code, count: times }) => ({ code, count: times })).sort((a, b) => (a.code < b.code ? -1 : 1)),
    ...(explanation ? { explanation } : {}),
  };
}

function plain(written: string): number | string {
  const value = Number(written);
  return Number.isSafeInteger(value) ? value : written;
}
