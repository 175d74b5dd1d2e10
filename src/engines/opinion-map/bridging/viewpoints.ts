// The map cut into small squares of like-minded people, so that each viewpoint counts once, however many stand there.
import { findAxes, type Axes } from '../axes/axes.ts';
import type { Conversation } from '../conversation.ts';
import type { Echoes } from './echoes.ts';
import { placeParticipants, type Points } from '../axes/positions.ts';

/** `squareOf[i]` is the square of a row, from 0 to SQUARES − 1; −1 for those who stand in none. */
export type Viewpoints = { squareOf: Int16Array };

/** Half a standard deviation wide, six to each side of the middle; who stands farther out stands in the last one. */
const WIDTH = 0.5;
const REACH = 6;
const ACROSS = 2 * REACH + 1;
export const SQUARES = ACROSS ** 2;
/** Below this share of quieted ballots the axes of the map serve; above it they are found again with echoes quieted. */
const ECHOES_THAT_TURN = 0.005;

/** Who stands where. */
export type Placed = { active: Int32Array; axes: Axes; points: Points; voted: Uint8Array };

/** Squares of the active rows. Where many echo each other the axes are found again with the echoes quieted. */
export function findViewpoints(it: Conversation, echoes: Echoes, { active, axes, points, voted }: Placed): Viewpoints {
  const turned = echoes.quieted > ECHOES_THAT_TURN * it.votes.participants;
  const places = turned ? placeParticipants(it.votes, it.hidden, findAxes(it.votes, it.hidden, { near: axes.axes, weights: echoes.weights }), voted) : points;
  const voices = withoutFollowers(active, echoes);
  const [column, row] = [0, 1].map((side) => scaleOf(places, side, voices)) as [Scale, Scale];
  const squareOf = new Int16Array(it.votes.participants).fill(-1);
  for (const i of active) squareOf[i] = column(places[2 * i]!) * ACROSS + row(places[2 * i + 1]!);
  return { squareOf };
}

function withoutFollowers(active: Int32Array, { crews }: Echoes): Int32Array {
  const followers = new Set(crews.flatMap((crew) => crew.members.filter((i) => i !== crew.leader)));
  return followers.size > 0 ? active.filter((i) => !followers.has(i)) : active;
}

type Scale = (at: number) => number;

/** Squares counted from the median; their width from the span of the middle four fifths, which a few who stand far out do not move. */
function scaleOf(points: Points, side: number, rows: Int32Array): Scale {
  const values = new Float64Array(rows.length);
  for (let a = 0; a < rows.length; a++) values[a] = points[2 * rows[a]! + side]!;
  const at = (share: number) => (values.length > 0 ? smallest(values, Math.min(values.length - 1, Math.floor(share * values.length))) : 0);
  const middle = at(0.5);
  const width = (WIDTH * (at(0.9) - at(0.1))) / 2.56;
  if (!(width > 0)) return () => REACH;
  return (place) => REACH + Math.max(-REACH, Math.min(REACH, Math.round((place - middle) / width)));
}

/** What would stand at a place if the values were sorted; they change places (Hoare's selection). */
function smallest(values: Float64Array, place: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const kept = values[i]!;
      values[i++] = values[j]!;
      values[j--] = kept;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else break;
  }
  return values[place]!;
}
