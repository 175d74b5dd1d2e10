// One order for the same votes, in whatever order they came: sums of rounded numbers depend on it.
import { compareIds, type Conversation } from './conversation.ts';
import { reorderRows, type Votes } from './votes.ts';

/**
 * Rows by what they say. Names of people play no part, so a conversation whose people are numbered differently is computed alike;
 * people with the same ballot go by name.
 *
 * @param wholes one number for each ballot that depends on its votes alone, see `Sketches`
 */
export function canonicalOrder({ votes, participants, statements }: Conversation, wholes: Uint32Array): Int32Array {
  const order = byNumber(wholes, votes.participants);
  const places = placesByName(statements);
  for (let from = 0, to = 0; from < order.length; from = to) {
    for (to = from + 1; to < order.length && wholes[order[to]!] === wholes[order[from]!]; to++);
    if (to - from > 1) order.subarray(from, to).sort((a, b) => compareRows(votes, places, a, b) || compareIds(participants[a]!, participants[b]!));
  }
  return order;
}

/** Rows in the order of their numbers: number and row share a double, which sorts without comparing by a function. */
function byNumber(numbers: Uint32Array, rows: number): Int32Array {
  const wide = 2 ** 21;
  const keys = new Float64Array(rows);
  for (let i = 0; i < rows; i++) keys[i] = numbers[i]! * wide + (i % wide);
  if (rows > wide) return Int32Array.from(keys.keys()).sort((a, b) => numbers[a]! - numbers[b]! || a - b);
  keys.sort();
  return Int32Array.from(keys, (key) => key % wide);
}

function compareRows({ rows, cells }: Votes, places: Int32Array | null, a: number, b: number): number {
  const length = rows[a + 1]! - rows[a]!;
  if (length !== rows[b + 1]! - rows[b]!) return length - (rows[b + 1]! - rows[b]!);
  const row = (i: number) => (places ? placed(cells.subarray(rows[i]!, rows[i + 1]!), places) : cells.subarray(rows[i]!, rows[i + 1]!));
  const [one, other] = [row(a), row(b)];
  for (let e = 0; e < length; e++) if (one[e] !== other[e]) return one[e]! - other[e]!;
  return 0;
}

/** Where each statement stands when they are sorted by name; null where they are. */
export function placesByName(statements: Conversation['statements']): Int32Array | null {
  if (statements.every((id, j) => j === 0 || compareIds(statements[j - 1]!, id) < 0)) return null;
  const places = new Int32Array(statements.length);
  statements.map((_, j) => j).sort((a, b) => compareIds(statements[a]!, statements[b]!)).forEach((from, to) => (places[from] = to));
  return places;
}

/** A row's cells when statements have moved to `places`. */
export const placed = (cells: Uint16Array, places: Int32Array): Uint16Array => cells.map((cell) => 3 * places[(cell / 3) | 0]! + (cell % 3)).sort();

/** The same conversation with statements by name and rows in another order: row i of the result is row `order[i]`. */
export function rearranged(it: Conversation, order: Int32Array): Conversation {
  const sorted = withStatementsByName(it);
  if (order.every((row, i) => row === i)) return sorted;
  const { published, joined } = it;
  return {
    ...sorted,
    votes: reorderRows(sorted.votes, order),
    participants: Array.from(order, (i) => it.participants[i]!),
    ...(published ? { published: Array.from(order, (i) => published[i]!) } : {}),
    ...(joined ? { joined: Float64Array.from(order, (i) => joined[i]!) } : {}),
  };
}

function withStatementsByName(it: Conversation): Conversation {
  const { votes, statements, hidden, meta } = it;
  const places = placesByName(statements);
  if (!places) return it;
  const cells = new Uint16Array(votes.cells.length);
  for (let i = 0; i < votes.participants; i++) cells.set(placed(votes.cells.subarray(votes.rows[i]!, votes.rows[i + 1]!), places), votes.rows[i]!);
  const moved = (flags: Uint8Array) => {
    const there = new Uint8Array(flags.length);
    flags.forEach((flag, j) => (there[places[j]!] = flag));
    return there;
  };
  return { ...it, votes: { ...votes, cells }, statements: statements.toSorted(compareIds), hidden: moved(hidden), meta: moved(meta) };
}

/**
 * The order in which Polis holds votes after a cold start: it reads them by statement and participant, and its rows stand in the
 * order of their first vote in that. Exports already have it.
 */
export function polisOrder(it: Conversation): Int32Array {
  const places = placesByName(it.statements);
  const { rows, cells } = it.votes;
  const firsts = new Int32Array(it.participants.length).fill(it.votes.statements);
  for (let i = 0; i < firsts.length; i++) {
    for (let e = rows[i]!; e < rows[i + 1]!; e++) {
      const column = (cells[e]! / 3) | 0;
      firsts[i] = Math.min(firsts[i]!, places ? places[column]! : column);
      if (!places) break;
    }
  }
  return Int32Array.from(firsts.keys()).sort((a, b) => firsts[a]! - firsts[b]! || compareIds(it.participants[a]!, it.participants[b]!));
}
