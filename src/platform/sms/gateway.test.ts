import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Letter } from '../mail/channel.ts';
import { openGateway, readGateway } from './gateway.ts';

const open: (() => void)[] = [];
afterEach(() => { for (const close of open.splice(0)) close(); });

type Heard = { method: string; path: string; headers: IncomingMessage['headers']; body: string };
/** A server that plays the gateway: it keeps what it hears and answers as told. */
async function gateway(answer: (response: ServerResponse, heard: Heard) => void = (response) => response.end('{"status":"ok"}')) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => { body += part.toString('utf8'); });
    request.on('end', () => {
      const one = { method: request.method!, path: request.url!, headers: request.headers, body };
      heard.push(one);
      answer(response, one);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  open.push(() => { server.closeAllConnections(); server.close(); });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}
const letter = (more: Partial<Letter> = {}): Letter => ({ id: '0198c0de-0000-7000-8000-000000000001', kind: 'sms', to: '+963944555666', subject: '', text: 'أبواب HLB-4827-70: صدر "الردّ" & نُشر.', html: null, stop: null, secret: null, ...more });
const set = (env: Record<string, string>) => openGateway(readGateway(env)!);

test('a JSON gateway gets number, text and key, each written as JSON wants it', async () => {
  const { url, heard } = await gateway();
  const channel = set({ ABWAB_SMS_URL: `${url}/send`, ABWAB_SMS_HEADERS: '{"content-type":"application/json","authorization":"Bearer {secret}"}', ABWAB_SMS_BODY: '{"to":"{to}","message":"{text}","ref":"{id}"}', ABWAB_SMS_SUCCESS: '^200 .*"status":"ok"', ABWAB_SMS_SECRET: 'k"ey' });
  expect(channel.via).toBe('gateway');
  expect(await channel.deliver(letter())).toEqual({ sent: true });
  expect(JSON.parse(heard[0]!.body)).toEqual({ to: '+963944555666', message: letter().text, ref: letter().id });
  expect(heard[0]).toMatchObject({ method: 'POST', path: '/send', headers: { authorization: 'Bearer k"ey' } });
});

test('a form, an XML and a GET gateway get the same, and nothing in the text breaks out of its place', async () => {
  const { url, heard } = await gateway();
  const evil = letter({ text: 'a&to=1<b>"{secret}"\r\nx: y' });
  await set({ ABWAB_SMS_URL: url }).deliver(evil);
  expect(Object.fromEntries(new URLSearchParams(heard[0]!.body))).toEqual({ to: '963944555666', text: evil.text });
  await set({ ABWAB_SMS_URL: url, ABWAB_SMS_HEADERS: '{"content-type":"text/xml"}', ABWAB_SMS_BODY: '<sms><t>{text}</t></sms>' }).deliver(evil);
  expect(heard[1]!.body).toBe('<sms><t>a&#38;to=1&#60;b&#62;&#34;{secret}&#34;\r\nx: y</t></sms>');
  await set({ ABWAB_SMS_URL: `${url}/?to={digits}&t={text}&h={hex}&k={secret}`, ABWAB_SMS_METHOD: 'GET', ABWAB_SMS_SECRET: 'a b' }).deliver(letter({ text: 'أب' }));
  expect(Object.fromEntries(new URL(heard[2]!.path, url).searchParams)).toEqual({ to: '963944555666', t: 'أب', h: '06230628', k: 'a b' });
});

describe('what a gateway answers', () => {
  test.each<[string, (response: ServerResponse) => void, object]>([
    ['500', (r) => r.writeHead(500).end('broken'), { problem: 'refused', lasting: false }],
    ['503', (r) => r.writeHead(503, { 'retry-after': '5' }).end(), { problem: 'refused', lasting: false }],
    ['429', (r) => r.writeHead(429).end(), { problem: 'refused', lasting: false }],
    ['a key that is over', (r) => r.writeHead(401).end(), { problem: 'refused', lasting: false }],
    ['a number that it does not know', (r) => r.writeHead(400).end('bad number'), { problem: 'refused', lasting: true }],
    ['200 and garbage', (r) => r.end(Buffer.from([0xff, 0xfe, 0, 1, 2, 3])), { problem: 'refused', lasting: false }],
    ['200 and an error in words', (r) => r.end('{"status":"error"}'), { problem: 'refused', lasting: false }],
    ['200 and nothing', (r) => r.end(), { problem: 'refused', lasting: false }],
    ['another address', (r) => r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), { problem: 'refused', lasting: false }],
    ['half an answer', (r) => { r.writeHead(200, { 'content-length': '1000' }); r.write('{"status":'); setTimeout(() => r.destroy(), 20); }, { problem: 'unreachable', lasting: false }],
    ['no HTTP', (r) => { r.socket!.end('hello\r\n\r\n'); }, { problem: 'unreachable', lasting: false }],
    ['words without an end', (r) => { r.writeHead(200); const more = () => { if (r.writable) r.write('x'.repeat(16_384), () => setTimeout(more, 1)); }; more(); }, { problem: 'refused', lasting: false }],
  ])('%s', async (_, answer, expected) => {
    const { url } = await gateway(answer);
    expect(await set({ ABWAB_SMS_URL: url, ABWAB_SMS_SUCCESS: '^200 .*"status":"ok"', ABWAB_SMS_TIMEOUT: '50' }).deliver(letter())).toEqual({ sent: false, ...expected });
  });

  test('nothing at all', async () => {
    const { url } = await gateway(() => undefined);
    expect(await set({ ABWAB_SMS_URL: url, ABWAB_SMS_TIMEOUT: '1' }).deliver(letter())).toEqual({ sent: false, problem: 'unreachable', lasting: false });
  });

  test('nobody there, and a number that is none', async () => {
    expect(await set({ ABWAB_SMS_URL: 'http://127.0.0.1:1/' }).deliver(letter())).toEqual({ sent: false, problem: 'unreachable', lasting: false });
    const { url, heard } = await gateway();
    for (const to of ['', '0944555666', '+1', '+963944555666,+963944555667', 'a@example.org', '+963944555666\r\nx']) expect(await set({ ABWAB_SMS_URL: url }).deliver(letter({ to }))).toMatchObject({ problem: 'bad-address', lasting: true });
    expect(heard).toEqual([]);
  });
});

test('a wrong setting stops the start, and no sentence repeats the secret', () => {
  expect(readGateway({})).toBeNull();
  const wrong: Record<string, string>[] = [{ ABWAB_SMS_URL: 'http://gateway.example' }, { ABWAB_SMS_URL: 'nothing' }, { ABWAB_SMS_METHOD: 'DELETE' }, { ABWAB_SMS_HEADERS: '{"authorization": s3cret}' }, { ABWAB_SMS_HEADERS: '["s3cret"]' }, { ABWAB_SMS_SUCCESS: '(' }, { ABWAB_SMS_TIMEOUT: '0' }];
  for (const env of wrong) {
    const read = () => readGateway({ ABWAB_SMS_URL: 'https://gateway.example/send?key={secret}', ABWAB_SMS_SECRET: 's3cret', ...env });
    expect(read).toThrow(/ABWAB_SMS_/);
    try { read(); } catch (error) { expect((error as Error).message).not.toContain('s3cret'); }
  }
  expect(readGateway({ ABWAB_SMS_URL: 'https://gateway.example/send?key={secret}', ABWAB_SMS_SECRET: 's3cret' })).toMatchObject({ method: 'POST', secret: 's3cret' });
});
