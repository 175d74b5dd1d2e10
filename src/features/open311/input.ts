/**
 * What programs may send. The standard asks for all that is wrong at once, so requests are read into what was understood and a code
 * for each parameter that was not. An empty parameter is one that was left out.
 */
import * as v from 'valibot';
import { foldDigits } from '#kernel/digits.ts';
import { cleanText, codePoints, plainText } from '#kernel/text-limits.ts';
import { idSchema } from '#kernel/ids.ts';
import { LONGEST_DESCRIPTION, MOST_REQUESTS, readServiceCode, type Topic } from './model.ts';
import { readMoment } from './rules.ts';

export type Params = Record<string, string>;
export type Problems = Record<string, string>;

/** Names as they are spelled; what is empty was not sent. */
const sent = (params: Params, name: string): string => (params[name] ?? '').trim();

const LIST_ITEMS = 100;
const listOf = (text: string): string[] => text.split(',').map((it) => it.trim()).filter(Boolean).slice(0, LIST_ITEMS);

export type RequestsQuery = {
  numbers: string[] | null; services: Topic[] | null; start: Date | null; end: Date | null; settled: boolean | null; page: number; size: number;
};

/** What a list of requests is asked with. `number` reads one reference number, or gives null. */
export function readRequestsQuery(params: Params, zone: string): { query: RequestsQuery; problems: Problems } {
  const problems: Problems = {};
  const moment = (name: string): Date | null => {
    const text = sent(params, name);
    const at = text === '' ? null : readMoment(text, zone);
    if (text !== '' && at === null) problems[name] = 'not-a-moment';
    return at;
  };
  const codes = listOf(sent(params, 'service_code'));
  const services = codes.map(readServiceCode);
  if (services.includes(null)) problems.service_code = 'unknown';
  const statuses = listOf(sent(params, 'status').toLowerCase());
  if (statuses.some((it) => it !== 'open' && it !== 'closed')) problems.status = 'open-or-closed';
  const numbers = listOf(sent(params, 'service_request_id'));
  const query: RequestsQuery = {
    numbers: numbers.length > 0 ? numbers : null, services: codes.length > 0 ? services.flatMap((it) => it ?? []) : null, start: moment('start_date'), end: moment('end_date'),
    settled: new Set(statuses).size === 1 ? statuses[0] === 'closed' : null, page: whole(params, 'page', 1000, problems) ?? 1, size: whole(params, 'page_size', MOST_REQUESTS, problems) ?? MOST_REQUESTS,
  };
  return { query, problems };
}

function whole(params: Params, name: string, most: number, problems: Problems): number | null {
  const text = foldDigits(sent(params, name));
  if (text === '') return null;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) problems[name] = 'not-a-number';
  return value;
}

export type NewRequest = {
  service: Topic | null; title: string; description: string; point: { lat: number; lon: number } | null; address: string; addressId: string;
  part: string; served: string; servedCount: number | null; showPoint: boolean; name: string; contact: string; /** the parameter that it came in */ contactFrom: 'phone' | 'email'; mail: string; account: string;
};

/** A request to be handed in; everything that is missing or not understood is named. */
export function readNewRequest(params: Params): { request: NewRequest; problems: Problems } {
  const problems: Problems = {};
  const text = (name: string, min: number, max: number, lines = false): string => {
    const clean = cleanText(params[name] ?? '', lines);
    if (codePoints(clean) > max) problems[name] = 'too-long';
    else if (clean === '' ? min > 0 : codePoints(clean) < min) problems[name] = clean === '' ? 'required' : 'too-short';
    return clean;
  };
  const code = sent(params, 'service_code');
  const service = readServiceCode(code);
  if (!service) problems.service_code = code === '' ? 'required' : 'unknown';
  const point = readPoint(params, problems);
  const address = text('address_string', 0, 200);
  const addressId = sent(params, 'address_id').toUpperCase();
  if (!point && !problems.lat && !problems.long && address === '' && addressId === '') problems.lat = 'no-place';
  const count = foldDigits(sent(params, 'attribute[SERVED_COUNT]'));
  if (count !== '' && !/^[1-9]\d{0,6}$/.test(count)) problems['attribute[SERVED_COUNT]'] = 'not-a-number';
  const show = sent(params, 'attribute[SHOW_POINT]').toLowerCase();
  if (!['', 'yes', 'no'].includes(show)) problems['attribute[SHOW_POINT]'] = 'unknown';
  const request: NewRequest = {
    service, point, address, addressId, title: text('attribute[TITLE]', 0, 120), description: text('description', 10, LONGEST_DESCRIPTION, true),
    part: sent(params, 'attribute[PART]').toUpperCase(), served: text('attribute[SERVED]', 0, 160), servedCount: count === '' ? null : Number(count), showPoint: show === 'yes',
    name: [text('first_name', 0, 40), text('last_name', 0, 39)].filter(Boolean).join(' '), contact: sent(params, 'phone') || sent(params, 'email'), contactFrom: sent(params, 'phone') ? 'phone' : 'email', mail: sent(params, 'email'), account: text('account_id', 0, 120),
  };
  return { request, problems };
}

function readPoint(params: Params, problems: Problems): { lat: number; lon: number } | null {
  const [lat, lon] = ['lat', 'long'].map((name) => foldDigits(sent(params, name)).replace('٫', '.')) as [string, string];
  if (lat === '' && lon === '') return null;
  const isDegree = (text: string, most: number) => /^-?\d{1,3}(\.\d{1,15})?$/.test(text) && Math.abs(Number(text)) <= most;
  if (!isDegree(lat, 90)) problems.lat = lat === '' ? 'required' : 'not-a-point';
  if (!isDegree(lon, 180)) problems.long = lon === '' ? 'required' : 'not-a-point';
  return problems.lat || problems.long ? null : { lat: Number(lat), lon: Number(lon) };
}

export type NewUpdate = { number: string; description: string };

/** What the sender adds in the program that handed the request in. */
export function readNewUpdate(params: Params): { update: NewUpdate; problems: Problems } {
  const problems: Problems = {};
  const number = sent(params, 'service_request_id');
  if (number === '') problems.service_request_id = 'required';
  const description = cleanText(params.description ?? '', true);
  if (description === '') problems.description = 'required';
  else if (codePoints(description) < 2) problems.description = 'too-short';
  else if (codePoints(description) > 3000) problems.description = 'too-long';
  return { update: { number, description }, problems };
}

const Whole = v.pipe(v.string('required'), v.transform((text) => foldDigits(text).trim()), v.regex(/^\d{1,5}$/, 'not-a-number'), v.transform(Number), v.minValue(1, 'not-a-number'), v.maxValue(10_000, 'not-a-number'));
/** A key for a program, as the administrator's form has it. */
export const KeySchema = v.object({ name: plainText({ min: 2, max: 120 }), contact: plainText({ min: 3, max: 254 }), perHour: Whole });
export const KeyIdSchema = v.object({ id: idSchema<'key'>() });
