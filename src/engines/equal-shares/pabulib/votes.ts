// The VOTES section: marks, points and every other column, gathered into flat arrays.
import { hasPoints } from '../build.ts';
import type { BallotKind, Election, VoterColumn } from '../election.ts';
import type { Rational } from '../rational.ts';
import { ByteTable, Numbers } from './byte-table.ts';
import type { Findings } from './findings.ts';
import type { Row } from './row.ts';

const comma = 44;

/** What the sections before have settled. */
export type Setting = { readonly kind: BallotKind; readonly ids: ByteTable; readonly maxLength: number; readonly column: (names: readonly string[], name: string) => number };

export class Votes {
  readonly header: readonly string[];
  private readonly row: Row;
  private readonly ids: ByteTable;
  private readonly maxLength: number;
  private readonly findings: Findings;
  private readonly voterAt: number;
  private readonly voteAt: number;
  private readonly pointsAt: number;
  private readonly voters = new ByteTable();
  private readonly starts = new Numbers();
  private readonly marks = new Numbers();
  private readonly points = new Numbers();
  private readonly pointTexts = new ByteTable();
  private readonly pointValues: Rational[] = [];
  private readonly extras: readonly { at: number; name: string; table: ByteTable; codes: Numbers }[];
  /** The last ballot that named each project, counted from 1, and where its mark stands. */
  private readonly seenIn: Uint32Array;
  private readonly seenAt: Uint32Array;

  constructor(row: Row, header: readonly string[], { kind, ids, maxLength, column }: Setting, findings: Findings) {
    const names = header.map((it) => it.toLowerCase());
    this.row = row;
    this.header = header;
    this.ids = ids;
    this.maxLength = maxLength;
    this.findings = findings;
    this.voterAt = column(names, 'voter_id');
    this.voteAt = column(names, 'vote');
    this.pointsAt = hasPoints(kind) ? column(names, 'points') : -1;
    this.extras = header.flatMap((name, at) => (at === this.voterAt || at === this.voteAt || at === this.pointsAt ? [] : [{ at, name, table: new ByteTable(), codes: new Numbers() }]));
    this.seenIn = new Uint32Array(ids.size);
    this.seenAt = new Uint32Array(ids.size);
  }

  /** All ballots read; to be called once, at the end. */
  ballots(): Election['ballots'] {
    const count = this.starts.length;
    this.starts.push(this.marks.length);
    return { count, start: this.starts.all(), project: this.marks.all(), points: this.pointsAt < 0 ? null : this.points.all(), pointValues: this.pointValues };
  }

  columns(): VoterColumn[] {
    const id: VoterColumn = { name: this.header[this.voterAt]!, cell: (voter) => this.voters.at(voter) };
    return [id, ...this.extras.map(({ name, table, codes }) => ({ name, cell: (voter: number) => table.at(codes.get(voter)) }))];
  }

  /** Takes the present row as a ballot. */
  take(): void {
    const { row } = this;
    const voter = this.starts.length;
    if (row.isEmpty(this.voterAt)) row.fail('id-missing', 'a ballot without a voter_id');
    if (row.intern(this.voters, this.voterAt) !== voter) row.fail('voter-id-twice', `the voter ${row.text(this.voterAt)} occurs twice`);
    const first = this.marks.length;
    this.starts.push(first);
    if (this.pointsAt >= 0) this.pointMarks(voter);
    else if (!this.isNone(this.voteAt)) this.plainMarks(voter);
    if (this.marks.length - first > this.maxLength) this.findings.note('ballot-longer-than-max-length', row.line);
    for (const { at, table, codes } of this.extras) codes.push(row.intern(table, at));
  }

  private plainMarks(voter: number): void {
    const { bytes, from, to } = this.row.records;
    const end = to[this.voteAt]!;
    for (let at = from[this.voteAt]!, stop = at; at < end; at = stop + 1) {
      stop = piece(bytes, at, end);
      const project = this.find(bytes, at, stop);
      if (project >= 0) this.mark(project, voter);
    }
  }

  /** Projects and points side by side: as many of the one as of the other. */
  private pointMarks(voter: number): void {
    if (this.isNone(this.voteAt) && this.isNone(this.pointsAt)) return;
    const { bytes, from, to } = this.row.records;
    let [at, pointAt] = [from[this.voteAt]!, from[this.pointsAt]!];
    const [end, pointEnd] = [to[this.voteAt]!, to[this.pointsAt]!];
    while (at < end || pointAt < pointEnd) {
      const stop = piece(bytes, at, end);
      const pointStop = piece(bytes, pointAt, pointEnd);
      const project = at < end ? this.find(bytes, at, stop) : -1;
      const points = pointAt < pointEnd ? this.pointCode(bytes, pointAt, pointStop) : -1;
      if (project < 0 !== points < 0) this.row.fail('points-do-not-match', 'a ballot has not as many points as projects');
      if (project >= 0) this.givePoints(this.mark(project, voter), points);
      at = stop + 1;
      pointAt = pointStop + 1;
    }
  }

  private givePoints(place: number, points: number): void {
    if (place === this.points.length) this.points.push(points);
    else this.points.set(place, points);
  }

  /** Where the mark stands; a project named again keeps its first place. */
  private mark(project: number, voter: number): number {
    if (this.seenIn[project] === voter + 1) {
      this.findings.note('project-twice-in-a-ballot', this.row.line);
      return this.seenAt[project]!;
    }
    this.seenIn[project] = voter + 1;
    this.seenAt[project] = this.marks.length;
    this.marks.push(project);
    return this.marks.length - 1;
  }

  /** The project named by bytes[from, to); -1 when nothing is there. */
  private find(bytes: Uint8Array, from: number, to: number): number {
    while (from < to && bytes[from]! <= 32) from++;
    while (to > from && bytes[to - 1]! <= 32) to--;
    if (from === to) return -1;
    const project = this.ids.find(bytes, from, to);
    if (project < 0) this.row.fail('unknown-project', `a ballot names the project ${this.row.piece(from, to)}, which is not in the list`);
    return project;
  }

  private pointCode(bytes: Uint8Array, from: number, to: number): number {
    while (from < to && bytes[from]! <= 32) from++;
    while (to > from && bytes[to - 1]! <= 32) to--;
    if (from === to) return -1;
    const known = this.pointTexts.find(bytes, from, to);
    if (known >= 0) return known;
    this.pointValues.push(this.row.number(this.row.piece(from, to), 'points'));
    return this.pointTexts.intern(bytes, from, to);
  }

  /** pabutools writes None for a cell without a value. */
  private isNone(cell: number): boolean {
    const { bytes, from, to } = this.row.records;
    const begin = from[cell]!;
    if (begin === to[cell]) return true;
    return to[cell]! - begin === 4 && (bytes[begin]! | 32) === 110 && this.ids.find(bytes, begin, begin + 4) < 0 && this.row.text(cell).toLowerCase() === 'none';
  }
}

/** Where the piece that begins at `at` ends: at the next comma or at `end`. */
function piece(bytes: Uint8Array, at: number, end: number): number {
  let stop = at;
  while (stop < end && bytes[stop] !== comma) stop++;
  return stop;
}
