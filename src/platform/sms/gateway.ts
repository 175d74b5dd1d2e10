/**
 * SMS through whatever gateway has an HTTP address: address, method, headers, body and what counts as success are configuration.
 * In address, headers and body stand {to} (+963…), {digits} (without the plus), {text}, {hex} (UCS-2, for gateways that want it),
 * {id} (the same when it is tried again) and {secret}; each is written as its place demands. The secret is in no log and on no page.
 */
import type { Channel, Delivery, Letter } from '../mail/channel.ts';

export type Gateway = { url: string; method: 'POST' | 'GET' | 'PUT'; headers: Record<string, string>; body: string; success: RegExp; secret: string; timeoutMs: number };

const MOST_READ = 64 * 1024;
// The gateway’s own trouble, not the recipient’s: a key that is over, too much at once, a time-out.
const NOT_ITS_FAULT = new Set([401, 403, 407, 408, 425, 429]);
const PHONE = /^\+[1-9]\d{7,14}$/;

type Write = (value: string) => string;
const plain: Write = (value) => value.replace(/[\r\n\0]/g, ' ');
const inJson: Write = (value) => JSON.stringify(value).slice(1, -1);
const inXml: Write = (value) => value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function writerOf(headers: Record<string, string>): Write {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (/json/i.test(type)) return inJson;
  if (/xml/i.test(type)) return inXml;
  return /text\/plain/i.test(type) ? (value) => value : encodeURIComponent;
}

const filled = (template: string, values: Record<string, string>, write: Write): string => template.replace(/\{(to|digits|text|hex|id|secret)\}/g, (_, name: string) => write(values[name]!));

const hex = (text: string): string => Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('').toUpperCase();

export function openGateway(it: Gateway): Channel {
  return { via: 'gateway', deliver: async (letter) => (PHONE.test(letter.to) ? send(it, letter) : { sent: false, problem: 'bad-address', lasting: true }) };
}

async function send(it: Gateway, letter: Letter): Promise<Delivery> {
  const values = { to: letter.to, digits: letter.to.slice(1), text: letter.text, hex: hex(letter.text), id: letter.id, secret: it.secret };
  const headers = Object.fromEntries(Object.entries(it.headers).map(([name, value]) => [name, filled(value, values, plain)]));
  try {
    const answer = await fetch(filled(it.url, values, encodeURIComponent), {
      method: it.method, headers, redirect: 'manual', signal: AbortSignal.timeout(it.timeoutMs), ...(it.method === 'GET' ? {} : { body: filled(it.body, values, writerOf(it.headers)) }),
    });
    const said = `${answer.status} ${await beginningOf(answer)}`;
    if (it.success.test(said)) return { sent: true };
    return { sent: false, problem: 'refused', lasting: answer.status >= 400 && answer.status < 500 && !NOT_ITS_FAULT.has(answer.status) };
  } catch {
    // No answer, half an answer, or one that is no HTTP: nobody is there.
    return { sent: false, problem: 'unreachable', lasting: false };
  }
}

/** As much as a success can be told by; a gateway that never stops talking is cut off. */
async function beginningOf(answer: Response): Promise<string> {
  if (!answer.body) return '';
  const bytes: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
    bytes.push(part);
    if ((size += part.length) >= MOST_READ) break;
  }
  return Buffer.concat(bytes).subarray(0, MOST_READ).toString('utf8');
}

/** From the environment; null when no gateway is named. A wrong value stops the start with a sentence that does not repeat the secret. */
export function readGateway(env: NodeJS.ProcessEnv): Gateway | null {
  if (!env.ABWAB_SMS_URL) return null;
  const secret = env.ABWAB_SMS_SECRET ?? '';
  return {
    url: address(env.ABWAB_SMS_URL), method: method(env.ABWAB_SMS_METHOD ?? 'POST'), headers: headersOf(env.ABWAB_SMS_HEADERS ?? '{"content-type": "application/x-www-form-urlencoded"}'),
    body: env.ABWAB_SMS_BODY ?? 'to={digits}&text={text}', success: pattern(env.ABWAB_SMS_SUCCESS ?? '^2\\d\\d '), secret, timeoutMs: seconds(env.ABWAB_SMS_TIMEOUT ?? '15') * 1000,
  };
}

function address(text: string): string {
  const url = URL.parse(text.replace(/\{\w+\}/g, '0'));
  const here = url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (!url || (url.protocol !== 'https:' && !here)) throw new Error('ABWAB_SMS_URL must be an https address; http only on this machine.');
  return text;
}

function method(text: string): Gateway['method'] {
  if (text !== 'POST' && text !== 'GET' && text !== 'PUT') throw new Error('ABWAB_SMS_METHOD is POST, PUT or GET.');
  return text;
}

function headersOf(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (value !== null && typeof value === 'object' && !Array.isArray(value) && Object.values(value).every((it) => typeof it === 'string')) return value as Record<string, string>;
  } catch { /* said below, without what was written there */ }
  throw new Error('ABWAB_SMS_HEADERS must be a JSON object of texts, like {"content-type": "application/json", "authorization": "Bearer {secret}"}.');
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, 's');
  } catch {
    throw new Error('ABWAB_SMS_SUCCESS must be a regular expression over «status, space, answer», like ^200 .*"status":"ok".');
  }
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 120) throw new Error('ABWAB_SMS_TIMEOUT is whole seconds, 1 to 120.');
  return value;
}
