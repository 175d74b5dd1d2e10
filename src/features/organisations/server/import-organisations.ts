import { createHash } from 'node:crypto';
import { newId } from '#kernel/ids.ts';
import { allow } from '#kernel/refusal.ts';
import { allSectors, placesByName } from '../../places/server/index.ts';
import { nextReferences, recordMany } from '../../record/server/index.ts';
import { lexiconOf } from '../../lexicon/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayImport } from '../access.ts';
import { LIMITS } from '../input.ts';
import type { Organisation, OrganisationId, Profile } from '../model.ts';
import type { ImportedActivity, ImportedOrganisation } from '../read-row.ts';
import { missingInRow } from '../rules.ts';
import type { PlannedRow } from '../views.ts';
import { sectorsByWords, type FoundSectors } from '../sector-words.ts';
import { idsOfImported, insertActivities, insertContacts, numbersThere, saveUnplaced, type NewActivity } from './import-store.ts';
import { insertOrganisations, type NewOrganisation } from './store.ts';

/** `source`: where they come from; the same source and id come in once. */
export type ImportBatch = { source: string; organisations: readonly ImportedOrganisation[] };
export type ImportCount = { imported: number; drafts: number; skipped: number };

type Read = NewOrganisation & { from: ImportedOrganisation; unplaced: string[] };

/** Complete rows are listed, as not verified yet; the others wait as drafts. What is there already is skipped; its new activities are added. */
export async function importOrganisations(ctx: Ctx, batch: ImportBatch): Promise<ImportCount> {
  allow(mayImport(ctx.actor), 'import organisations');
  return bringIn(ctx, batch);
}

/** What each row would become, without anything being written: as it is read below. */
export async function planImport(ctx: Ctx, batch: ImportBatch): Promise<PlannedRow[]> {
  const words = await wordsOf(ctx, batch.organisations);
  const there = await numbersThere(ctx, batch.organisations.map((it) => it.externalId));
  const known = await idsOfImported(ctx, batch.source, batch.organisations.map((it) => it.externalId));
  return batch.organisations.map((it): PlannedRow => {
    const { profile, unplaced } = readOne(ctx, it, batch.source, '', words);
    const gaps = missingInRow(profile).map((gap) => gap.what);
    const becomes = there.has(it.externalId) || known.has(it.externalId) ? 'there' : gaps.length === 0 ? 'listed' : 'draft';
    return { line: it.line, names: it.names, becomes, missing: becomes === 'draft' ? gaps : [], unplaced: becomes === 'there' ? [] : unplaced, activities: it.activities.length };
  });
}

/** The calling use case has checked that the actor may. */
export async function bringIn(ctx: Ctx, batch: ImportBatch): Promise<ImportCount> {
  const words = await wordsOf(ctx, batch.organisations);
  const there = await numbersThere(ctx, batch.organisations.map((it) => it.externalId));
  const fresh = batch.organisations.filter((it) => !there.has(it.externalId));
  const numbers = await nextReferences(ctx, fresh.length);
  const all = fresh.map((it, at): Read => readOne(ctx, it, batch.source, numbers[at]!, words));
  const inserted = await insertOrganisations(ctx, all);
  const added = all.filter((it) => inserted.has(it.id));
  await insertContacts(ctx, added.map((it) => ({ id: it.id, contacts: it.from.contacts })));
  await saveUnplaced(ctx, added.flatMap((it) => (it.unplaced.length > 0 ? [{ id: it.id, words: it.unplaced.join(' · ').slice(0, LIMITS.reason) }] : [])));
  const ids = await idsOfImported(ctx, batch.source, batch.organisations.map((it) => it.externalId));
  await insertActivities(ctx, batch.organisations.flatMap((it) => (ids.has(it.externalId) ? activitiesOf(it, ids.get(it.externalId)!, words) : [])));
  await recordMany(ctx, 'organisation.listed', added.filter((it) => it.state === 'listed').map((it) => ({ subject: { kind: 'organisation', id: it.id }, public: true, detail: { number: it.number, kind: it.profile.kind, source: batch.source } })));
  await recordMany(ctx, 'organisation.created', added.filter((it) => it.state === 'draft').map((it) => ({ subject: { kind: 'organisation', id: it.id }, public: false, detail: { number: it.number, source: batch.source } })));
  const drafts = added.filter((it) => it.state === 'draft').length;
  return { imported: added.length - drafts, drafts, skipped: batch.organisations.length - added.length };
}

type Words = { sectors(words: readonly string[]): FoundSectors; place(word: string): string | undefined };

async function wordsOf(ctx: Ctx, all: readonly ImportedOrganisation[]): Promise<Words> {
  const sectors = await allSectors(ctx);
  const places = await placesByName(ctx, all.flatMap((it) => [...it.places, ...it.activities.flatMap((one) => one.places)]));
  const lexicon = await lexiconOf(ctx);
  return { sectors: (words) => sectorsByWords(words, sectors, lexicon), place: (word) => places.get(word) };
}

function readOne(ctx: Ctx, it: ImportedOrganisation, source: string, number: string, words: Words): Read {
  const sectors = words.sectors(it.sectors);
  const places = [...new Set(it.places.flatMap((word) => words.place(word) ?? []))];
  const profile: Profile = {
    kind: it.kind, names: it.names, about: it.about, sectors: sectors.codes, places, services: it.services, expertise: it.expertise, staff: it.staff, volunteers: it.volunteers, answerDays: it.answerDays,
    // Nobody is named as a public figure by a table.
    licence: it.licence, consented: false,
  };
  const state: Organisation['state'] = missingInRow(profile).length === 0 ? 'listed' : 'draft';
  return { id: newId<'organisation'>(ctx.now.getTime()), number, state, profile, source, externalId: it.externalId, from: it, unplaced: [...sectors.unknown, ...it.places.filter((word) => words.place(word) === undefined)] };
}

/** An activity without a sector or a place that we know is no row of who does what where. */
function activitiesOf(it: ImportedOrganisation, id: OrganisationId, words: Words): NewActivity[] {
  return it.activities.flatMap((one) => {
    const sector = words.sectors(one.sector ? [one.sector] : []).codes[0];
    const place = one.places.map((word) => words.place(word)).findLast((code) => code !== undefined);
    return sector && place ? [{ organisationId: id, sector, place, what: one.what, state: one.state, starts: one.starts, ends: one.ends, targeted: one.targeted, reached: one.reached, onceKey: onceKeyOf(one, sector, place) }] : [];
  });
}

const onceKeyOf = (it: ImportedActivity, sector: string, place: string): string => createHash('sha256').update(JSON.stringify([sector, place, it.what, it.starts, it.ends])).digest('hex').slice(0, 24);
