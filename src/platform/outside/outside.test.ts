import { createServer, request as plain } from 'node:http';
import type { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openPost } from './post.ts';
import { isOwnNetwork, isPublicAddress } from './public-address.ts';

test.each([
  '127.0.0.1', '127.255.255.254', '0.0.0.0', '10.0.0.1', '100.64.0.1', '169.254.169.254', '169.254.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.0.170', '198.18.0.1', '224.0.0.1', '255.255.255.255', '240.0.0.1',
  '::', '::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:8.8.8.8', '::ffff:a9fe:a9fe', '64:ff9b::a9fe:a9fe', '64:ff9b::7f00:1', '64:ff9b:1::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '2001:db8::1', '2001:0:4136:e378::1', '2002:7f00:1::', '2002:a9fe:a9fe::1', '100::1', '3fff::1',
  'localhost', '', '0x7f.1', '2130706433', '127.1', '1.2.3', '::g', '8.8.8.8:80',
])('%s is not everybody’s', (address) => expect(isPublicAddress(address)).toBe(false));

test.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.1', '169.253.255.255', '2606:4700:4700::1111', '2a00:1450:4001::1', '2001:4860:4860::8888'])('%s is', (address) => expect(isPublicAddress(address)).toBe(true));

test('no private address is taken for a public one, however it is written', () => {
  const inside = fc.oneof(fc.tuple(fc.constant(10), fc.nat(255), fc.nat(255), fc.nat(255)), fc.tuple(fc.constant(127), fc.nat(255), fc.nat(255), fc.nat(255)), fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)), fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)));
  fc.assert(fc.property(inside, ([a, b, c, d]) => {
    const hex = (value: number) => value.toString(16).padStart(2, '0');
    for (const text of [`${a}.${b}.${c}.${d}`, `::ffff:${a}.${b}.${c}.${d}`, `::ffff:${hex(a)}${hex(b)}:${hex(c)}${hex(d)}`, `::${a}.${b}.${c}.${d}`, `64:ff9b::${a}.${b}.${c}.${d}`, `2002:${hex(a)}${hex(b)}:${hex(c)}${hex(d)}::1`]) expect([text, isPublicAddress(text)]).toEqual([text, false]);
  }));
});

test.each(['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '①②⑦.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.5', '169.254.169.254', 'localhost', 'LocalHost.', 'app.localhost', 'printer.local', 'db.internal', 'nas.home.arpa'])('%s is known for a neighbour without being looked up', (host) => {
  expect(isOwnNetwork(new URL(`https://${host}/`).hostname)).toBe(true);
});
test.each(['8.8.8.8', '[2606:4700:4700::1111]', 'hooks.example', 'local.example', 'internal.example'])('%s may be anybody’s', (host) => expect(isOwnNetwork(new URL(`https://${host}/`).hostname)).toBe(false));

const heard: { path: string; headers: Record<string, unknown>; body: string }[] = [];
const server = createServer((asked, answer) => {
  let body = '';
  asked.on('data', (part: Buffer) => { body += part.toString(); });
  asked.on('end', () => {
    heard.push({ path: asked.url ?? '', headers: asked.headers, body });
    if (asked.url === '/silent') return;
    if (asked.url === '/away') answer.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    else answer.writeHead(asked.url === '/broken' ? 500 : 204).end();
  });
}).listen(0, '127.0.0.1');
await new Promise((ready) => { server.once('listening', ready); });
const port = (server.address() as AddressInfo).port;
afterAll(() => { server.closeAllConnections(); server.close(); });

/** The real way to ask, over a connection without a certificate, to a machine that stands for one outside. */
const options = { allowed: (address: string) => address === '127.0.0.1', ask: plain as unknown as typeof request, timeoutMs: 50_000 };
const via = (addresses: readonly string[], more: object = {}) => openPost({ ...options, resolve: async () => addresses, ...more });

test('it is sent to the address that was checked, under the name that was asked for', async () => {
  expect(await via(['127.0.0.1'])(`https://hooks.example:${port}/in?x=1`, '{"a":"ب"}', { 'webhook-id': 'one' })).toMatchObject({ status: 204 });
  expect(heard.at(-1)).toMatchObject({ path: '/in?x=1', body: '{"a":"ب"}', headers: { host: `hooks.example:${port}`, 'webhook-id': 'one' } });
});

test('a resolver that lies is asked once: one closed address among the open ones is enough, and a second answer is never heard', async () => {
  expect(await via(['127.0.0.1', '10.0.0.1'])(`https://hooks.example:${port}/`, '', {})).toMatchObject({ problem: 'own-network' });
  let asked = 0;
  const rebinding = openPost({ ...options, resolve: async () => (asked++ === 0 ? ['127.0.0.1'] : ['10.0.0.1']) });
  expect(await rebinding(`https://hooks.example:${port}/pinned`, '', {})).toMatchObject({ status: 204 });
  expect(asked).toBe(1);
  expect(await rebinding(`https://hooks.example:${port}/pinned`, '', {})).toMatchObject({ problem: 'own-network' });
  expect(heard.filter((it) => it.path === '/pinned')).toHaveLength(1);
});

test('by its own rules nothing inside is called: neither by number nor by a name that leads there', async () => {
  const before = heard.length;
  const real = { ask: plain as unknown as typeof request };
  for (const url of [`https://127.0.0.1:${port}/`, `https://[::1]:${port}/`, `https://[::ffff:127.0.0.1]:${port}/`, `https://0x7f000001:${port}/`, `https://2130706433:${port}/`, 'https://169.254.169.254/latest/meta-data', `https://localhost:${port}/`]) {
    expect([url, await openPost(real)(url, '', {})]).toMatchObject([url, { problem: 'own-network' }]);
  }
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '169.254.169.254', 'fd00:ec2::254', '0.0.0.0']) {
    expect(await openPost({ ...real, resolve: async () => ['8.8.8.8', address] })('https://hooks.example/', '', {})).toMatchObject({ problem: 'own-network' });
  }
  expect(heard).toHaveLength(before);
});

test('nothing is followed, nobody is waited for, and what failed says why', async () => {
  expect(await via(['127.0.0.1'])(`https://hooks.example:${port}/away`, '', {})).toMatchObject({ status: 302 });
  expect(await via(['127.0.0.1'])(`https://hooks.example:${port}/broken`, '', {})).toMatchObject({ status: 500 });
  expect(await via(['127.0.0.1'], { timeoutMs: 400 })(`https://hooks.example:${port}/silent`, '', {})).toMatchObject({ problem: 'too-slow' });
  expect(await via([])('https://hooks.example/', '', {})).toMatchObject({ problem: 'no-address' });
  expect(await via(['127.0.0.1'])('https://hooks.example:1/', '', {})).toMatchObject({ problem: 'unreachable' });
});
