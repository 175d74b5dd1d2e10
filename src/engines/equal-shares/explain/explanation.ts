// What an explanation of a count says; data only.

/** Amounts are exact fractions in text, in units of currency; projects are ids; rounds count from 1. */
export type Winner = {
  readonly project: string;
  readonly how: 'equal-shares' | 'greedy';
  readonly round: number;
  readonly cost: string;
  readonly votes: number;
  /** Price per unit of utility; with utility cost, 1/price is the effective vote count. Null for greedy. */
  readonly price: string | null;
  /** What a supporter paid in full, per mark of weight 1. Null for greedy. */
  readonly payment: string | null;
  readonly payers: Payers | null;
  /** Projects with exactly the same price in this round. */
  readonly tiedWith: readonly string[];
};

export type Payers = {
  readonly voters: number;
  /** Paid the price and have money left; together they gave `fullAmount`. */
  readonly full: number;
  readonly fullAmount: string;
  /** Gave all that they had left; together `restAmount`. */
  readonly rest: number;
  readonly restAmount: string;
  /** Supporters who had nothing left. */
  readonly nothing: number;
  /** Voters by payment: ten equal steps from 0 to the highest payment of this project. */
  readonly histogram: readonly number[];
};

export type Loser = {
  readonly project: string;
  readonly cost: string;
  readonly votes: number;
  /** What its supporters held at the start and at the end, and what was missing at the end. */
  readonly atStart: string | null;
  readonly left: string | null;
  readonly lacked: string;
  /** The most its supporters offered at a price below that of a round's winner, or at the end; what was missing to its cost. */
  readonly bestOffer: string | null;
  readonly missing: string | null;
  /** The round of the best offer, null for the end. */
  readonly bestRound: number | null;
  /** Sufficient, on the safe side: at this cost, or with so many more supporters with an untouched share, it is chosen. */
  readonly winsAtCost: string | null;
  readonly winsWithVoters: number | null;
  /** certain; or at-these-shares: add1 might end at another raise, or greedy might fill differently. */
  readonly holds: 'certain' | 'at-these-shares';
  /** The winners that its supporters spent most on, at most five, with amounts. */
  readonly spentOn: readonly { readonly project: string; readonly amount: string }[];
};

/** `prices` per unit of utility, `payers` and `lacked` by project id; the same and more in `winners` and `losers`. */
export type Explanation = {
  readonly prices: Readonly<Record<string, string>>;
  readonly payers: Readonly<Record<string, number>>;
  readonly lacked: Readonly<Record<string, string>>;
  /** What each voter had to spend. */
  readonly share: string | null;
  readonly winners: readonly Winner[];
  readonly losers: readonly Loser[];
};
