import { parseReference } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import { shownCount } from '#kernel/small-numbers.ts';
import { localDate } from '#kernel/working-days.ts';
import { commitmentsByIds } from '../../commitments/server/index.ts';
import { attachmentsOf } from '../../attachments/server/index.ts';
import type { Ctx } from '../../context.ts';
import { isPublic } from '../model.ts';
import { partRecord } from '../track.ts';
import type { ActivityView, DocumentView, PublicOrganisation } from '../views.ts';
import { namer, toLines } from './list-queries.ts';
import { findOrganisation } from './store.ts';

type Promises = Awaited<ReturnType<typeof commitmentsByIds>>;

/** A number as somebody typed it, in its one spelling; what is none is not found. */
export const readNumber = (ctx: Ctx, typed: string): string => parseReference(typed.slice(0, 60), ctx.profile.prefix) ?? refuse({ because: 'not-found', what: 'organisation' });

/** One organisation as everybody sees it. What is not public is not found, like a number that was never given. */
export async function showOrganisation(ctx: Ctx, typed: string): Promise<PublicOrganisation & { promises: Promises }> {
  const row = await findOrganisation(ctx, readNumber(ctx, typed));
  if (!isPublic(row.state)) return refuse({ because: 'not-found', what: 'organisation' });
  const [line] = await toLines(ctx, [row]);
  const contacts = await ctx.db.selectFrom('organisationContacts').select(['kind', 'value']).where('organisationId', '=', row.id).where('public', '=', true).orderBy('position').execute();
  const parts = await ctx.db.selectFrom('organisationParts').select('commitmentId').where('organisationId', '=', row.id).where('agreedAt', 'is not', null).execute();
  const promises = await commitmentsByIds(ctx, parts.map((it) => it.commitmentId));
  return {
    ...line!, id: row.id, about: row.about, staff: row.staff, volunteers: row.volunteers, answerDays: row.answerDays, licence: { number: row.licenceNumber, by: row.licenceBy, until: row.licenceUntil },
    verifiedUntil: row.verifiedUntil, reason: row.state === 'suspended' ? row.reason : '', objected: row.objection !== '', source: row.source,
    contacts, documents: await documentsOf(ctx, row.id, true), activities: await activitiesOf(ctx, row.id), promises, record: partRecord(promises, ctx.profile.zone),
  };
}

/** Papers with their files, in their order. */
export async function documentsOf(ctx: Ctx, id: string, publicOnly: boolean): Promise<DocumentView[]> {
  let query = ctx.db.selectFrom('organisationDocuments').select(['id', 'kind', 'public']).where('organisationId', '=', id);
  if (publicOnly) query = query.where('public', '=', true);
  const rows = await query.orderBy('position').execute();
  const files = await attachmentsOf(ctx, { ownerIds: rows.map((row) => row.id), publicOnly });
  const views = rows.map((row): DocumentView => {
    const file = files.find((it) => it.ownerId === row.id);
    const ready = file?.state === 'ready' ? { id: file.id, variant: file.media === 'photo' ? ('large' as const) : ('file' as const), kilobytes: file.kilobytes } : null;
    return { ...row, file: ready, problem: file?.state === 'refused' ? file.problem : null };
  });
  return publicOnly ? views.filter((it) => it.file !== null) : views;
}

const SHOWN_ACTIVITIES = 60;

/** What it does where, the newest word first. Numbers of people below the least are left out; a hidden place is told as its district. */
export async function activitiesOf(ctx: Ctx, id: string, inside = false): Promise<ActivityView[]> {
  const rows = await ctx.db.selectFrom('organisationActivities as a').innerJoin('places as p', 'p.pcode', 'a.place')
    .select(['a.id', 'a.sector', 'a.place', 'a.coarse', 'a.what', 'a.state', 'a.starts', 'a.ends', 'a.targeted', 'a.reached', 'a.confirmedAt', 'p.path'])
    .where('a.organisationId', '=', id).orderBy('a.state', 'desc').orderBy('a.confirmedAt', 'desc').orderBy('a.id').limit(inside ? 200 : SHOWN_ACTIVITIES).execute();
  const shownPlace = (row: (typeof rows)[number]) => (row.coarse && !inside ? (row.path[1] ?? row.path[0]!) : row.place);
  const name = await namer(ctx, rows.map(shownPlace));
  const told = (people: number | null) => (inside ? people : shownCount(people, ctx.profile.suppressBelow));
  return rows.map((row) => ({
    id: row.id, sector: name.sectors([row.sector])[0]!, place: name.places([shownPlace(row)])[0]!, what: row.what, state: row.state, starts: row.starts, ends: row.ends,
    targeted: told(row.targeted), reached: told(row.reached), confirmedOn: localDate(row.confirmedAt, ctx.profile.zone),
  }));
}
