import { sql, type SqlBool } from 'kysely';
import { queryTerms, similarity, tsQuery } from '#engines/text/index.ts';
import { maskedContact } from '#kernel/masked-contact.ts';
import type { BodyId } from '#kernel/ids.ts';
import { parseReference } from '#kernel/reference-number.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { workingCalendar } from '../../../places/server/index.ts';
import { lexiconOf } from '../../../lexicon/server/index.ts';
import type { Ctx } from '../../../context.ts';
import { isVisible, mayTriage, mayWorkOn } from '../../access.ts';
import type { AssignableBody, DuplicateGuess, WorkCase } from '../../work-views.ts';
import { selectLines, toLine } from './lines.ts';
import { selectWorkLines, toWorkLine } from './work-lines.ts';
import { workingBodies } from './work-queues.ts';

/** One entry for whoever works on it: triage, or the body that has to answer. Four statements. */
export async function workCase(ctx: Ctx, input: { number: string }): Promise<WorkCase> {
  const number = parseReference(input.number, ctx.profile.prefix) ?? refuse({ because: 'not-found', what: 'entry' });
  const row = await selectWorkLines(ctx).leftJoin('entrySubmitters as s', 's.entryId', 'e.id').leftJoin('entryPoints as at', 'at.entryId', 'e.id').leftJoin('entries as target', 'target.id', 'e.joinedTo')
    .select(['e.text', 'e.language', 'e.channel', 'e.served', 'e.servedCount', 'e.extensionReason', 'e.bodyId', 's.name', 's.contactKind', 's.contact', 's.personId', 's.entryId as sent', 'at.lat', 'at.lon', 'target.number as joinedInto'])
    .select((eb) => eb.selectFrom('entries as other').select((inner) => inner.fn.agg<string[]>('array_agg', ['other.number']).as('numbers')).whereRef('other.joinedTo', '=', 'e.id').as('joinedFrom'))
    .where('e.number', '=', number).executeTakeFirst();
  if (!row) return refuse({ because: 'not-found', what: 'entry' });
  if (!mayWorkOn(ctx.actor, { body: row.bodyId as BodyId | null })) refuse(isVisible(row) ? { because: 'not-allowed', to: 'work on this entry' } : { because: 'not-found', what: 'entry' });
  const messages = await ctx.db.selectFrom('entryMessages').select(['kind', 'text', 'at']).where('entryId', '=', row.id).orderBy('at').orderBy('id').execute();
  return {
    ...toWorkLine(ctx, await workingCalendar(ctx), row), id: row.id, text: row.text, language: row.language, channel: row.channel, served: row.served, servedCount: row.servedCount,
    acknowledgedAt: row.acknowledgedAt, extensionReason: row.extensionReason, daysAllowed: ctx.profile.clocks.answer + row.extensionDays, joinedInto: row.joinedInto, joinedFrom: row.joinedFrom ?? [],
    messages, point: row.lat !== null && row.lon !== null ? { lat: row.lat, lon: row.lon } : null, submitter: row.sent === null ? null : submitterOf(ctx, row),
  };
}

type Sender = { kind: string; name: string | null; contactKind: 'mail' | 'phone' | null; contact: string | null; personId: string | null };

/** Whoever complains is known to triage alone: the body that a complaint is about does not learn the name. */
function submitterOf(ctx: Ctx, row: Sender): WorkCase['submitter'] {
  const hidden = row.kind === 'complaint' && !mayTriage(ctx.actor);
  return {
    name: hidden ? '' : (row.name ?? ''), contactKind: row.contactKind, contact: hidden || row.contact === null ? null : maskedContact(row.contact), account: row.personId !== null,
  };
}

/**
 * Entries that may say the same, for whoever works on one: also those that are not published, as far as the actor may
 * work on them. Only what could be joined: of the same visibility.
 */
export async function duplicateGuesses(ctx: Ctx, input: { number: string; text: string; place: string; confidential: boolean; limit: number }): Promise<DuplicateGuess[]> {
  const lexicon = await lexiconOf(ctx);
  const query = tsQuery(queryTerms(input.text.slice(0, 600), lexicon).slice(0, 16));
  if (query === '') return [];
  const rank = sql`ts_rank('{0.1,0.2,0.4,1.0}', e.search_vector, ${query}::tsquery) + case when e.place = ${input.place} then 0.3 else 0 end`;
  let select = selectLines(ctx).select('e.publishedAt').where('e.state', 'in', ['received', 'returned', 'open', 'assigned', 'study', 'delivery', 'delivered', 'disputed'])
    .where('e.confidential', '=', input.confidential).where('e.number', '!=', input.number).where(sql<SqlBool>`e.search_vector @@ ${query}::tsquery`);
  if (!mayTriage(ctx.actor)) {
    const mine = workingBodies(ctx);
    allow(mine.length > 0, 'work for a body');
    select = select.where((eb) => eb.or([eb('e.publishedAt', 'is not', null), eb('e.bodyId', 'in', mine)]));
  }
  const rows = await select.orderBy(sql`${rank} desc`).limit(20).execute();
  return rows.map((row) => ({
    ...toLine(ctx, row), visible: row.publishedAt !== null, likeness: similarity(input.text, `${row.title} ${row.beginning}`, { lexicon }) + (row.place === input.place && input.place ? 0.1 : 0),
  })).filter((it) => it.likeness >= 0.22).sort((a, b) => b.likeness - a.likeness).slice(0, input.limit);
}

/** Bodies that can be given an entry, those of its sectors first. */
export async function bodiesForEntry(ctx: Ctx, input: { sectors: readonly string[] }): Promise<AssignableBody[]> {
  const rows = await ctx.db.selectFrom('bodies').select(['code', 'nameAr', 'nameEn', 'nameKu', 'sectors', 'active']).where('active', '=', true).orderBy('nameAr').limit(500).execute();
  const fits = (sectors: readonly string[]) => input.sectors.some((code) => sectors.some((own) => code === own || code.startsWith(`${own}-`) || code.startsWith(`${own}.`)));
  return rows.map((row) => ({ code: row.code, names: { ar: row.nameAr, en: row.nameEn, ku: row.nameKu }, active: row.active, fits: fits(row.sectors) })).sort((a, b) => Number(b.fits) - Number(a.fits));
}
