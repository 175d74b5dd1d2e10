// An independent check of a certificate. It knows nothing of how the outcome was found: only fractions, ballots, payments.
import type { Election } from './election.ts';
import type { Certificate } from './explain/balance.ts';
import { add, compare, multiply, rational, reduced, subtract, zero } from './rational.ts';

/** Which marks are support: with borda a last place is none, with points 0 points are none. */
export type Supports = (mark: number, position: number, length: number) => boolean;

/**
 * Every way in which the certificate fails to prove that `winners` (indices) is priceable; empty when it proves it:
 * nobody pays more than the share or for a project not supported; what is left is what was not paid; each winner is paid
 * exactly, nothing else is paid at all; and the supporters of no other project have its cost left.
 */
export function verify(election: Election, winners: readonly number[], { share, accountOf, accounts }: Certificate, supports: Supports = () => true): string[] {
  const { ballots, projects } = election;
  const faults: string[] = [];
  const received = projects.map(() => zero);
  const behind = projects.map(() => zero);
  const voters = new Map<number, number>();
  for (let voter = 0; voter < ballots.count; voter++) voters.set(accountOf[voter]!, (voters.get(accountOf[voter]!) ?? 0) + 1);
  accounts.forEach(({ paid, left }, account) => {
    const spent = paid.reduce((sum, { amount }) => reduced(add(sum, amount)), zero);
    if (compare(subtract(share, spent), left) !== 0) faults.push(`account ${account}: share, payments and rest do not agree`);
    if (compare(left, zero) < 0 || paid.some(({ amount }) => compare(amount, zero) < 0)) faults.push(`account ${account}: below zero`);
    const all = rational(BigInt(voters.get(account) ?? 0));
    for (const { project, amount } of paid) received[project] = reduced(add(received[project]!, multiply(amount, all)));
  });
  for (let voter = 0; voter < ballots.count; voter++) {
    const own = supportedBy(election, voter, supports);
    const { paid, left } = accounts[accountOf[voter]!]!;
    if (paid.some(({ project }) => !own.has(project))) faults.push(`voter ${voter} pays for a project not supported`);
    for (const project of own) behind[project] = reduced(add(behind[project]!, left));
  }
  projects.forEach(({ id, cost }, project) => {
    const wins = winners.includes(project);
    if (wins ? compare(received[project]!, cost) !== 0 : received[project]!.num !== 0n) faults.push(`${id} is not paid exactly`);
    if (!wins && behind[project]!.num > 0n && compare(behind[project]!, cost) >= 0) faults.push(`the supporters of ${id} could still pay it`);
  });
  return faults;
}

function supportedBy({ ballots: { start, project } }: Election, voter: number, supports: Supports): Set<number> {
  const first = start[voter]!;
  const length = start[voter + 1]! - first;
  const own = new Set<number>();
  for (let position = 0; position < length; position++) if (supports(first + position, position, length)) own.add(project[first + position]!);
  return own;
}
