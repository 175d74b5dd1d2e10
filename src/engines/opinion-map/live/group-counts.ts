// Votes by group of the last map, kept up to date vote by vote.
import type { Conversation } from '../conversation.ts';
import type { Grouping } from '../groups/grouping.ts';
import { countGroups, tallyOf, type Tally } from '../measures/tallies.ts';

/** Above this share of people who changed their group everything is counted anew. */
const MOST_MOVED = 0.25;

export class GroupCounts {
  /** By group, votes by cell. */
  counts: Float64Array[] = [];
  private groupOf: Int32Array = new Int32Array(0);

  /** One vote more, or less, of a row. */
  count(row: number, cell: number, by: number): void {
    const counts = this.counts[this.groupOf[row] ?? -1];
    if (counts) counts[cell]! += by;
  }

  /** Makes room for more cells, or puts them elsewhere. */
  change(of: (counts: Float64Array) => Float64Array): void {
    this.counts = this.counts.map(of);
  }

  /**
   * Tallies of a new grouping, from those of the last one and the ballots of people who changed their group.
   *
   * @param rows the row of each place of the conversation
   * @param width number of cells that there is room for
   */
  regroup({ votes }: Conversation, { groupOf, names, sizes }: Grouping, rows: Int32Array, width: number): Tally[] {
    const moved = this.counts.length === names.length ? this.moved(groupOf, rows) : null;
    if (!moved || moved.length > MOST_MOVED * rows.length) {
      this.counts = countGroups(votes, groupOf, names.length).map((counts) => widened(counts, width));
    } else {
      for (const place of moved) {
        const [from, to] = [this.counts[this.groupOf[rows[place]!] ?? -1], this.counts[groupOf[place]!]];
        for (let e = votes.rows[place]!; e < votes.rows[place + 1]!; e++) {
          const cell = votes.cells[e]!;
          if (from) from[cell]!--;
          if (to) to[cell]!++;
        }
      }
    }
    this.groupOf = new Int32Array(rows.length);
    for (let place = 0; place < rows.length; place++) this.groupOf[rows[place]!] = groupOf[place]!;
    return this.counts.map((counts, g) => tallyOf(counts.slice(0, 3 * votes.statements), sizes[g]!));
  }

  private moved(groupOf: Int32Array, rows: Int32Array): number[] {
    const moved: number[] = [];
    for (let place = 0; place < rows.length; place++) if ((this.groupOf[rows[place]!] ?? -1) !== groupOf[place]!) moved.push(place);
    return moved;
  }
}

/** The same counts with room for more. */
export function widened(counts: Float64Array, width: number): Float64Array {
  const wider = new Float64Array(width);
  wider.set(counts);
  return wider;
}
