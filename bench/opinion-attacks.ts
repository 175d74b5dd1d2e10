// How well the ranking of common ground holds against those who want to bend it, and how steady the groups are.
// `node bench/opinion-attacks.ts [FOLDER…]`: FOLDERs are more Polis exports. Beside them stand conversations with planted groups
// that no constant was ever chosen by. Of the ten best statements, how many are still among the ten best.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { conversationOf, mapOpinions, readComments, readParticipantsVotes, type Conversation, type OpinionMap, type Vote } from '../src/engines/opinion-map/index.ts';
import { castsOf, chance, conversationFrom, planted } from '../src/engines/opinion-map/testing.ts';
import type { Cast } from '../src/engines/opinion-map/index.ts';

type Ballot = Map<number, Vote>;
type Attack = (map: OpinionMap, random: () => number) => Ballot[];

const sides = [-1, 0, 1] as const;
const drawn = (random: () => number): Vote => sides[Math.floor(random() * 3)]!;
const crowd = (map: OpinionMap, ballot: () => Ballot): Ballot[] => Array.from({ length: Math.round(map.conversation.participants.length / 10) }, ballot);
const ranked = (map: OpinionMap): number[] => map.bridging.bridges.map(({ statement }) => statement);

/** A tenth as many accounts: against what stands at the top, for what stands at the bottom, one plan for all that lies between. */
const oneBallot = (keep: number, noise: number): Attack => (map, random) => {
  const all = ranked(map);
  const plan = all.map((j, rank): [number, Vote] => [j, rank < 10 ? -1 : rank >= all.length - 10 ? 1 : random() < 0.5 ? 1 : -1]);
  return crowd(map, () => new Map(plan.filter(() => random() < keep).map(([j, vote]) => [j, random() < noise ? drawn(random) : vote])));
};

/** Against everything but ten statements of their own; each account holds half of it. */
const againstAll: Attack = (map, random) => {
  const all = ranked(map);
  return crowd(map, () => new Map(all.map((j, rank): [number, Vote] => [j, rank >= all.length - 10 ? 1 : -1]).filter(() => random() < 0.5)));
};

/** Against the ten best, and for the rest as many votes as an ordinary person has, at random. */
const likePeople: Attack = (map, random) => {
  const all = ranked(map);
  const { rows, participants } = map.conversation.votes;
  return crowd(map, () => {
    const someone = Math.floor(random() * participants);
    const share = (rows[someone + 1]! - rows[someone]!) / all.length;
    return new Map(all.map((j, rank): [number, Vote] => [j, rank < 10 ? -1 : drawn(random)]).filter((_, rank) => rank < 10 || random() < share));
  });
};

/** Four more of everybody in the largest group. */
const growth = (keep: number): Attack => (map, random) => {
  const ballots = new Map<number, Cast[]>();
  for (const cast of castsOf(map.conversation)) if (map.grouping.groupOf[cast.participant] === 0) ballots.set(cast.participant, [...(ballots.get(cast.participant) ?? []), cast]);
  return [...ballots.values()].flatMap((casts) => [1, 2, 3, 4].map((): Ballot => new Map(casts.filter(() => random() < keep).map(({ statement, vote }) => [statement, vote]))));
};

const attacks: Record<string, Attack> = {
  'one ballot': oneBallot(1, 0),
  'nearly one': oneBallot(0.8, 0.05),
  'against all': againstAll,
  'like people': likePeople,
  copies: growth(1),
  'near copies': growth(0.8),
};

function joinedBy(it: Conversation, ballots: readonly Ballot[]): Conversation {
  const count = it.participants.length;
  const more = ballots.flatMap((ballot, i) => Array.from(ballot, ([statement, vote]): Cast => ({ participant: count + i, statement, vote })));
  return { ...conversationFrom(count + ballots.length, it.statements.length, [...castsOf(it), ...more]), statements: it.statements, hidden: it.hidden, meta: it.meta };
}

function kept(it: Conversation, attack: Attack): number {
  const top = ({ conversation, bridging }: OpinionMap) => bridging.bridges.slice(0, 10).map(({ statement }) => conversation.statements[statement]!);
  const before = mapOpinions(it);
  const after = new Set(top(mapOpinions(joinedBy(before.conversation, attack(before, chance(5))))));
  return top(before).filter((id) => after.has(id)).length;
}

function madeOnes(): [string, Conversation][] {
  return [21, 22, 23, 24, 25, 26, 27, 28].map((seed) => {
    const random = chance(seed);
    const statements = 60 + Math.floor(random() * 120);
    const common = Array.from({ length: statements }, () => 0.25 + 0.7 * random());
    const own = [0, 1, 2].map(() => Array.from({ length: statements }, random));
    const people = 150 + Math.floor(random() * 600);
    const leaning = (group: number, j: number) => (j % 4 === 0 ? common[j]! : own[group]![j]!);
    return [`planted 6:3:1, ${seed}`, planted([0.6, 0.3, 0.1].map((share) => Math.round(share * people)), statements, leaning, seed, 0.15 + 0.6 * random()).it];
  });
}

function readFolder(folder: string): [string, Conversation][] {
  const [votes, comments] = ['participants-votes.csv', 'comments.csv'].map((file) => join(folder, file)) as [string, string];
  if (!existsSync(votes)) return [];
  return [[basename(folder), conversationOf(readParticipantsVotes([readFileSync(votes)]), existsSync(comments) ? readComments([readFileSync(comments)]) : undefined)]];
}

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};
const line = (name: string, cells: readonly (string | number)[]): void => void process.stdout.write(`${name.slice(0, 36).padEnd(38)}${cells.map((cell) => String(cell).padStart(13)).join('')}\n`);

function table(title: string, conversations: readonly [string, Conversation][]): void {
  line(title, Object.keys(attacks));
  const rows = conversations.map(([name, it]) => {
    const cells = Object.values(attacks).map((attack) => kept(it, attack));
    line(`  ${name}`, cells);
    return cells;
  });
  line('  median', Object.keys(attacks).map((_, a) => median(rows.map((cells) => cells[a]!))));
}

const fixtures = join(import.meta.dirname, '../src/engines/opinion-map/fixtures');
const folders = [...readdirSync(fixtures).map((name) => join(fixtures, name)), ...process.argv.slice(2)];
const seen = new Set<string>();
table('real', folders.filter((folder) => !seen.has(basename(folder)) && seen.add(basename(folder))).flatMap(readFolder));
table('made', madeOnes());
