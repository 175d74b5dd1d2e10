/** Answers of Open311 GeoReport v2: the same facts as JSON or XML, and every refusal as a list in the language of whoever asks. */
import type { RequestEvent } from '@sveltejs/kit';
import { node, writeXml, type Node } from '#platform/web/xml.ts';
import { Refused, type Refusal } from '#kernel/refusal.ts';
import { LANGS, type Lang } from '#platform/i18n/languages.ts';
import { words, type Words } from '#platform/i18n/words.ts';
import { answer, failed, openTo } from '#platform/web/api.ts';
import type { Params } from '#features/open311/input.ts';

export type Asked = { params: Params; lang: Lang; origin: string };
/** `root` is the element around everything, `each` that of a line of the list; an object alone has no `each`. */
export type Facts = { root: string; each?: string; value: object | readonly object[]; headers?: Record<string, string> };

const ONE_OF: Record<string, string> = { attributes: 'attribute', values: 'value', endpoints: 'endpoint', formats: 'format' };
const LARGEST_FORM = 200;

/** Wraps the work of an address: reads what was sent, writes what is said, in the format of its ending. */
export function open311(work: (event: RequestEvent, asked: Asked) => Promise<Facts>) {
  return async (event: RequestEvent): Promise<Response> => {
    const params = Object.fromEntries(event.url.searchParams);
    let lang = langOf(event, params);
    try {
      if (event.request.method === 'POST') Object.assign(params, await formOf(event.request));
      lang = langOf(event, params);
      if (formatOf(event) === null) return errors(event, lang, { because: 'not-found', what: 'format' });
      const strange = otherJurisdiction(event, params);
      if (strange) return errors(event, lang, { because: 'not-found', what: 'jurisdiction_id' });
      const facts = await work(event, { params, lang, origin: event.locals.origin });
      return said(event, facts, params.api_key ? { 'cache-control': 'private, no-store' } : {});
    } catch (error) {
      if (error instanceof Refused) return errors(event, lang, error.refusal);
      const { status, headers } = failed(event, error);
      return list(event, status, [{ code: status, description: wordsOf(event, lang).t(status === 503 ? 'open311.away' : 'error.broken') }], headers);
    }
  };
}

const formatOf = ({ url }: RequestEvent): string | null => /\.(json|xml)$/.exec(url.pathname)?.[1] ?? null;
const wordsOf = (event: RequestEvent, lang: Lang): Words => words(lang, 'latn', event.locals.profile.zone);
const langOf = (event: RequestEvent, params: Params): Lang => LANGS.find((it) => it === params.locale?.slice(0, 2).toLowerCase()) ?? event.locals.lang;

async function formOf(request: Request): Promise<Params> {
  const data = await request.formData().catch(() => null);
  if (!data) throw new Refused({ because: 'invalid', fields: { form: 'unreadable' } });
  // The names of every object's own functions are the names of no parameter.
  return Object.fromEntries([...data].slice(0, LARGEST_FORM).flatMap(([name, value]) => (typeof value === 'string' && !(name in Object.prototype) ? [[name, value.replaceAll('\0', '')]] : [])));
}

/** One installation is one jurisdiction: its profile's code, its place's code or its own address; a program may also leave it out. */
function otherJurisdiction({ locals }: RequestEvent, params: Params): boolean {
  const asked = (params.jurisdiction_id ?? '').trim().toLowerCase();
  return asked !== '' && ![locals.profile.code, locals.profile.root.toLowerCase(), new URL(locals.origin).host].includes(asked);
}

function said(event: RequestEvent, { root, each, value, headers }: Facts, more: Record<string, string>): Response {
  const json = formatOf(event) === 'json';
  const body = json ? JSON.stringify(value) : writeXml(node(root, Array.isArray(value) ? value.map((it: object) => node(each!, nodes(it))) : nodes(value)));
  return answer(event, body, { 'content-type': `${json ? 'application/json' : 'text/xml'}; charset=utf-8`, ...headers, ...more });
}

const nodes = (value: object): Node[] => Object.entries(value).map(([name, it]: [string, unknown]) => {
  if (!Array.isArray(it)) return node(name, it === null || it === undefined ? '' : String(it));
  return node(name, it.map((one: unknown) => node(ONE_OF[name] ?? 'item', typeof one === 'object' && one !== null ? nodes(one) : String(one))));
});

/** A refusal of the site itself: no such address, or one that is asked otherwise. */
export function notAnswered(event: RequestEvent, status: number, headers: Record<string, string>): Response {
  const w = wordsOf(event, langOf(event, Object.fromEntries(event.url.searchParams)));
  return list(event, status, [{ code: status, description: w.t(status === 405 ? 'open311.method' : status < 500 ? 'open311.nothing' : 'error.broken') }], headers);
}

type Problem = { code: number; description: string };

function errors(event: RequestEvent, lang: Lang, refusal: Refusal): Response {
  const w = wordsOf(event, lang);
  const named = (sentence: string, name: string) => `${sentence} (${name})`;
  if (refusal.because === 'invalid') {
    const all = Object.entries(refusal.fields).map(([field, code]) => ({
      code: field === 'api_key' ? 403 : code === 'unknown' && field === 'service_code' ? 404 : 400,
      description: named(w.problem('open311', field.replace(/\[.*/, ''), code) ?? '', field),
    }));
    // The key first: without it nothing else counts.
    all.sort((a, b) => Number(b.code === 403) - Number(a.code === 403) || a.code - b.code);
    return list(event, all[0]?.code ?? 400, all);
  }
  if (refusal.because === 'not-found' || refusal.because === 'gone') return list(event, 404, [{ code: 404, description: named(w.t('open311.nothing'), refusal.what) }]);
  if (refusal.because === 'too-many') return list(event, 429, [{ code: 429, description: w.t('open311.too-many') }], { 'retry-after': String(refusal.retryAfterSeconds) });
  return list(event, 400, [{ code: 400, description: w.tc('open311.refused', refusal.because) }]);
}

function list(event: RequestEvent, status: number, problems: readonly Problem[], headers: Record<string, string> = {}): Response {
  const json = formatOf(event) !== 'xml';
  const body = json ? JSON.stringify(problems) : writeXml(node('errors', problems.map((it) => node('error', nodes(it)))));
  return new Response(body, { status, headers: openTo({ 'content-type': `${json ? 'application/json' : 'text/xml'}; charset=utf-8`, 'cache-control': 'no-store', ...headers }) });
}
