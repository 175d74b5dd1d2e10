/** What the house promises of itself. `most` and `least` say on which side of the figure the promise lies. */
export const PROMISES = {
  answers: { least: 1, unit: 'share' },
  codes: { most: 60, unit: 'seconds' },
  sent: { most: 60, unit: 'seconds' },
  record: { most: 10, unit: 'seconds' },
  sealed: { most: 10, unit: 'seconds' },
  checked: { most: 86_400, unit: 'seconds' },
  watchers: { least: 1, unit: 'count' },
  queue: { most: 60, unit: 'seconds' },
  jobs: { most: 0, unit: 'count' },
  letters: { most: 0, unit: 'count' },
  late: { most: 0, unit: 'count' },
  disk: { least: 1_000_000_000, unit: 'bytes' },
  backup: { most: 172_800, unit: 'seconds' },
} as const satisfies Record<string, { most: number; unit: Unit } | { least: number; unit: Unit }>;
export type Unit = 'share' | 'seconds' | 'count' | 'bytes';
export type PromiseName = keyof typeof PROMISES;
export const PROMISE_NAMES = Object.keys(PROMISES) as PromiseName[];

export type Measured = { name: PromiseName; unit: Unit; promised: number; /** on which side of the figure the promise lies */ side: 'most' | 'least'; /** null: nobody has measured it, or there was nothing to measure */ figure: number | null; kept: boolean | null };

/** A figure beside its promise; what was never measured is neither kept nor broken. */
export function judge(name: PromiseName, figure: number | null): Measured {
  const it: { unit: Unit; most?: number; least?: number } = PROMISES[name];
  const kept = figure === null ? null : it.most !== undefined ? figure <= it.most : figure >= it.least!;
  return { name, unit: it.unit, promised: it.most ?? it.least!, side: it.most === undefined ? 'least' : 'most', figure, kept };
}

/** From how many in how many hours on something is unusual. */
export const RULES = {
  grants: { from: 5, hours: 24 },
  removals: { from: 20, hours: 24 },
  withdrawals: { from: 10, hours: 24 },
  night: { from: 10, hours: 24 },
  approvals: { from: 10, hours: 24 * 30 },
  device: { from: 1, hours: 24 },
  exports: { from: 3, hours: 24 },
  codes: { from: 20, hours: 24 },
  links: { from: 10, hours: 24 },
} as const satisfies Record<string, { from: number; hours: number }>;
export type RuleName = keyof typeof RULES;
export const RULE_NAMES = Object.keys(RULES) as RuleName[];
/** Local hours in which offices are closed, and the share of a body's approvals from which one person decides alone. */
export const NIGHT = { from: 0, to: 5 } as const;
export const ALONE = 0.9;

export type Unusual = { rule: RuleName; person: string | null; count: number; last: Date };
export type FailedJob = { id: string; task: string; attempts: number; since: Date; last: Date };
