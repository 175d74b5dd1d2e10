import { parseReference } from '#kernel/reference-number.ts';
import { refuse } from '#kernel/refusal.ts';
import { localDate, parseDate, type PlainDate } from '#kernel/working-days.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import type { Words } from '#platform/i18n/words.ts';
import { answersOf } from '../../answers/server/index.ts';
import { attachmentsOf } from '../../attachments/server/index.ts';
import { commitmentsOf } from '../../commitments/server/index.ts';
import { listRequests, type RequestRow } from '../../intake/server/index.ts';
import { allSectors, middlesOf, type Point } from '../../places/server/index.ts';
import type { Sector } from '../../places/model.ts';
import { publicMoments } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { readRequestsQuery, type Params } from '../input.ts';
import { serviceCode, type ServiceKind } from '../model.ts';
import { dayBegins, dayEnds, describe, momentIn, readRange } from '../rules.ts';
import type { ServiceRequest } from '../views.ts';
import { readKey } from './keys.ts';
import { familyOf, knownTopic, nameOf, wordsFor } from './services.ts';
import { entriesOfKey, entryOfToken } from './store.ts';

export type Asked = { params: Params; lang: Lang; origin: string };

/**
 * Public entries as requests, newest first; `more` when another page follows. A program that shows its key also finds what it handed in
 * itself and nobody has published: where it stands, without its words.
 */
export async function requestList(ctx: Ctx, { params, lang, origin }: Asked): Promise<{ items: ServiceRequest[]; more: boolean }> {
  const { query, problems } = readRequestsQuery(params, ctx.profile.zone);
  const sectors = await allSectors(ctx);
  const topics = query.services?.map((it) => knownTopic(it, sectors)) ?? null;
  if (topics?.includes(null)) problems.service_code = 'unknown';
  const range = readRange(query.start, query.end, ctx.now, ctx.profile.zone);
  if (!query.numbers && !range && !problems.start_date && !problems.end_date) problems.start_date = 'range';
  if (Object.keys(problems).length > 0) refuse({ because: 'invalid', fields: problems });
  const numbers = query.numbers?.flatMap((it) => parseReference(it, ctx.profile.prefix) ?? []) ?? null;
  const rows = await listRequests(ctx, {
    numbers, since: range?.since ?? null, until: range?.until ?? null, settled: query.settled, own: numbers ? await ownEntries(ctx, params) : [], limit: query.size + 1, skip: (query.page - 1) * query.size,
    topics: topics?.flatMap((it) => (it ? [{ kind: it.kind, sectors: familyOf(it.sector, sectors) }] : [])) ?? null,
  });
  return { items: await asRequests(ctx, rows.slice(0, query.size), { lang, origin, sectors }), more: rows.length > query.size };
}

const ownEntries = async (ctx: Ctx, params: Params): Promise<string[]> => {
  const key = params.api_key ? await readKey(ctx, params.api_key) : null;
  return key ? entriesOfKey(ctx, key) : [];
};

/** One request by its number. What is not public is not found, except by the program that handed it in. */
export async function requestWhole(ctx: Ctx, { number, params, lang, origin }: Asked & { number: string }): Promise<ServiceRequest> {
  const known = parseReference(number, ctx.profile.prefix) ?? refuse({ because: 'not-found', what: 'service_request_id' });
  const rows = await listRequests(ctx, { numbers: [known], since: null, until: null, settled: null, topics: null, own: await ownEntries(ctx, params), limit: 1, skip: 0 });
  const [found] = await asRequests(ctx, rows, { lang, origin, sectors: await allSectors(ctx) });
  return found ?? refuse({ because: 'not-found', what: 'service_request_id' });
}

