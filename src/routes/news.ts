/** What changed last, for the home page and for places: acts, each with the thing it happened to. */
import type { Tone } from '#ui/types.ts';
import { commitmentTitles } from '#features/commitments/server/index.ts';
import { entryTitles } from '#features/intake/server/index.ts';
import { organisationTitles } from '#features/organisations/server/index.ts';
import { latestActs } from '#features/record/server/index.ts';

/** Acts that are news to everybody, with their tone; a support or a step inside the office is none. */
const NEWS: Record<string, Tone> = {
  'entry.published': 'info', 'entry.assigned': 'idle', 'entry.answered': 'ok', 'entry.referred': 'idle', 'entry.extended': 'warn', 'entry.escalated': 'late',
  'entry.joined': 'idle', 'entry.withdrawn': 'idle', 'entry.delivered': 'ok', 'entry.confirmed': 'ok', 'entry.unconfirmed': 'idle', 'entry.disputed': 'late',
  'commitment.opened': 'info', 'commitment.renegotiated': 'warn', 'commitment.done': 'ok', 'commitment.confirmed': 'ok', 'commitment.unconfirmed': 'idle',
  'commitment.disputed': 'late', 'commitment.broken': 'late', 'commitment.escalated': 'late',
  'organisation.verified': 'ok', 'organisation.suspended': 'late', 'organisation.reinstated': 'ok', 'organisation.took-part': 'ok',
  'body.added': 'idle', 'body.changed': 'idle', 'place.added': 'idle', 'place.changed': 'idle', 'calendar.changed': 'warn', 'site.changed': 'idle', 'people.two-persons-begin': 'ok',
};
const LOOKED_AT = 40;
/** Where things have pages of their own. */
const ROOM: Record<string, string> = { entry: '/n', commitment: '/commitments', organisation: '/orgs' };

export type News = { id: string; kind: string; at: Date; tone: Tone; path: string | null; title: string | null };

/** At most one line a thing: its latest. What was withdrawn or is not public has no title, and is left out. */
export async function latestNews(locals: App.Locals, most: number): Promise<News[]> {
  const acts = await locals.ask(latestActs, { limit: LOOKED_AT, kinds: Object.keys(NEWS) });
  const latest = [...new Map(acts.map((act) => [act.subject.id, act] as const).reverse()).values()].sort((a, b) => b.at.getTime() - a.at.getTime());
  const idsOf = (kind: string) => latest.filter((act) => act.subject.kind === kind).map((act) => act.subject.id);
  const [entries, commitments, organisations] = await Promise.all([
    locals.ask(entryTitles, idsOf('entry')), locals.ask(commitmentTitles, idsOf('commitment')), locals.ask(organisationTitles, idsOf('organisation')),
  ]);
  return latest.flatMap((act) => {
    const { id, kind } = act.subject;
    const found = { entry: entries, commitment: commitments, organisation: organisations }[kind as string]?.get(id);
    if (!found && kind in ROOM) return [];
    const path = found ? `${ROOM[kind]}/${found.number}` : null;
    return [{ id: act.id, kind: act.kind, at: act.at, tone: NEWS[act.kind] ?? ('idle' as const), path, title: found?.title ?? null }];
  }).slice(0, most);
}
