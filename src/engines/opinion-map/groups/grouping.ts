// Who stands in which group, however the groups were found.
import { compareIds, Unmappable, type Conversation, type Id } from '../conversation.ts';

/**
 * @property groupOf position of each row's group in `names`; −1 for people in no group
 * @property names of the groups
 * @property sizes people by group
 * @property silhouettes by number of groups tried: how well separated they are
 * @property smallClusters number of clusters behind the groups; 0 where there were none
 * @property sureness by group: share of the independent looks at the map that put its people together; null where nobody looked twice
 * @property withheld people in groups too small to be shown
 */
export type Grouping = {
  groupOf: Int32Array;
  names: Id[];
  sizes: Int32Array;
  silhouettes: Record<number, number>;
  smallClusters: number;
  sureness: (number | null)[];
  withheld: number;
};

/** Groups of fewer people are never shown: five are needed to hide in. */
export const LEAST_GROUP = 5;

export function noGroups(participants: number): Grouping {
  return { groupOf: new Int32Array(participants).fill(-1), names: [], sizes: new Int32Array(0), silhouettes: {}, smallClusters: 0, sureness: [], withheld: 0 };
}

/** Puts labels of active rows into a grouping with groups named from 0. */
export function groupingFrom(labels: ArrayLike<number>, count: number, active: Int32Array, participants: number): Grouping {
  const it = noGroups(participants);
  it.sizes = new Int32Array(count);
  for (let a = 0; a < active.length; a++) {
    const label = labels[a]!;
    it.groupOf[active[a]!] = label;
    if (label >= 0) it.sizes[label]!++;
  }
  it.names = Array.from({ length: count }, (_, name) => name);
  it.sureness = it.names.map(() => null);
  return it;
}

/**
 * The groups that the source of the votes names.
 *
 * @param careful leaves groups of fewer than five people out
 * @throws Unmappable when it names none
 */
export function groupPublished(it: Conversation, careful: boolean): Grouping {
  if (!it.published) throw new Unmappable('The export names no groups: participants-votes.csv has no column "group-id".');
  const members = new Map<Id, number>();
  for (const id of it.published) if (id !== null) members.set(id, (members.get(id) ?? 0) + 1);
  const shown = [...members.keys()].filter((id) => !careful || members.get(id)! >= LEAST_GROUP).sort(compareIds);
  const at = new Map(shown.map((id, position) => [id, position]));
  const rows = Int32Array.from(it.published.keys());
  const grouping = groupingFrom(it.published.map((id) => (id === null ? -1 : (at.get(id) ?? -1))), shown.length, rows, it.published.length);
  const withheld = [...members].reduce((sum, [id, size]) => sum + (at.has(id) ? 0 : size), 0);
  return { ...grouping, names: shown, withheld };
}
