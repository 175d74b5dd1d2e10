// Reads Pabulib .pb files (pabulib.org/format) in one pass over the bytes, in pieces of any size.
import type { BallotKind, Election, Project } from '../election.ts';
import type { Rational } from '../rational.ts';
import { parseDecimal } from '../rational.ts';
import { ByteTable } from './byte-table.ts';
import { columnFindings } from './columns.ts';
import { Findings } from './findings.ts';
import { Row } from './row.ts';
import { Votes } from './votes.ts';

type Section = 'meta' | 'projects' | 'votes';
const sectionBefore = { meta: 'none', projects: 'meta', votes: 'projects' } as const;
const kinds: Readonly<Record<string, BallotKind>> = { approval: 'approval', 'choose-1': 'approval', ordinal: 'ordinal', cumulative: 'cumulative', scoring: 'scoring' };
const longestId = 200;

/** Reads a whole file. Throws a PabulibError with a line number for anything that is wrong. */
export function readPabulib(file: Uint8Array | string): Election {
  const reader = new PabulibReader();
  reader.push(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  return reader.end();
}

/** Reads a file in pieces: `push` each, then `end` gives the election. Both throw a PabulibError. */
export class PabulibReader {
  private readonly row: Row = new Row(() => this.take());
  private section: Section | 'none' = 'none';
  private header: string[] = [];
  private expectHeader = false;
  private looseQuotes = 0;
  private readonly findings = new Findings();
  private readonly meta: [string, string][] = [];
  private readonly metaLines = new Map<string, number>();
  private kind: BallotKind = 'approval';
  private budget: Rational = { num: 0n, den: 1n };
  private projectColumns: string[] = [];
  private readonly projects: Project[] = [];
  private readonly ids = new ByteTable();
  private idAt = 0;
  private costAt = 0;
  private votes: Votes | null = null;

  push(piece: Uint8Array): void {
    this.row.records.push(piece);
  }

  end(): Election {
    this.row.records.end();
    const missing = { none: 'META', meta: 'PROJECTS', projects: 'VOTES', votes: '' }[this.section];
    if (missing !== '') this.row.fail('section-missing', `the file ends without a section ${missing}`);
    if (this.votes === null) return this.row.fail('wrong-header', 'the file ends where column names are expected');
    const { meta, kind, budget, projectColumns, projects } = this;
    const read = { meta, kind, budget, projectColumns, projects, voterColumns: this.votes.columns(), voteHeader: this.votes.header, ballots: this.votes.ballots() };
    columnFindings({ ...read, findings: [] }, this.metaLines, this.findings);
    return { ...read, findings: this.findings.all() };
  }

  private take(): void {
    const { row } = this;
    for (; this.looseQuotes < row.records.looseQuotes; this.looseQuotes++) this.findings.note('text-after-a-closing-quote', row.line);
    const section = this.marker();
    if (section !== null) this.open(section);
    else if (this.section === 'none') row.fail('text-before-meta', 'a file begins with a line META');
    else if (this.expectHeader) this.takeHeader();
    else this.takeData();
  }

  private takeData(): void {
    this.checkCells();
    if (this.votes !== null) this.votes.take();
    else if (this.section === 'projects') this.project();
    else this.metaRow();
  }

  private marker(): Section | null {
    const { from, to, cells } = this.row.records;
    if (to[0]! - from[0]! > 8 || to[0]! - from[0]! < 4) return null;
    for (let i = 1; i < cells; i++) if (from[i] !== to[i]) return null;
    const name = this.row.text(0).toLowerCase();
    return name === 'meta' || name === 'projects' || name === 'votes' ? name : null;
  }

  private open(section: Section): void {
    if (this.section !== sectionBefore[section] || this.expectHeader) this.row.fail('section-order', 'the sections are META, PROJECTS and VOTES, in this order, each once');
    if (section === 'projects') this.closeMeta();
    this.section = section;
    this.expectHeader = true;
  }

  private takeHeader(): void {
    this.header = Array.from({ length: this.row.records.cells }, (_, i) => this.row.text(i));
    while (this.header.at(-1) === '') this.header.pop();
    const names = this.header.map((it) => it.toLowerCase());
    if (new Set(names).size !== names.length || names.includes('')) this.row.fail('wrong-header', 'a column has no name, or the name of another');
    this.expectHeader = false;
    if (this.section === 'meta' && (names[0] !== 'key' || names[1] !== 'value' || names.length > 2)) this.row.fail('wrong-header', 'META begins with the columns key;value');
    if (this.section === 'projects') {
      this.idAt = this.column(names, 'project_id');
      this.costAt = this.column(names, 'cost');
      this.projectColumns = this.header;
    }
    if (this.section !== 'votes') return;
    const setting = { kind: this.kind, ids: this.ids, maxLength: this.maxLength(), column: (all: readonly string[], name: string) => this.column(all, name) };
    this.votes = new Votes(this.row, this.header, setting, this.findings);
  }

  private column(names: readonly string[], name: string): number {
    const at = names.indexOf(name);
    return at < 0 ? this.row.fail('wrong-header', `the column ${name} is missing`) : at;
  }

  /** Spreadsheets put empty cells at the end of short rows; anything else that does not fit the header is an error. */
  private checkCells(): void {
    const { cells } = this.row.records;
    const wanted = this.header.length;
    if (cells === wanted) return;
    for (let i = wanted; i < cells; i++) if (!this.row.isEmpty(i)) this.row.fail('cell-count', `${cells} cells where there are ${wanted} columns`);
    if (cells < wanted) this.row.fail('cell-count', `${cells} cells where there are ${wanted} columns`);
    this.findings.note('empty-cells-at-line-end', this.row.line);
  }

  private metaRow(): void {
    const key = this.row.text(0);
    const name = key.toLowerCase();
    if (name === '') this.row.fail('key-missing', 'a line of META has no key');
    if (!this.metaLines.has(name)) this.metaLines.set(name, this.row.line);
    else if (name === 'budget' || name === 'vote_type') this.row.fail('key-twice', `the key ${key} occurs twice`);
    else this.findings.note('meta-key-twice', this.row.line);
    this.meta.push([key, this.row.text(1)]);
    if (name === 'budget') this.budget = this.row.amount(1, 'the budget');
    if (name === 'vote_type') this.kind = kinds[this.row.text(1).toLowerCase()] ?? this.row.fail('unknown-vote-type', `unknown vote_type "${this.row.text(1)}"`);
  }

  private closeMeta(): void {
    for (const key of ['budget', 'vote_type']) if (!this.metaLines.has(key)) this.row.fail('key-missing', `META has no ${key}`);
    const score = parseDecimal(this.metaValue('default_score'));
    if (this.kind === 'scoring' && score !== null && score.num !== 0n) this.findings.note('default-score-not-counted', this.metaLines.get('default_score')!);
  }

  private metaValue(name: string): string {
    return this.meta.find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
  }

  private maxLength(): number {
    const written = this.metaValue('max_length');
    return /^\d{1,9}$/.test(written) ? Number(written) : Infinity;
  }

  private project(): void {
    const { row } = this;
    if (row.isEmpty(this.idAt)) row.fail('id-missing', 'a project without an id');
    const id = row.text(this.idAt);
    if (id.length > longestId) row.fail('too-large', `a project id is longer than ${longestId} characters`);
    if (row.intern(this.ids, this.idAt) !== this.projects.length) row.fail('project-id-twice', `the project ${id} occurs twice`);
    const cells = this.header.map((_, i) => row.text(i));
    this.projects.push({ id, cost: row.amount(this.costAt, `the cost of ${id}`), cells });
  }
}
