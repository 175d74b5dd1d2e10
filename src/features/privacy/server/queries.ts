/** Everything that is stored about somebody, for that somebody alone. Keys are words of the site's English; values are as they lie in the database. */
import { sql } from 'kysely';
import { allow, refuse } from '#kernel/refusal.ts';
import { trackEntry, voicedEntries, voterHash } from '../../intake/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayReadOwn } from '../access.ts';
import type { ErasePreview } from '../views.ts';

const FORMAT = 'abwab-personal-data/1';
/** Files beyond this come by their address, so that a download stays a download. */
const MOST_FILE_BYTES = 20_000_000;
const MOST_STEPS = 5_000;

const me = (ctx: Ctx): string => {
  allow(mayReadOwn(ctx.actor), 'read personal data');
  return ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'read personal data' });
};

const FETCHED_MS = 600_000;

/** Of the signed-in person, who has just asked for it by a form; null otherwise. */
export async function myData(ctx: Ctx): Promise<Record<string, unknown> | null> {
  const id = me(ctx);
  const asked = await ctx.db.selectFrom('acts').select('id').where('kind', '=', 'person.exported').where('subjectId', '=', id).where('actorPerson', '=', id).where('at', '>', new Date(ctx.now.getTime() - FETCHED_MS)).limit(1).executeTakeFirst();
  if (!asked) return null;
  const entries = (await ctx.db.selectFrom('entrySubmitters').select('entryId').where('personId', '=', id).execute()).map((row) => row.entryId);
  return { format: FORMAT, written: ctx.now, ...(await accountOf(ctx, id)), ...(await lettersOf(ctx, id)), entries: await entriesOf(ctx, entries), ...(await partOf(ctx, id)), files: await filesOf(ctx, [...entries, ...(await voiceIds(ctx, id, entries))]) };
}

/** Of an entry that was sent without an account: number and key have been judged before. */
export async function entryData(ctx: Ctx, asked: { number: string; key: string }): Promise<Record<string, unknown>> {
  const { entry } = await trackEntry(ctx, asked);
  return { format: FORMAT, written: ctx.now, entries: await entriesOf(ctx, [entry.id]), files: await filesOf(ctx, [entry.id]) };
}

async function accountOf(ctx: Ctx, id: string) {
  const { db } = ctx;
  return {
    account: await db.selectFrom('persons').select(['displayName', 'language', 'verified', 'createdAt', 'twoFactorsAt']).where('id', '=', id).executeTakeFirstOrThrow(),
    contacts: await db.selectFrom('personContacts').select(['kind', 'value', 'verifiedAt']).where('personId', '=', id).execute(),
    roles: await db.selectFrom('personRoles as r').leftJoin('bodies as b', 'b.id', 'r.bodyId').select(['role', 'b.code as body', 'grantedAt', 'confirmedAt', 'endedAt']).where('personId', '=', id).execute(),
    signIns: await db.selectFrom('sessions').select(['via', 'assurance', 'device', 'createdAt', 'seenAt', 'expiresAt', 'endedAt']).where('personId', '=', id).orderBy('createdAt').execute(),
    signInLinks: await db.selectFrom('signInLinks').select(['createdAt', 'expiresAt', 'usedAt']).where('personId', '=', id).execute(),
    passkeys: await db.selectFrom('passkeys').select(['name', 'createdAt', 'usedAt']).where('personId', '=', id).execute(),
    secondFactors: await db.selectFrom('secondFactors').select('confirmedAt').where('personId', '=', id).execute(),
    recoveryCodes: await db.selectFrom('recoveryCodes').select(['createdAt', 'usedAt']).where('personId', '=', id).execute(),
    deskSeats: await db.selectFrom('deskSeats as d').innerJoin('bodies as b', 'b.id', 'd.bodyId').select(['b.code as body', 'since']).where('personId', '=', id).execute(),
  };
}

async function lettersOf(ctx: Ctx, id: string) {
  return {
    letterSettings: await ctx.db.selectFrom('noticeSettings').select(['rhythm', 'channel', 'pausedUntil', 'quietFrom', 'quietTo', 'urgentPasses']).where('personId', '=', id).execute(),
    subscriptions: await ctx.db.selectFrom('subscriptions').select(['topicKind', 'topic', 'language', 'at']).where('personId', '=', id).execute(),
    letters: await ctx.db.selectFrom('notices as n').leftJoin('entries as e', 'e.id', 'n.entryId').select(['n.template', 'e.number as entry', 'n.state', 'n.createdAt', 'n.sentAt']).where('n.personId', '=', id).orderBy('n.createdAt').execute(),
  };
}

