import { highlighter, norm } from '#engines/text/index.ts';
import { isPublicCommitment, searchCommitments } from '../../commitments/server/index.ts';
import { searchBodies } from '../../directory/server/index.ts';
import { listEntries } from '../../intake/server/index.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { isPublicOrganisation, searchOrganisations } from '../../organisations/server/index.ts';
import { searchPlaces } from '../../places/server/index.ts';
import { lexiconOf } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Names } from '../../places/model.ts';
import { GROUPS, type GroupName, type Marked } from '../views.ts';

const MOST = { entries: 8, commitments: 5, bodies: 5, organisations: 5, places: 6 } as const;

/**
 * Where a number leads, in whatever digits it was typed, or null when the text is none. A number that nobody may see
 * leads to the same page as one that does not exist.
 */
export async function pageOfNumber(ctx: Ctx, q: string): Promise<string | null> {
  const number = parseReference(q, ctx.profile.prefix);
  if (!number) return null;
  if (await isPublicOrganisation(ctx, number)) return `/orgs/${number}`;
  return (await isPublicCommitment(ctx, number)) ? `/commitments/${number}` : `/n/${number}`;
}

/** Everything public that holds words of the query, by kind; `order` names the groups that hold something, the most useful first. */
export async function searchAll(ctx: Ctx, q: string) {
  const lexicon = await lexiconOf(ctx);
  const marked: (text: string) => Marked = highlighter(q, lexicon, { alike: true });
  const names = (it: Names) => ({ ar: marked(it.ar), en: marked(it.en), ku: marked(it.ku) });
  const [entries, commitments, bodies, organisations, places] = await Promise.all([
    listEntries(ctx, { q, limit: MOST.entries, kind: null, state: null, sector: '', place: '', body: '', since: null, sort: 'newest', after: '' }),
    searchCommitments(ctx, { q, limit: MOST.commitments }), searchBodies(ctx, { q, limit: MOST.bodies }),
    searchOrganisations(ctx, { q, limit: MOST.organisations }), searchPlaces(ctx, { q, limit: MOST.places }),
  ]);
  const found = {
    entries: entries.items.map((entry) => ({ entry, title: marked(entry.title), summary: marked(entry.summary) })),
    commitments: commitments.map((it) => ({ number: it.number, what: marked(it.what), body: it.body, due: it.due, late: it.late })),
    bodies: bodies.map((it) => ({ ...it, name: names(it.names) })),
    organisations: organisations.map((it) => ({ ...it, name: names(it.names) })),
    places: places.map((it) => ({ code: it.code, level: it.level, within: it.within, name: names(it.names) })),
  };
  const named = (group: readonly { names: Names }[]) => group.some((it) => Object.values(it.names).some((name) => bare(name) === bare(q)));
  const first: GroupName[] = [...(named(places) ? ['places' as const] : []), ...(named(bodies) ? ['bodies' as const] : []), ...(named(organisations) ? ['organisations' as const] : [])];
  return {
    ...found, moreEntries: Math.max(0, (entries.total?.count ?? 0) - entries.items.length),
    order: [...new Set([...first, ...GROUPS])].filter((group) => found[group].length > 0),
  };
}

/** A name without its article, so that «الصاخور» and «صاخور» are one. */
const bare = (name: string): string => norm(name).trim().replace(/^ال/, '');
