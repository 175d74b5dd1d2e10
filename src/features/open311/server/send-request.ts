import { createHash } from 'node:crypto';
import { refuse } from '#kernel/refusal.ts';
import { limit } from '../../people/server/index.ts';
import { allSectors, placeAt, placeNames } from '../../places/server/index.ts';
import { readContact, submitEntry } from '../../intake/server/index.ts';
import type { Lang } from '#platform/i18n/languages.ts';
import type { Ctx } from '../../context.ts';
import { readNewRequest, type NewRequest, type Params, type Problems } from '../input.ts';
import type { ApiKey } from '../model.ts';
import { titleFrom } from '../rules.ts';
import type { HandedIn } from '../views.ts';
import { useKey } from './keys.ts';
import { familyOf, knownTopic, wordsFor } from './services.ts';
import { insertRequest } from './store.ts';

/** `repeat`: the program's own name for this one request (Idempotency-Key), so that sending it again is safe. */
export type Sent = { params: Params; lang: Lang; repeat: string | null };

/**
 * Takes a request from a program at the door, as from anybody: it waits for triage and gets the same clock. Everything that is wrong is
 * refused at once, by parameter. The same request sent again, by its name or word for word on one day, is the same entry.
 */
export async function sendRequest(ctx: Ctx, { params, lang, repeat }: Sent): Promise<HandedIn> {
  const key = params.api_key ? await useKey(ctx, params.api_key) : null;
  const { request, problems } = readNewRequest(params);
  if (!key) problems.api_key = params.api_key ? 'unknown' : 'required';
  const place = await placeOf(ctx, request, problems);
  const sectors = await sectorsOf(ctx, request, problems);
  checkContact(request, problems);
  if (Object.keys(problems).length > 0 || !key || !request.service) return refuse({ because: 'invalid', fields: problems });
  await limit(ctx, { bucket: 'requests by key', key: key.id, max: key.perHour, perSeconds: 3600 });
  const receipt = await submitEntry(ctx, {
    once: onceOf(ctx, key, params, repeat), kind: request.service.kind, title: request.title || titleFrom(request.description), text: request.description, language: lang, place, placeWords: request.address,
    point: request.point ? `${request.point.lat.toFixed(7)}, ${request.point.lon.toFixed(7)}` : '', showPoint: request.showPoint, sectors, served: request.served, servedCount: request.servedCount,
    contact: request.contact, name: request.name, named: false, channel: 'api',
  });
  await insertRequest(ctx, { entryId: receipt.id, keyId: key.id, token: uuidOf(`token ${receipt.id} ${ctx.secrets.derive('open311 token')}`), account: request.account, at: ctx.now });
  const w = wordsFor(ctx, lang);
  const said = [receipt.answerDue ? w.t('open311.notice', { date: w.date(receipt.answerDue) }) : '', receipt.key ? w.t('open311.notice.key', { key: receipt.key.replace(/(\d{4})(?=\d)/g, '$1 ') }) : '', params.media_url ? w.t('open311.notice.media') : ''];
  return { service_request_id: receipt.number, service_notice: said.filter(Boolean).join(' '), account_id: request.account || null };
}

/** A named place, or the one around the point; a point outside of the governorate is no place of ours. */
async function placeOf(ctx: Ctx, request: NewRequest, problems: Problems): Promise<string> {
  if (request.addressId !== '') {
    if (!/^[A-Z0-9]{2,20}$/.test(request.addressId) || (await placeNames(ctx, [request.addressId])).size === 0) problems.address_id = 'unknown';
    return request.addressId;
  }
  if (!request.point) return '';
  const found = await placeAt(ctx, request.point);
  if (!found) problems.lat = 'outside';
  return found ?? '';
}

async function sectorsOf(ctx: Ctx, request: NewRequest, problems: Problems): Promise<string[]> {
  const all = await allSectors(ctx);
  const topic = knownTopic(request.service, all);
  if (request.service && !topic) problems.service_code = 'unknown';
  if (!topic?.sector) return [];
  if (request.part === '') return [topic.sector];
  if (!familyOf(topic.sector, all).includes(request.part)) problems['attribute[PART]'] = 'unknown';
  return [request.part];
}

/** A phone number is asked for first: mail is read by few. */
function checkContact(request: NewRequest, problems: Problems): void {
  const given = [[request.contactFrom, request.contact], ...(request.mail !== '' && request.contactFrom === 'phone' ? [['email', request.mail]] : [])] as const;
  for (const [field, text] of given) {
    try {
      if (readContact(text)?.kind === (field === 'email' ? 'phone' : 'mail')) problems[field] = 'not-a-contact';
    } catch {
      problems[field] = 'not-a-contact';
    }
  }
}

function onceOf(ctx: Ctx, key: ApiKey, params: Params, repeat: string | null): string {
  if (repeat) return uuidOf(`repeat ${key.id} ${repeat}`);
  const { api_key: _, ...said } = params;
  return uuidOf(`words ${key.id} ${ctx.now.toISOString().slice(0, 10)} ${JSON.stringify(Object.entries(said).sort())}`);
}

/** A name of 122 bits, as RFC 9562 has it for those that are computed (version 8). */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
