// Which statements set a group apart. Source: compdemocracy/polis, math/src/polismath/math/repness.clj.
import { SIGNIFICANT, shareTest, twoShareTest } from './measures.ts';
import { addTallies, type Tally } from './tallies.ts';

/**
 * One statement that sets a group apart. `share` and `test`: how many of the group and how surely; `lift` and `liftTest`: against
 * everybody else in groups. These are Polis's p-success, p-test, repness and repness-test.
 */
export type Representative = {
  statement: number;
  direction: 'agree' | 'disagree';
  successes: number;
  trials: number;
  share: number;
  test: number;
  lift: number;
  liftTest: number;
  bestAgree?: true;
};

type Side = { successes: number; share: number; test: number; lift: number; liftTest: number };
type Measured = { statement: number; trials: number; agree: Side; disagree: Side };

/**
 * Up to five statements for each group, those agreed with first.
 *
 * @param plainly leaves out what fewer than half of the group's answers say: where Polis finds nothing better, it lists that too
 */
export function representativeStatements(tallies: readonly Tally[], hidden: Uint8Array, plainly: boolean): Representative[][] {
  const all = addTallies(tallies, hidden.length);
  const lists = tallies.map((group) => select(Array.from(hidden.keys()).filter((j) => !hidden[j]), (j) => measure(group, all, j)));
  return plainly ? lists.map((list) => list.filter(({ successes, trials }) => 2 * successes >= trials)) : lists;
}

function measure(group: Tally, all: Tally, statement: number): Measured {
  const trials = group.cast[statement]!;
  const others = all.cast[statement]! - trials;
  const side = (inside: number, everybody: number): Side => {
    const share = (inside + 1) / (trials + 2);
    const outside = everybody - inside;
    return { successes: inside, share, test: shareTest(inside, trials), lift: share / ((outside + 1) / (others + 2)), liftTest: twoShareTest(inside, outside, trials, others) };
  };
  return { statement, trials, agree: side(group.agreed[statement]!, all.agreed[statement]!), disagree: side(group.disagreed[statement]!, all.disagreed[statement]!) };
}

function select(statements: number[], measured: (j: number) => Measured): Representative[] {
  const sufficient: Representative[] = [];
  let best: Representative | null = null;
  let bestAgree: Measured | null = null;
  for (const j of statements) {
    const it = measured(j);
    if (sets(it.agree) || sets(it.disagree)) sufficient.push(finished(it));
    if (sufficient.length === 0 && (!best || Math.max(it.agree.liftTest, it.disagree.liftTest) > best.liftTest)) best = finished(it);
    if (beats(it, bestAgree)) bestAgree = it;
  }
  const head = bestAgree ? [{ ...finished(bestAgree), bestAgree: true as const }] : [];
  if (sufficient.length === 0) return head.length > 0 ? head : best ? [best] : [];
  const others = sufficient.filter((it) => it.statement !== bestAgree?.statement).sort((a, b) => weight(b) - weight(a));
  const chosen = [...head, ...others].slice(0, 5);
  return [...chosen.filter((it) => it.direction === 'agree'), ...chosen.filter((it) => it.direction === 'disagree')];
}

const sets = (side: Side) => side.liftTest > SIGNIFICANT && side.test > SIGNIFICANT;
const weight = ({ lift, liftTest, share, test }: Representative) => lift * liftTest * share * test;

/** The running "best agree": once somebody holds the place by lift, only a better product of all four takes it. */
function beats({ agree, disagree }: Measured, holder: Measured | null): boolean {
  if (agree.successes === 0 && disagree.successes === 0) return false;
  if (!holder) return agree.test > SIGNIFICANT || (agree.lift > 1 && agree.share > 0.5);
  const held = holder.agree;
  if (held.lift > 1) return agree.lift * agree.liftTest * agree.share * agree.test > held.lift * held.liftTest * held.share * held.test;
  return agree.share * agree.test > held.share * held.test;
}

function finished({ statement, trials, agree, disagree }: Measured): Representative {
  const direction = agree.liftTest > disagree.liftTest ? 'agree' : 'disagree';
  return { statement, direction, trials, ...(direction === 'agree' ? agree : disagree) };
}
