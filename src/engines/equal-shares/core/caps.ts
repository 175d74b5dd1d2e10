/** Upper limits on what groups of projects may cost together, in parts of money. Empty when there are none. */
export type Cap = { readonly members: ReadonlySet<number>; readonly most: bigint };

/** Keeps account of the caps during one run. What does not fit will not fit later either. */
export class CapAccount {
  private readonly caps: readonly Cap[];
  private readonly cost: readonly bigint[];
  private readonly spent: bigint[];

  constructor(caps: readonly Cap[], cost: readonly bigint[]) {
    this.caps = caps;
    this.cost = cost;
    this.spent = caps.map(() => 0n);
  }

  fits(project: number): boolean {
    return this.caps.every((cap, i) => !cap.members.has(project) || this.spent[i]! + this.cost[project]! <= cap.most);
  }

  take(project: number): void {
    this.caps.forEach((cap, i) => {
      if (cap.members.has(project)) this.spent[i]! += this.cost[project]!;
    });
  }
}
