import type { RequestEvent } from '@sveltejs/kit';
import { answer, endpoint, preflight, problem } from '#platform/web/api.ts';
import { writeCalendar } from '#platform/web/ical.ts';
import { parse } from '#platform/web/parse.ts';
import { LOCALE } from '#platform/i18n/languages.ts';
import { node, writeXml } from '#platform/web/xml.ts';
import { FeedSchema } from '#features/open-data/input.ts';
import { DATES, datesFeed, FEEDS, newsFeed } from '#features/open-data/server/index.ts';
import type { RequestHandler } from './$types';

/** News as Atom (RFC 4287), days as iCalendar (RFC 5545), of everything or of one body, place, sector or kind. */
export const GET: RequestHandler = endpoint(async (event) => {
  const { name, ending } = event.params;
  const query = parse(FeedSchema, Object.fromEntries(event.url.searchParams));
  const asked = { query, lang: event.locals.lang, origin: event.locals.origin };
  const news = FEEDS.find((it) => it === name);
  if (ending === 'atom' && news) return atom(event, await event.locals.ask(newsFeed, { name: news, ...asked }));
  const dates = DATES.find((it) => it === name);
  if (ending === 'ics' && dates) return calendar(event, await event.locals.ask(datesFeed, { name: dates, ...asked }));
  return problem(404, 'not-found');
});
export const OPTIONS: RequestHandler = () => preflight();

const ownAddress = ({ locals, url }: RequestEvent): string => `${locals.origin}${url.pathname}${url.search}`;

function atom(event: RequestEvent, feed: Awaited<ReturnType<typeof newsFeed>>): Response {
  const { lang, words, origin } = event.locals;
  const entries = feed.items.map((it) => node('entry', [
    node('id', it.id), node('title', it.title), node('link', '', { rel: 'alternate', type: 'text/html', href: it.url }), node('published', it.published), node('updated', it.updated),
    ...(it.author ? [node('author', [node('name', it.author)])] : []), node('category', '', { term: it.category }), ...(it.text ? [node('content', it.text, { type: 'text', 'xml:lang': it.language })] : []),
  ]));
  const body = writeXml(node('feed', [
    node('id', ownAddress(event)), node('title', feed.title), node('subtitle', feed.subtitle), node('updated', feed.updated), node('link', '', { rel: 'self', type: 'application/atom+xml', href: ownAddress(event) }),
    node('link', '', { rel: 'alternate', type: 'text/html', href: origin + words.href('/') }), node('author', [node('name', feed.subtitle)]), node('generator', 'Abwab'), ...entries,
  ], { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': LOCALE[lang] }));
  return answer(event, body, { 'content-type': 'application/atom+xml; charset=utf-8' });
}

function calendar(event: RequestEvent, dates: Awaited<ReturnType<typeof datesFeed>>): Response {
  const { lang } = event.locals;
  const body = writeCalendar({ name: dates.name, product: `-//Abwab//Abwab//${lang.toUpperCase()}`, url: ownAddress(event), language: lang, events: dates.items });
  return answer(event, body, { 'content-type': 'text/calendar; charset=utf-8' });
}
