// Polis exports: what participants-votes.csv, comments.csv and votes.csv hold, and what is wrong when they do not.
import { readCells, readTable } from './cells.ts';
import { compareIds as byId, idOf, Unmappable, type Conversation, type Id } from '../conversation.ts';
import { CellList, MOST_STATEMENTS, packBallots, type Votes } from '../votes.ts';

/** Statements as comments.csv names them. */
export type StatementNotes = { hidden: Set<Id>; meta: Set<Id>; texts: Map<Id, string>; missing: string[] };

/** Votes as files name them: rows and columns in the order of the file. */
export type Ballots = { votes: Votes; participants: Id[]; statements: Id[]; published: (Id | null)[] | null };

const MATRIX = 'participants-votes.csv';
const DECODER = new TextDecoder();

/**
 * Reads participants-votes.csv: one row a participant, one column for each statement (its name is a
 * whole number; other columns are looked over), cells 1, 0, −1 or empty. A participant who stands in
 * two rows has cast the later one.
 *
 * @throws Unmappable with file, row and column when something is not a vote
 */
export function readParticipantsVotes(chunks: Iterable<Uint8Array>): Ballots {
  const reader = new MatrixReader();
  readCells(chunks, reader);
  return reader.result();
}

class MatrixReader {
  private header: string[] | null = null;
  private readonly names: string[] = [];
  private statementAt = new Int32Array(0);
  private participantAt = -1;
  private groupAt = -1;
  private statements: Id[] = [];
  private readonly rowOf = new Map<Id, number>();
  private readonly participants: Id[] = [];
  private readonly groups: (Id | null)[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly list = new CellList();
  private participant = '';
  private group = '';
  private rowStart = 0;
  private line = 1;

  cell(bytes: Uint8Array, start: number, end: number, column: number): void {
    const statement = this.header ? (this.statementAt[column] ?? -2) : -1;
    if (statement >= 0) {
      if (start < end) this.vote(bytes, start, end, statement);
    } else this.word(bytes, start, end, column);
  }

  end(columns: number): void {
    if (!this.header) this.open(this.names);
    else if (columns !== this.header.length) this.refuse(`the row has ${columns} cells, the header has ${this.header.length}`);
    else this.closeRow();
    this.line++;
    this.rowStart = this.list.length;
    this.participant = this.group = '';
  }

  result(): Ballots {
    if (!this.header) throw new Unmappable('the file is empty: it needs a header line at least', MATRIX);
    return {
      votes: this.pack(),
      participants: this.participants,
      statements: this.statements,
      published: this.groupAt >= 0 ? this.groups : null,
    };
  }

  private word(bytes: Uint8Array, start: number, end: number, column: number): void {
    if (!this.header) this.names.push(text(bytes, start, end));
    else if (column === this.participantAt) this.participant = text(bytes, start, end);
    else if (column === this.groupAt) this.group = text(bytes, start, end);
  }

  private open(names: string[]): void {
    this.header = names;
    const known = names.map((name) => name.toLowerCase());
    this.participantAt = known.indexOf('participant');
    this.groupAt = known.indexOf('group-id');
    if (this.participantAt < 0) this.refuse('there is no column "participant"');
    this.statementAt = Int32Array.from(names, (name) => (typeof idOf(name) === 'number' ? this.statements.push(idOf(name)) - 1 : -1));
    if (this.statements.length > MOST_STATEMENTS) this.refuse(`there are ${this.statements.length} statements; ${MOST_STATEMENTS} are the most that can be mapped`);
    if (new Set(this.statements).size < this.statements.length) this.refuse('a statement stands twice in the header');
  }

  private vote(bytes: Uint8Array, start: number, end: number, statement: number): void {
    const byte = bytes[start]!;
    const length = end - start;
    if (length === 1 && (byte === 49 || byte === 48)) this.list.push(3 * statement + byte - 47);
    else if (length === 2 && byte === 45 && bytes[start + 1] === 49) this.list.push(3 * statement);
    else {
      const vote = voteOf(text(bytes, start, end));
      if (vote === undefined) this.refuse(`in the column of statement ${this.statements[statement]} stands "${text(bytes, start, Math.min(end, start + 40))}", which is not a vote: 1, 0, -1 or empty`);
      if (vote !== null) this.list.push(3 * statement + vote! + 1);
    }
  }

  private closeRow(): void {
    if (this.participant === '') this.refuse('the row names no participant');
    const id = idOf(this.participant);
    const row = this.rowOf.get(id) ?? this.participants.push(id) - 1;
    this.rowOf.set(id, row);
    this.groups[row] = this.group === '' || /^nan$/i.test(this.group) ? null : idOf(this.group);
    this.starts[row] = this.rowStart;
    this.ends[row] = this.list.length;
  }

  // Columns need not be in ascending order, and a participant's first row may have been replaced by a later one.
  private pack(): Votes {
    const rows = new Int32Array(this.participants.length + 1);
    this.starts.forEach((start, i) => (rows[i + 1] = rows[i]! + this.ends[i]! - start));
    const cells = new Uint16Array(rows.at(-1)!);
    this.starts.forEach((start, i) => cells.set(this.list.cells.subarray(start, this.ends[i]!), rows[i]!));
    return { participants: this.participants.length, statements: this.statements.length, rows, cells };
  }

  private refuse(what: string): never {
    throw new Unmappable(what, MATRIX, this.line);
  }
}

function text(bytes: Uint8Array, start: number, end: number): string {
  return DECODER.decode(bytes.subarray(start, end)).trim();
}

/** A vote in any of the spellings that exports and spreadsheet libraries write; null for none, undefined for what is no vote. */
function voteOf(word: string): -1 | 0 | 1 | null | undefined {
  if (word === '' || /^(nan|na|null)$/i.test(word)) return null;
  if (!/^[+-]?[01](\.0*)?$/.test(word)) return undefined;
  return Math.sign(Number(word)) as -1 | 0 | 1;
}

/** Reads comments.csv: which statements moderation took out (`moderated` −1) and which are no opinions (`is-meta`). */
export function readComments(chunks: Iterable<Uint8Array>): StatementNotes {
  const { header, rows } = readTable(chunks);
  const [id, moderated, meta, body] = ['comment-id', 'moderated', 'is-meta', 'comment-body'].map((name) => header.indexOf(name)) as [number, number, number, number];
  if (id < 0) throw new Unmappable('there is no column "comment-id"', 'comments.csv', 1);
  const notes: StatementNotes = { hidden: new Set(), meta: new Set(), texts: new Map(), missing: moderated < 0 ? ['moderated'] : [] };
  for (const row of rows) {
    const statement = idOf(row[id] ?? '');
    if (body >= 0) notes.texts.set(statement, row[body] ?? '');
    if (/^true$|^1$/i.test(row[meta]?.trim() ?? '')) notes.meta.add(statement);
    if (Number(row[moderated] ?? 0) === -1 || notes.meta.has(statement)) notes.hidden.add(statement);
  }
  return notes;
}

/** One line of votes.csv. `at` in milliseconds since 1970. */
export type TimedVote = { at: number; statement: Id; participant: Id; vote: -1 | 0 | 1 };

/** Reads votes.csv: every vote with its time, changed ones too. */
export function readTimedVotes(chunks: Iterable<Uint8Array>): TimedVote[] {
  const { header, rows } = readTable(chunks);
  const places = ['timestamp', 'comment-id', 'voter-id', 'vote'].map((name) => header.indexOf(name)) as [number, number, number, number];
  const absent = ['timestamp', 'comment-id', 'voter-id', 'vote'].find((_, i) => places[i]! < 0);
  if (absent) throw new Unmappable(`there is no column "${absent}"`, 'votes.csv', 1);
  return rows.map((row, i) => {
    const [at, statement, participant, word] = places.map((place) => row[place] ?? '') as [string, string, string, string];
    const vote = voteOf(word.trim());
    if (vote === undefined || vote === null) throw new Unmappable(`"${word.slice(0, 40)}" is not a vote: 1, 0 or -1`, 'votes.csv', i + 2);
    return { at: Number(at), statement: idOf(statement), participant: idOf(participant), vote };
  });
}

/** The matrix that votes with times add up to: of several by one person on one statement the latest counts, of simultaneous ones the last. */
export function ballotsOf(timed: readonly TimedVote[]): Ballots {
  const statements = [...new Set(timed.map((it) => it.statement))].sort(byId);
  const column = new Map(statements.map((id, j) => [id, j]));
  const sorted = timed.toSorted((a, b) => byId(a.statement, b.statement) || byId(a.participant, b.participant) || a.at - b.at);
  const participants = [...new Set(sorted.map((it) => it.participant))];
  const row = new Map(participants.map((id, i) => [id, i]));
  const ballots = participants.map(() => new Map<number, number>());
  for (const it of sorted) ballots[row.get(it.participant)!]!.set(column.get(it.statement)!, it.vote);
  return { votes: packBallots(statements.length, ballots), participants, statements, published: null };
}

/** Puts ballots and what comments.csv says about the statements together. */
export function conversationOf(ballots: Ballots, notes?: StatementNotes): Conversation {
  const { votes, participants, statements, published } = ballots;
  const marked = (set: ReadonlySet<Id> | undefined) => Uint8Array.from(statements, (id) => (set?.has(id) ? 1 : 0));
  const it = { votes, participants, statements, hidden: marked(notes?.hidden), meta: marked(notes?.meta) };
  return published ? { ...it, published } : it;
}
