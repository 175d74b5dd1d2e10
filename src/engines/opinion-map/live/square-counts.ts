// Votes by square of the map, kept from map to map: only people who moved to another square or voted are counted again.
import { SQUARES } from '../bridging/viewpoints.ts';
import type { Votes } from '../votes.ts';
import type { Moves } from './arrangement.ts';

/** Where each row stood, and with which votes. */
type Stood = { squareOf: Int16Array; votes: Votes };

/** People who count as less than one are never kept, so that sums stay whole numbers and lose nothing when somebody leaves. */
export class SquareCounts {
  private readonly kept: (Float64Array | null)[] = Array.from({ length: SQUARES }, () => null);
  private readonly people = new Int32Array(SQUARES);
  private stood: Stood | null = null;

  /**
   * What `countSquares` gives for these votes.
   *
   * @param moves since the last time; null where nothing of it is left
   */
  count(votes: Votes, squareOf: Int16Array, weights: Float64Array, moves: Moves | null): (Float64Array | null)[] {
    const stood = moves && this.stood;
    const whole = squareOf.map((square, i) => (weights[i] === 1 ? square : -1));
    if (!stood) {
      this.kept.fill(null);
      this.people.fill(0);
      whole.forEach((square, i) => this.add(votes, i, square, 1));
    } else {
      for (const place of moves.left) this.add(stood.votes, place, stood.squareOf[place]!, -1);
      this.move(votes, whole, stood, moves.came);
    }
    this.stood = { squareOf: whole, votes };
    return this.withFractions(votes, squareOf, weights);
  }

  private move(votes: Votes, squareOf: Int16Array, stood: Stood, came: Int32Array): void {
    for (let i = 0; i < came.length; i++) {
      const before = came[i]!;
      if (before >= 0 && stood.squareOf[before] === squareOf[i]) continue;
      if (before >= 0) this.add(stood.votes, before, stood.squareOf[before]!, -1);
      this.add(votes, i, squareOf[i]!, 1);
    }
  }

  private add({ rows, cells, statements }: Votes, i: number, square: number, by: 1 | -1): void {
    if (square < 0) return;
    const counts = (this.kept[square] ??= new Float64Array(3 * statements));
    this.people[square]! += by;
    for (let e = rows[i]!; e < rows[i + 1]!; e++) counts[cells[e]!]! += by;
  }

  private withFractions({ rows, cells, statements }: Votes, squareOf: Int16Array, weights: Float64Array): (Float64Array | null)[] {
    const counts = this.kept.map((kept, square) => (this.people[square]! > 0 ? kept : null));
    const copied = new Set<number>();
    for (let i = 0; i < squareOf.length; i++) {
      const square = squareOf[i]!;
      if (square < 0 || weights[i] === 1) continue;
      if (!copied.has(square)) counts[square] = counts[square]?.slice() ?? new Float64Array(3 * statements);
      copied.add(square);
      for (let e = rows[i]!; e < rows[i + 1]!; e++) counts[square]![cells[e]!]! += weights[i]!;
    }
    return counts;
  }
}
