// Ballots as rows sorted by project, each different row kept once.
import type { Ballots } from './election.ts';

type WeightOf = ((mark: number, position: number, length: number) => number) | null;

export class RowTable {
  groups = 0;
  private readonly start: Uint32Array;
  private readonly project: Uint32Array;
  private readonly weight: Float64Array | null;
  private readonly slots: Int32Array;
  private readonly hashes: Int32Array;

  constructor(ballots: Ballots, weighted: boolean) {
    this.start = new Uint32Array(ballots.count + 1);
    this.project = new Uint32Array(ballots.project.length);
    this.weight = weighted ? new Float64Array(ballots.project.length) : null;
    this.hashes = new Int32Array(ballots.count);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * ballots.count + 2))).fill(-1);
  }

  /** The number of the ballot's row. Marks of weight 0 are left out. */
  take(ballots: Ballots, voter: number, weightOf: WeightOf): number {
    const begin = this.start[this.groups]!;
    const end = weightOf === null ? this.copy(ballots, voter, begin) : this.copyWeighted(ballots, voter, weightOf, begin);
    const hash = this.hash(begin, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (; this.slots[slot]! >= 0; slot = (slot + 1) & mask) {
      const known = this.slots[slot]!;
      if (this.hashes[known] === hash && this.same(known, begin, end)) return known;
    }
    this.hashes[this.groups] = hash;
    this.start[this.groups + 1] = end;
    return (this.slots[slot] = this.groups++);
  }

  rows(): { rowStart: Uint32Array; rowProject: Uint32Array; rowWeight: Float64Array | null } {
    const marks = this.start[this.groups]!;
    return { rowStart: this.start.subarray(0, this.groups + 1), rowProject: this.project.subarray(0, marks), rowWeight: this.weight?.subarray(0, marks) ?? null };
  }

  /** Copies the projects in order, each put in its place among those before it. */
  private copy(ballots: Ballots, voter: number, begin: number): number {
    const { project } = this;
    const [first, last] = [ballots.start[voter]!, ballots.start[voter + 1]!];
    const end = begin + last - first;
    if (last - first > 64) {
      project.set(ballots.project.subarray(first, last), begin);
      project.subarray(begin, end).sort();
      return end;
    }
    for (let i = begin, mark = first; mark < last; i++, mark++) {
      const mine = ballots.project[mark]!;
      let at = i - 1;
      for (; at >= begin && project[at]! > mine; at--) project[at + 1] = project[at]!;
      project[at + 1] = mine;
    }
    return end;
  }

  private copyWeighted(ballots: Ballots, voter: number, weightOf: NonNullable<WeightOf>, begin: number): number {
    const { project } = this;
    const weights = this.weight!;
    const first = ballots.start[voter]!;
    const length = ballots.start[voter + 1]! - first;
    let end = begin;
    for (let position = 0; position < length; position++) {
      const weight = weightOf(first + position, position, length);
      if (weight === 0) continue;
      const mine = ballots.project[first + position]!;
      let at = end++ - 1;
      for (; at >= begin && project[at]! > mine; at--) {
        project[at + 1] = project[at]!;
        weights[at + 1] = weights[at]!;
      }
      project[at + 1] = mine;
      weights[at + 1] = weight;
    }
    return end;
  }

  private hash(begin: number, end: number): number {
    const { project, weight } = this;
    let hash = 0x811c9dc5;
    for (let i = begin; i < end; i++) hash = Math.imul(hash ^ project[i]!, 0x01000193) ^ (hash >>> 17);
    if (weight !== null) for (let i = begin; i < end; i++) hash = Math.imul(hash ^ weight[i]!, 0x85ebca6b) ^ (hash >>> 15);
    return hash ^ (hash >>> 13);
  }

  private same(known: number, begin: number, end: number): boolean {
    const { project, weight } = this;
    const first = this.start[known]!;
    const length = this.start[known + 1]! - first;
    if (length !== end - begin) return false;
    for (let i = 0; i < length; i++) if (project[first + i] !== project[begin + i]) return false;
    if (weight !== null) for (let i = 0; i < length; i++) if (weight[first + i] !== weight[begin + i]) return false;
    return true;
  }
}
