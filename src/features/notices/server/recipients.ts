/** Whom a piece of news concerns: people around an entry, or staff. */
import type { BodyId } from '#kernel/ids.ts';
import { LANGS, type Lang } from '#platform/i18n/languages.ts';
import { peopleConcerned } from '../../intake/server/index.ts';
import { membersConcerned, speakersConcerned, waitsForSecond } from '../../organisations/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Audience, News, Recipient, Room } from '../model.ts';
import { accounts, holdersOf, roleWaits } from './queries.ts';
import { subscribersOf } from './subscription-queries.ts';

const HIGHEST_LEVEL = 3;

/** Each once; whoever wants no letters is left out. */
export async function recipientsOf(ctx: Ctx, audience: Audience, news: News): Promise<Recipient[]> {
  const all = await everybody(ctx, audience, news);
  return all.filter((it) => !('person' in it) || it.rhythm !== 'none');
}

async function everybody(ctx: Ctx, audience: Audience, news: News): Promise<Recipient[]> {
  switch (audience) {
    case 'sender': case 'followers': case 'voices': return news.entry ? [...(await concerned(ctx, news.entry.id, news.by, audience)), ...(audience === 'sender' ? [] : await subscribersOf(ctx, news, 'entry'))] : [];
    case 'officers': return staff(ctx, news.body ? await holdersOf(ctx, 'officer', news.body) : [], 'desk', news.by);
    case 'body': return news.body ? staff(ctx, [...(await holdersOf(ctx, 'officer', news.body)), ...(await holdersOf(ctx, 'head', news.body))], 'desk', news.by) : [];
    case 'heads': return headsOf(ctx, news.body, news.by);
    case 'ladder': return ladder(ctx, news);
    case 'subscribers': return subscribersOf(ctx, news, 'topics');
    case 'author': return accounts(ctx, others([news.author], news.by));
    case 'answered': return accounts(ctx, others([news.answered], news.by));
    case 'members': return accounts(ctx, others(await membersConcerned(ctx, news.subject), news.by));
    case 'speakers': return accounts(ctx, others(await speakersConcerned(ctx, news.subject), news.by));
    case 'seconds': return staff(ctx, await secondsFor(ctx, news.subject), 'gov', news.by);
    case 'registry': return staff(ctx, await holdersOf(ctx, 'registry', null), 'gov', news.by);
    case 'administrators': return (await roleWaits(ctx, news.subject)) ? staff(ctx, await holdersOf(ctx, 'administrator', null), 'desk', news.by) : [];
  }
}

const others = (ids: readonly (string | null | undefined)[], by: string | null): string[] => ids.flatMap((id) => (id && id !== by ? [id] : []));

/** The registry and the governor's office, while the proposal waits; not those who are or were of the organisation. */
async function secondsFor(ctx: Ctx, organisation: string): Promise<string[]> {
  const { waits, barred } = await waitsForSecond(ctx, organisation);
  const all = waits ? [...(await holdersOf(ctx, 'registry', null)), ...(await holdersOf(ctx, 'coordinator', null))] : [];
  return all.filter((id) => !barred.includes(id));
}

/** Whoever moderates; the governor's office where nobody else does. */
export async function moderators(ctx: Ctx): Promise<Recipient[]> {
  const ids = await holdersOf(ctx, 'moderator', null);
  return ids.length > 0 ? staff(ctx, ids, 'gov', null) : office(ctx, null);
}

/** Senders by account or by the contact they left; then who follows, and who has a voice. Whoever did it knows it. */
async function concerned(ctx: Ctx, entryId: string, by: string | null, audience: 'sender' | 'followers' | 'voices'): Promise<Recipient[]> {
  const people = await peopleConcerned(ctx, entryId);
  const senders = audience === 'sender' ? people.senders.filter((it) => it.entry.id === entryId) : people.senders;
  const others = [...(audience === 'sender' ? [] : people.followers), ...(audience === 'voices' ? people.supporters : [])].filter((id) => id !== by);
  const known = await accounts(ctx, [...new Set([...senders.flatMap((it) => it.personId ?? []), ...others])]);
  const contacts = senders.flatMap((it): Recipient[] => (it.personId || !it.contactKind || !it.contact ? []
    : [{ contact: { kind: it.contactKind, value: it.contact }, language: languageOf(it.language), entry: it.entry }]));
  return [...known, ...contacts];
}

const languageOf = (text: string): Lang => LANGS.find((lang) => lang === text) ?? 'ar';

async function staff(ctx: Ctx, ids: readonly string[], room: Room, by: string | null): Promise<Recipient[]> {
  const all = await accounts(ctx, [...new Set(ids.filter((id) => id !== by))]);
  return all.map((it) => ({ ...it, room }));
}

/** The governor's office approves for a body without a head, and what a head wrote: nobody approves the own answer. */
async function headsOf(ctx: Ctx, body: BodyId | null, by: string | null): Promise<Recipient[]> {
  const heads = body ? await holdersOf(ctx, 'head', body) : [];
  const alone = heads.length === 0 || (by !== null && heads.includes(by));
  return [...(await staff(ctx, heads, 'desk', by)), ...(alone ? await office(ctx, by) : [])];
}

const office = async (ctx: Ctx, by: string | null): Promise<Recipient[]> => staff(ctx, await holdersOf(ctx, 'coordinator', null), 'gov', by);

/** Officers, then the head of the body, then the governor's office. */
async function ladder(ctx: Ctx, { body, level, by }: News): Promise<Recipient[]> {
  if (level >= HIGHEST_LEVEL || !body) return office(ctx, by);
  const officers = level === 1 ? await holdersOf(ctx, 'officer', body) : [];
  return officers.length > 0 ? staff(ctx, officers, 'desk', by) : headsOf(ctx, body, by);
}