/** What somebody supports, follows, says and belongs to; and the steps that the house has noted of them. */
async function partOf(ctx: Ctx, id: string) {
  const { db } = ctx;
  return {
    supports: await db.selectFrom('supports as s').innerJoin('entries as e', 'e.id', 's.entryId').select(['e.number as entry', 's.at']).where('s.personId', '=', id).orderBy('s.at').execute(),
    follows: await db.selectFrom('follows as f').innerJoin('entries as e', 'e.id', 'f.entryId').select(['e.number as entry', 'f.at']).where('f.personId', '=', id).orderBy('f.at').execute(),
    comments: await db.selectFrom('comments as c').leftJoin('commentObjections as o', 'o.commentId', 'c.id')
      .select(['c.subjectKind as about', 'c.text', 'c.state', 'c.sentAt', 'c.publishedAt', 'c.officialRole', 'c.rule', 'c.reason', 'o.text as objection']).where('c.personId', '=', id).orderBy('c.seq').execute(),
    confirmations: await db.selectFrom('confirmations as v').innerJoin('commitments as c', 'c.id', 'v.commitmentId').select(['c.number as commitment', 'v.verdict', 'v.words', 'v.at']).where('v.id', 'in', await voiceIds(ctx, id, await ownIds(ctx, id))).execute(),
    organisations: await db.selectFrom('organisationMembers as m').innerJoin('organisations as o', 'o.id', 'm.organisationId').select(['o.number as organisation', 'm.name', 'm.roles', 'm.since', 'm.endedAt']).where('m.personId', '=', id).execute(),
    steps: await db.selectFrom('acts').select(['kind', 'at', 'actorRole as role']).where('actorPerson', '=', id).orderBy('at').orderBy('seq').limit(MOST_STEPS).execute(),
  };
}

const NONE = '00000000-0000-0000-0000-000000000000';
const ownIds = async (ctx: Ctx, id: string) => (await ctx.db.selectFrom('entrySubmitters').select('entryId').where('personId', '=', id).execute()).map((row) => row.entryId);

/** Voices carry no account: the fingerprints that this person's would have are looked up. */
async function voiceIds(ctx: Ctx, id: string, own: readonly string[]): Promise<string[]> {
  const hashes = (await voicedEntries(ctx, id)).flatMap((entry) => [voterHash(ctx, entry, id), ...(own.includes(entry) ? [voterHash(ctx, entry, 'sender')] : [])]);
  if (hashes.length === 0) return [NONE];
  return [NONE, ...(await ctx.db.selectFrom('confirmations').select('id').where('voterHash', 'in', hashes).execute()).map((row) => row.id)];
}

async function entriesOf(ctx: Ctx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await ctx.db.selectFrom('entries as e').innerJoin('entrySubmitters as s', 's.entryId', 'e.id').leftJoin('entryPoints as p', 'p.entryId', 'e.id').leftJoin('programRequests as r', 'r.entryId', 'e.id')
    .select(['e.id', 'e.number', 'e.kind', 'e.state', 'e.confidential', 'e.title', 'e.text', 'e.language', 'e.place', 'e.placeWords', 'e.served', 'e.servedCount', 'e.sectors', 'e.channel', 'e.named', 'e.submittedAt', 'e.publishedAt', 'e.answeredAt',
      's.name', 's.contactKind', 's.contact', 'p.lat', 'p.lon', 'r.account as programAccount'])
    .where('e.id', 'in', [...ids]).orderBy('e.submittedAt').execute();
  const messages = await ctx.db.selectFrom('entryMessages').select(['entryId', 'kind', 'text', 'at']).where('entryId', 'in', [...ids]).orderBy('at').execute();
  return rows.map(({ id, ...row }) => ({ ...row, messages: messages.filter((it) => it.entryId === id).map(({ entryId: _, ...it }) => it) }));
}

/** As they are shown, the largest of each; what was just sent and not prepared yet, as it came in. */
async function filesOf(ctx: Ctx, owners: readonly string[]) {
  if (owners.length === 0) return [];
  const { rows } = await sql<{ id: string; media: string; mediaType: string; data: Buffer | null }>`
    with best as (select distinct on (a.id) a.id, a.media, f.variant, f.media_type, length(f.data) as bytes, a.created_at from attachments a join attachment_files f on f.attachment_id = a.id
      where a.owner_id = any(${[...owners]}::uuid[]) order by a.id, length(f.data) desc), summed as (select *, sum(bytes) over (order by created_at, id) as total from best)
    select s.id, s.media, s.media_type as "mediaType", case when s.total <= ${MOST_FILE_BYTES} then (select f.data from attachment_files f where f.attachment_id = s.id and f.variant = s.variant) end as data from summed s`.execute(ctx.db);
  return rows.map(({ data, id, ...row }) => ({ ...row, ...(data ? { base64: data.toString('base64') } : { address: `/files/${id}/large` }) }));
}

/** What would go, for the page that asks twice. */
export async function erasePreview(ctx: Ctx): Promise<ErasePreview> {
  const id = me(ctx);
  const { rows } = await sql<Record<Exclude<keyof ErasePreview, 'staff'>, number> & { staff: boolean }>`select
    (select count(*)::int from entry_submitters s join entries e on e.id = s.entry_id where s.person_id = ${id} and e.state in ('received', 'returned', 'open', 'assigned', 'study')) as withdrawn,
    (select count(*)::int from entry_submitters s join entries e on e.id = s.entry_id where s.person_id = ${id} and e.state not in ('received', 'returned', 'open', 'assigned', 'study', 'withdrawn')) as answered,
    (select count(*)::int from comments where person_id = ${id} and state <> 'withdrawn' and official_role is null) as comments,
    (select count(*)::int from supports where person_id = ${id}) as supports, (select count(*)::int from follows where person_id = ${id}) as follows,
    (select count(*)::int from organisation_members where person_id = ${id} and ended_at is null) as organisations,
    exists (select 1 from person_roles where person_id = ${id}) as staff`.execute(ctx.db);
  return rows[0]!;
}
