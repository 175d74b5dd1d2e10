// Each ballot's own account, and all of them together as a certificate that anybody can check.
import type { Count } from '../count.ts';
import type { Rational } from '../rational.ts';
import { amountOf, purse, replay } from './replay.ts';

/** One voter's account in units of currency: start = sum of what was paid + left, exactly. Projects are indices. */
export type Balance = { readonly start: Rational; readonly paid: readonly { readonly project: number; readonly amount: Rational }[]; readonly left: Rational };

/** Gives the balance of any voter, numbered as in the file from 0. Null when the count spread no money among voters. */
export function balances(count: Count): ((voter: number) => Balance) | null {
  const run = replay(count);
  if (run === null) return null;
  return (voter) => {
    const group = count.game.groupOf[voter];
    if (group === undefined) throw new RangeError(`there is no voter ${voter}`);
    const { paid, left } = purse(run, group);
    return {
      start: amountOf(count, run.ledger.share),
      paid: paid.map(({ round, amount }) => ({ project: run.rounds[round]!.project, amount: amountOf(count, amount) })),
      left: amountOf(count, left),
    };
  };
}

/**
 * Who paid what, for every ballot. Equal ballots are one account; `accountOf[voter]` says which. With `accounts` it proves
 * that the outcome is priceable: see `verify`.
 */
export type Certificate = { readonly share: Rational; readonly accountOf: Uint32Array; readonly accounts: readonly Balance[] };

export function certificate(count: Count): Certificate | null {
  const balance = balances(count);
  if (balance === null || count.mes === null) return null;
  const { groupOf, groups } = count.game;
  const first = new Int32Array(groups).fill(-1);
  groupOf.forEach((group, voter) => {
    if (first[group] === -1) first[group] = voter;
  });
  return { share: amountOf(count, count.mes.share), accountOf: groupOf, accounts: Array.from(first, balance) };
}
