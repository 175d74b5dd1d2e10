/** The whole demonstration in the order of time, with those who support what. Pure. */
import type { Calendar } from '#kernel/working-days.ts';
import { addDays, endOfLocalDay, localDate } from '#kernel/working-days.ts';
import type { DemoContent, DemoEntry } from './content.ts';
import { almanac, momentOf, share, type Almanac } from './moments.ts';
import { storyOf, type Deed, type Step } from './story.ts';

/** Accounts are known by their place in a list: first the residents of the file, then a crowd without names. */
export type Support = { verb: 'support'; who: number };
/** `night` is the system's own work, once a day. */
export type PlannedStep = { at: Date; entry: DemoEntry; deed: Deed | Support } | { at: Date; entry: null; deed: { verb: 'night' } };
export type Cast = { /** sends it by account; null: without one */ sender: number | null; supporters: number[]; neighbours: number[] };
export type Plan = { steps: PlannedStep[]; cast: Map<string, Cast>; crowd: number };

const NEIGHBOURS = 30;
const DAY = 86_400_000;

export type PlanInput = { content: DemoContent; now: Date; calendar: Calendar; delayMinutes: number; residents: number };

export function planDemo(input: PlanInput): Plan {
  const { entries } = input.content;
  const book = almanac(input.now, input.calendar);
  const limit = new Date(input.now.getTime() - 20_000);
  const crowd = input.residents + Math.max(...entries.map((entry) => entry.supports)) + NEIGHBOURS;
  const cast = castOf(entries, crowd, input.residents);
  const stories = new Map(entries.map((entry) => [entry.key, storyOf(book, entry, input.delayMinutes, limit)]));
  // Two entries become one before either is answered.
  for (const entry of entries.filter((it) => it.merges)) {
    const answer = stories.get(entry.merges!)!.find((step) => step.deed.verb === 'draft');
    stories.set(entry.key, storyOf(book, entry, input.delayMinutes, answer?.at ?? limit));
  }
  const steps: PlannedStep[] = entries.flatMap((entry) => {
    const story = stories.get(entry.key)!;
    return [...story, ...supportsOf(book, entry, story, cast.get(entry.key)!)].map(({ at, deed }) => ({ at, entry, deed }));
  });
  const order = (step: PlannedStep) => step.at.getTime();
  return { steps: [...steps, ...nights(book, steps)].toSorted((a, b) => order(a) - order(b)), cast, crowd };
}

/** From the morning after the first entry until today, five minutes past midnight. */
function nights(book: Almanac, steps: readonly PlannedStep[]): PlannedStep[] {
  const { zone } = book.calendar;
  let day = localDate(new Date(Math.min(...steps.map((step) => step.at.getTime()))), zone);
  const found: PlannedStep[] = [];
  for (; day < book.today; day = addDays(day, 1)) found.push({ at: new Date(endOfLocalDay(day, zone).getTime() + 5 * 60_000), entry: null, deed: { verb: 'night' } });
  return found.filter((step) => step.at < book.now);
}

function castOf(entries: readonly DemoEntry[], crowd: number, residents: number): Map<string, Cast> {
  const cast = new Map<string, Cast>();
  let web = 0;
  for (const entry of entries) {
    const sender = entry.channel === 'web' && entry.kind !== 'complaint' ? senderOf(entry, web++, crowd, residents) : null;
    const first = Math.floor(share(entry.key) * crowd);
    const others = Array.from({ length: crowd }, (_, at) => (first + at) % crowd).filter((who) => who !== sender);
    cast.set(entry.key, { sender, supporters: others.slice(0, entry.supports), neighbours: others.slice(-NEIGHBOURS) });
  }
  // Whoever supported what was joined counts once: the other has that many of its own less, and they are others.
  for (const entry of entries.filter((it) => it.merges)) {
    const into = cast.get(entry.merges!)!;
    const moved = into.supporters.splice(-entry.supports);
    cast.set(entry.key, { ...cast.get(entry.key)!, supporters: moved });
  }
  return cast;
}

/** Every third entry by one of the residents whom the demonstration lets one be, country people's by the one who lives there. */
function senderOf(entry: DemoEntry, at: number, crowd: number, residents: number): number {
  if (at % 3 !== 0 || entry.language !== 'ar' || residents === 0) return residents + Math.floor(share(`${entry.key} sender`) * (crowd - residents));
  return entry.place.startsWith('SY') ? residents - 1 : (at / 3) % Math.max(1, residents - 1);
}

/** Many at first, fewer later; while it can be supported, and for two months at most. */
function supportsOf(book: Almanac, entry: DemoEntry, story: readonly Step[], { supporters }: Cast): { at: Date; deed: Support }[] {
  const from = story.find((step) => step.deed.verb === 'triage')?.at.getTime();
  if (from === undefined) return [];
  const end = story.find((step) => step.deed.verb === 'withdraw' || step.deed.verb === 'join')?.at.getTime() ?? book.now.getTime() - 20_000;
  const until = Math.min(end, from + 60 * DAY);
  return supporters.map((who, nth) => {
    const wanted = from + ((nth + 0.5) / supporters.length) ** 2 * (until - from);
    const awake = momentOf(book, localDate(new Date(wanted), book.calendar.zone), 7, 22.5, `${entry.key} ${nth}`).getTime();
    const inside = awake > from && awake < until ? awake : wanted;
    return { at: new Date(inside), deed: { verb: 'support' as const, who } };
  });
}
