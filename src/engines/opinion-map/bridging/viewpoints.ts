// The map cut into small squares of like-minded people, so that each viewpoint counts once, however many stand there.
import { findAxes, type Axes } from '../axes/axes.ts';
import type { Conversation } from '../conversation.ts';
import type { Echoes } from './echoes.ts';
import { placeParticipants, type Points } from '../axes/positions.ts';

/** `squareOf[i]` is the square of a row, −1 for those who stand in none; squares are numbered from 0. */
export type Viewpoints = { squareOf: Int32Array; squares: number };

/** Half a standard deviation wide, six to each side of the middle; who stands farther out stands in the last one. */
const WIDTH = 0.5;
const REACH = 6;
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
  const names = new Map<number, number>();
  const squareOf = new Int32Array(it.votes.participants).fill(-1);
  for (const i of active) {
    const key = column(places[2 * i]!) * 64 + row(places[2 * i + 1]!);
    let name = names.get(key);
    if (name === undefined) names.set(key, (name = names.size));
    squareOf[i] = name;
  }
  return { squareOf, squares: names.size };
}

function withoutFollowers(active: Int32Array, { crews }: Echoes): Int32Array {
  const followers = new Set(crews.flatMap((crew) => crew.members.filter((i) => i !== crew.leader)));
  return followers.size > 0 ? active.filter((i) => !followers.has(i)) : active;
}

type Scale = (at: number) => number;

/** Squares counted from the median; their width from the span of the middle four fifths, which a few who stand far out do not move. */
function scaleOf(points: Points, side: number, rows: Int32Array): Scale {
  const sorted = Float64Array.from(rows, (i) => points[2 * i + side]!).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const middle = at(0.5);
  const width = (WIDTH * (at(0.9) - at(0.1))) / 2.56;
  if (!(width > 0)) return () => REACH;
  return (place) => REACH + Math.max(-REACH, Math.min(REACH, Math.round((place - middle) / width)));
}
