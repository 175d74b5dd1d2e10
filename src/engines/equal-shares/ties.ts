// Which of equals goes first. The order is total and the same in every round and every raise.
import type { Election } from './election.ts';
import { votesOf } from './election.ts';
import { compare } from './rational.ts';

/** One criterion; later ones decide where earlier ones are equal. */
export type TieKey = 'mincost' | 'maxcost' | 'votes' | 'lexico';
export type TieRule = 'lexico' | 'mincost-votes-lexico' | 'maxcost-lexico' | 'votes-mincost-lexico';

/**
 * A named rule, or criteria followed by a lot: project ids in the order drawn before the ballots were opened. Where both
 * leave two projects equal, the id decides as text by code point, smallest first ("10" before "9").
 */
export type Ties = TieRule | { readonly keys: readonly TieKey[]; readonly lot?: readonly string[] };

export const tieRules: readonly TieRule[] = ['lexico', 'mincost-votes-lexico', 'maxcost-lexico', 'votes-mincost-lexico'];

/** The place of each project in the tie order, 0 first. */
export function tieOrder(election: Election, ties: Ties): Int32Array {
  const keys = typeof ties === 'string' ? (ties.split('-') as TieKey[]) : ties.keys;
  const lot = new Map((typeof ties === 'string' ? [] : (ties.lot ?? [])).map((id, at) => [id, at]));
  const votes = votesOf(election);
  const { projects } = election;
  const by: Record<TieKey, (a: number, b: number) => number> = {
    mincost: (a, b) => compare(projects[a]!.cost, projects[b]!.cost),
    maxcost: (a, b) => compare(projects[b]!.cost, projects[a]!.cost),
    votes: (a, b) => votes[b]! - votes[a]!,
    lexico: (a, b) => byCodePoint(projects[a]!.id, projects[b]!.id),
  };
  const drawn = (project: number): number => lot.get(projects[project]!.id) ?? lot.size;
  const order = projects.map((_, at) => at).sort((a, b) => {
    for (const key of keys) {
      const difference = by[key](a, b);
      if (difference !== 0) return difference;
    }
    return drawn(a) - drawn(b) || by.lexico(a, b);
  });
  const place = new Int32Array(projects.length);
  order.forEach((project, at) => (place[project] = at));
  return place;
}

/** Text order by Unicode code point. JavaScript's own compares UTF-16 units, which differs beyond U+FFFF. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = inOrder(a.charCodeAt(i)) - inOrder(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Halves of characters beyond U+FFFF go after everything else. */
function inOrder(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}
