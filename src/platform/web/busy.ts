/** What is said when there is no room: a page of its own, made once for each language, which costs nothing to send. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DIRECTION, LANGS, LOCALE, splitPath, type Lang } from '../i18n/languages.ts';
import { words } from '../i18n/words.ts';
import { problemText } from './problem.ts';

export const RETRY_SECONDS = 5;

const STYLE = `:root{color-scheme:light dark}body{margin:0;background:#fbf9f4;color:#1d1b17;font:1.0625rem/1.8 "Noto Sans Arabic UI","Noto Sans Arabic","Noto Naskh Arabic UI",Tahoma,system-ui,sans-serif}main{max-inline-size:38rem;margin-inline:auto;padding:3rem 1rem}h1{font-size:1.625rem;line-height:1.45;margin:0 0 .5rem}p{margin:0 0 1.5rem}a{color:#235b3c}@media (prefers-color-scheme:dark){body{background:#12160f;color:#f1ede3}a{color:#9fd3ae}}`;
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`;

export type Pause = 'busy' | 'full';
const made = new Map<string, Buffer>();

/** `form`: what was typed is still in the page before this one. */
function pageOf(lang: Lang, why: Pause, form: boolean): Buffer {
  const name = `${lang} ${why} ${form}`;
  const w = words(lang);
  if (!made.has(name)) {
    const title = w.tc('site.pause', why);
    made.set(name, Buffer.from(`<!doctype html>
<html lang="${LOCALE[lang]}" dir="${DIRECTION[lang]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title} — ${w.t('site.name')}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${w.tc('site.pause', `${why}.text`)}${form ? ` ${w.t('site.pause.form')}` : ''}</p><p><a href="${w.href('/')}">${w.t('error.home')}</a></p></main></body></html>
`));
  }
  return made.get(name)!;
}

export function answerBusy(request: IncomingMessage, response: ServerResponse, why: Pause = 'busy'): void {
  const { lang, path } = splitPath((request.url ?? '/').split('?')[0]!);
  const api = path.startsWith('/api/') || path.startsWith('/open311/');
  const body = api ? Buffer.from(problemText(503, why)) : pageOf(LANGS.includes(lang) ? lang : 'ar', why, request.method === 'POST');
  response.writeHead(503, {
    'retry-after': String(RETRY_SECONDS), 'cache-control': 'no-store', 'content-type': api ? 'application/problem+json; charset=utf-8' : 'text/html; charset=utf-8', 'content-length': body.length,
    'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', ...(api ? { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' } : { 'content-security-policy': POLICY, 'x-frame-options': 'DENY' }),
  }).end(request.method === 'HEAD' ? undefined : body);
  // What was sent along is not read: it would take the time that there is not.
  if (request.method === 'POST') request.resume();
}