/** The number behind a token. Whoever has the token was given it when the request was handed in. */
export async function requestOfToken(ctx: Ctx, { token }: { token: string }): Promise<{ service_request_id: string; token: string }> {
  const known = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token) ? token : refuse({ because: 'not-found', what: 'token' });
  const id = await entryOfToken(ctx, known);
  const [row] = await listRequests(ctx, { numbers: null, since: null, until: null, settled: null, topics: null, own: [id], only: [id], limit: 1, skip: 0 });
  return row ? { service_request_id: row.number, token } : refuse({ because: 'not-found', what: 'token' });
}

type Around = { lang: Lang; origin: string; sectors: readonly Sector[] };

async function asRequests(ctx: Ctx, rows: readonly RequestRow[], around: Around): Promise<ServiceRequest[]> {
  const ids = rows.map((it) => it.id);
  const answers = await answersOf(ctx, { entryIds: ids, publicOnly: true });
  const due = new Map<string, string>();
  for (const it of await commitmentsOf(ctx, { subjectIds: ids, publicOnly: true })) if (it.due > (due.get(it.subjectId) ?? '')) due.set(it.subjectId, it.due);
  const photos = (await attachmentsOf(ctx, { ownerIds: ids, publicOnly: true })).filter((it) => it.media === 'photo');
  const moments = await publicMoments(ctx, ids);
  const middles = await middlesOf(ctx, rows.flatMap((it) => (it.words && it.place ? [it.place.code] : [])));
  const w = wordsFor(ctx, around.lang);
  return rows.map((row) => {
    const photo = photos.find((it) => it.ownerId === row.id);
    return requestOf(ctx, w, row, {
      sectors: around.sectors, notes: answers.find((it) => it.entryId === row.id && it.state === 'published')?.summary ?? null, due: due.get(row.id) ?? row.answerDue,
      heard: moments.get(row.id) ?? null, middle: row.place ? (middles.get(row.place.code) ?? null) : null, photo: photo ? `${around.origin}/files/${photo.id}/large` : null,
    });
  });
}

type Beside = { sectors: readonly Sector[]; notes: string | null; due: string | null; heard: Date | null; middle: Point | null; photo: string | null };

function requestOf(ctx: Ctx, w: Words, row: RequestRow, it: Beside): ServiceRequest {
  const { zone } = ctx.profile;
  const first = it.sectors.find((one) => one.code === row.sectors[0]);
  const main = first?.parent ? (it.sectors.find((one) => one.code === first.parent) ?? null) : (first ?? null);
  const kind = row.kind as ServiceKind;
  // Of the day: the hour would give whoever wrote away.
  const asked = dayBegins(localDate(row.submittedAt, zone), zone);
  const heard = it.heard && it.heard > asked ? it.heard : asked;
  const due = it.due === null ? null : (parseDate(it.due) as PlainDate);
  const at = row.point ? { lat: rounded(row.point.lat), lon: rounded(row.point.lon) } : it.middle;
  return {
    service_request_id: row.number, status: row.settled ? 'closed' : 'open', status_notes: it.notes ?? (row.words ? w.tc('intake.state', row.state) : w.t('open311.not-public', { state: w.tc('intake.state', row.state) })),
    service_name: nameOf(w, kind, main), service_code: serviceCode({ kind, sector: main?.code ?? null }), description: row.words ? describe(row.title, row.text) : null,
    agency_responsible: row.body ? w.name(row.body.names) : null, service_notice: null, requested_datetime: momentIn(asked, zone), updated_datetime: momentIn(heard, zone),
    expected_datetime: due && momentIn(dayEnds(due, zone), zone), address: row.words ? [row.placeWords, row.place ? w.name(row.place.names) : ''].filter(Boolean).join(w.lang === 'ar' ? '، ' : ', ') || null : null,
    address_id: row.words ? (row.place?.code ?? null) : null, zipcode: null, lat: row.words ? (at?.lat ?? null) : null, long: row.words ? (at?.lon ?? null) : null, media_url: row.words ? it.photo : null,
  };
}

/** About a metre: more digits say nothing. */
const rounded = (degree: number): number => Math.round(degree * 1e5) / 1e5;
