import { addressIn, type Lang } from '#platform/i18n/languages.ts';
import { words } from '#platform/i18n/words.ts';
import type { Ctx } from '../../context.ts';
import type { FeedQuery } from '../input.ts';
import { minute } from '../moment.ts';
import { answerDates, latestEntries, latestPromises, latestPublicAnswers, promiseDates, type DateLine, type FeedLine } from './feed-queries.ts';

export const FEEDS = ['entries', 'answers', 'commitments'] as const;
export type FeedName = (typeof FEEDS)[number];
export const DATES = ['entries', 'commitments'] as const;
export type DatesName = (typeof DATES)[number];

export type FeedItem = { id: string; title: string; text: string; language: string; url: string; published: string; updated: string; author: string | null; category: string };
export type Feed = { title: string; subtitle: string; updated: string; items: FeedItem[] };
export type DateItem = { uid: string; day: string; summary: string; description: string; url: string; stamp: Date; sequence: number; cancelled: boolean };
type Asked<Name> = { name: Name; query: FeedQuery; lang: Lang; origin: string };

const SOURCES: Record<FeedName, (ctx: Ctx, query: FeedQuery) => Promise<FeedLine[]>> = { entries: latestEntries, answers: latestPublicAnswers, commitments: latestPromises };
const KINDS: Record<FeedName, string> = { entries: 'intake.kind', answers: 'intake.outcome', commitments: 'commitments.state' };

/** The latest of a kind, newest first. Ids are of the thing itself: they stay whatever address the site moves to. */
export async function newsFeed(ctx: Ctx, { name, query, lang, origin }: Asked<FeedName>): Promise<Feed> {
  const w = words(lang, 'latn', ctx.profile.zone);
  const lines = await SOURCES[name](ctx, query);
  const page = name === 'commitments' ? '/commitments' : '/n';
  const items = lines.map((it) => ({
    id: `urn:uuid:${it.id}`, title: it.title, text: it.text, language: it.language, url: `${origin}${addressIn(lang, `${page}/${it.number}`)}`, published: minute(it.at), updated: minute(it.changed),
    author: it.body && w.name(it.body.names), category: w.tc(KINDS[name], it.kind),
  }));
  const updated = items.map((it) => it.updated).sort().at(-1) ?? minute(ctx.now);
  return { title: `${w.tc('open-data.feed', name)} — ${w.t('site.name')}`, subtitle: w.name(ctx.profile.governorateName), updated, items };
}

/** Days that matter, for calendars: what moved has a higher sequence; what is done says so and stays, what was given up is called off. */
export async function datesFeed(ctx: Ctx, { name, query, lang, origin }: Asked<DatesName>): Promise<{ name: string; items: DateItem[] }> {
  const w = words(lang, 'latn', ctx.profile.zone);
  const lines = await (name === 'commitments' ? promiseDates : answerDates)(ctx, query);
  const page = name === 'commitments' ? '/commitments' : '/n';
  const item = (it: DateLine): DateItem => ({
    uid: `${it.id}@${new URL(origin).host}`, day: it.day, summary: it.state === null ? w.t(name === 'commitments' ? 'open-data.date.commitment' : 'open-data.date.answer', { title: it.title }) : `${w.tc(name === 'commitments' ? 'commitments.state' : 'intake.outcome', it.state)}: ${it.title}`, description: [it.number, it.body ? w.name(it.body) : ''].filter(Boolean).join(' · '),
    url: `${origin}${addressIn(lang, `${page}/${it.number}`)}`, stamp: new Date(minute(it.stamp)), sequence: it.moves + (it.state === null ? 0 : 1), cancelled: it.state === 'broken',
  });
  return { name: `${w.tc('open-data.dates', name)} — ${w.t('site.name')}`, items: lines.map(item) };
}
