import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { localDate, type Calendar } from '#kernel/working-days.ts';
import { HOME } from '#testing/cluster.ts';
import { readDemo } from './content.ts';
import { planDemo, type PlannedStep } from './plan.ts';

const folder = join(HOME, 'profiles/aleppo');
const content = readDemo(folder)!;
const file = JSON.parse(readFileSync(join(folder, 'calendar.json'), 'utf8')) as { weekend: number[]; holidays: { date: string }[] };
const calendar: Calendar = { weekend: file.weekend, holidays: new Set(file.holidays.map((it) => it.date)), zone: 'Asia/Damascus' };

// The demonstration is loaded on whichever day somebody wants to see it: on weekends, after midnight, right after a long feast.
const DAYS = Array.from({ length: 120 }, (_, at) => new Date(Date.UTC(2026, 10, 20 + at * 3, at % 24, 7 * (at % 8))));
const ofEntry = (steps: readonly PlannedStep[], key: string) => steps.filter((step) => step.entry?.key === key && step.deed.verb !== 'support');

test.each(DAYS)('loaded on %s it can have happened', (now) => {
  const { steps } = planDemo({ content, now, calendar, delayMinutes: 10, residents: 3 });
  expect(steps.every((step) => step.at < now)).toBe(true);
  for (const entry of content.entries) {
    const story = ofEntry(steps, entry.key);
    expect(story[0]!.deed.verb, entry.key).toBe('submit');
    const verbs = story.map((step) => step.deed.verb);
    const way = (['submit', 'triage', 'study', 'draft', 'send', 'approve', 'publish', 'done', 'voice'] as const).map((verb) => verbs.indexOf(verb)).filter((at) => at >= 0);
    expect(way, entry.key).toEqual(way.toSorted((a, b) => a - b));
    const dues = new Map<string, string>();
    const over = new Set<string>();
    for (const { at, deed } of story) {
      const day = localDate(at, calendar.zone);
      if (deed.verb === 'draft') for (const promise of deed.promises) dues.set(promise.what, promise.due);
      if (deed.verb === 'approve') for (const due of dues.values()) expect(due > day, `${entry.key} is due before it was promised`).toBe(true);
      if (deed.verb === 'slip') {
        expect([deed.due > dues.get(deed.what)!, deed.due > day], entry.key).toEqual([true, true]);
        dues.set(deed.what, deed.due);
      }
      // After it was done nothing is reported and nobody is asked, until residents disputed it.
      if (deed.verb === 'done') over.add(deed.what);
      if (deed.verb === 'slip' || deed.verb === 'break') expect(over.has(deed.what), entry.key).toBe(false);
      if (deed.verb === 'progress' && over.has(deed.what)) expect(entry.commitments.find((it) => it.what === deed.what)!.state).toBe('disputed');
      if (deed.verb === 'join') expect(at < ofEntry(steps, entry.merges!).find((step) => step.deed.verb === 'publish')!.at).toBe(true);
    }
    const first = steps.findIndex((step) => step.entry?.key === entry.key && step.deed.verb === 'support');
    if (first >= 0) expect(first, entry.key).toBeGreaterThan(steps.findIndex((step) => step.entry?.key === entry.key && step.deed.verb === 'triage'));
  }
});
