/** deploy/nginx.conf as it stands, but for ports and keys, in front of a running site: what a browser and a spy would see. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as overHttp, type IncomingHttpHeaders } from 'node:http';
import { request as overHttps } from 'node:https';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { openSecrets } from '#platform/secrets.ts';
import { freePort, workshop } from './commands.ts';
import { READY, realSite, REPOSITORY, withDatabase } from './real-site.ts';

const here = workshop('test');
let nginx: ChildProcess | null = null;
afterAll(async () => {
  nginx?.kill('SIGQUIT');
  await here.clear();
});
const NAME = 'abwab.example';
const MB = 1024 * 1024;

type Answer = { status: number; headers: IncomingHttpHeaders; text: string };
type Sent = { method?: string; headers?: Record<string, string>; body?: Buffer | string };

function ask(port: number, secure: boolean, path: string, { method = 'GET', headers = {}, body }: Sent = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asked = (secure ? overHttps : overHttp)({ host: '127.0.0.1', port, path, method, agent: false, servername: NAME, rejectUnauthorized: false, headers: { host: NAME, accept: 'text/html', ...length, ...headers } }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => { text += part.toString(); }).on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, text }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function configure(ports: { site: string; plain: number; secure: number }): string {
  const folder = join(here.folder, 'nginx');
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const key = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${NAME}`, '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')], { encoding: 'utf8' });
  expect(key.status, key.stderr).toBe(0);
  let conf = readFileSync(join(REPOSITORY, 'deploy/nginx.conf'), 'utf8');
  const change = (from: string | RegExp, to: string) => {
    expect(conf).toMatch(from);
    conf = conf.replaceAll(from instanceof RegExp ? new RegExp(from, 'g') : from, to);
  };
  change('server 127.0.0.1:3000;', `server 127.0.0.1:${ports.site};`);
  // One address of this machine, one family.
  change(/ +listen \[::\]:.*\n/, '');
  change('listen 80;', `listen 127.0.0.1:${ports.plain};`);
  change('listen 443 ssl', `listen 127.0.0.1:${ports.secure} ssl`);
  change(/\/etc\/letsencrypt\/live\/[^/]+\/fullchain\.pem/, join(folder, 'cert.pem'));
  change(/\/etc\/letsencrypt\/live\/[^/]+\/privkey\.pem/, join(folder, 'key.pem'));
  change('/var/log/nginx/', `${folder}/logs/`);
  change('/opt/abwab/', `${REPOSITORY}/`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
  writeFileSync(join(folder, 'nginx.conf'), `${process.getuid?.() === 0 ? 'user root;' : ''} worker_processes 1; pid ${folder}/pid; error_log ${folder}/logs/error.log; events {} http { ${temporary}\n${conf}\n}\n`);
  return folder;
}

test.runIf(spawnSync('nginx', ['-v']).error === undefined)('https in front: headers, cookies, addresses of people, uploads, the record, and what is said when the site is down', async () => {
  const data = join(here.folder, 'data');
  const site = await realSite(here, data, { ABWAB_PROXY: '1', ABWAB_ORIGIN: `https://${NAME}` });
  const upstream = (await site.says(READY)).split(':').at(-1)!;
  const [plain, secure] = [await freePort(), await freePort()];
  const folder = configure({ site: upstream, plain, secure });
  const conf = join(folder, 'nginx.conf');
  const checked = spawnSync('nginx', ['-t', '-p', folder, '-c', conf], { encoding: 'utf8' });
  expect(checked.status, checked.stderr).toBe(0);
  nginx = spawn('nginx', ['-p', folder, '-c', conf, '-g', 'daemon off;'], { stdio: 'ignore' });
  const get = (path: string, sent: Sent = {}) => ask(secure, true, path, sent);
  for (let up = false; !up;) up = await get('/health').then((it) => it.status === 200, () => wait(50, false));

  expect(await ask(plain, false, '/needs?q=x')).toMatchObject({ status: 301, headers: { location: `https://${NAME}/needs?q=x` } });
  const page = await get('/', { headers: { 'accept-encoding': 'br' } });
  expect(page).toMatchObject({ status: 200, headers: { 'strict-transport-security': expect.stringContaining('max-age=31536000'), 'content-encoding': 'br', 'x-frame-options': 'DENY', server: 'nginx' } });
  const look = await get('/settings', { method: 'POST', body: 'theme=dark', headers: { 'content-type': 'application/x-www-form-urlencoded', origin: `https://${NAME}` } });
  expect([look.status, String(look.headers['set-cookie'])]).toEqual([303, expect.stringMatching(/HttpOnly; Secure; SameSite=Lax/)]);

  // Whoever says to be somebody else is counted by the address that nginx saw.
  const form = { method: 'POST', body: new URLSearchParams({ title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.' }).toString(), headers: { 'content-type': 'application/x-www-form-urlencoded', origin: `https://${NAME}`, 'x-forwarded-for': '203.0.113.9' } };
  const kept = await get('/new/need?/keep', form);
  expect(kept.status).toBe(303);
  const counted = await withDatabase(data, async (client) => (await client.query<{ key: string }>(`select encode(key_hash, 'hex') as key from rate_limits where bucket = 'drafts from network'`)).rows.map((row) => row.key));
  const secrets = openSecrets(data, {});
  const hashOf = (address: string) => secrets.keyedHash('rate limit', secrets.keyedHash('caller', address).toString('base64url').slice(0, 22)).toString('hex');
  expect(counted).toEqual([hashOf('127.0.0.1')]);

  // Five photos of eight megabytes come through to the house, which says itself that these are none; what is larger is turned away at the gate.
  const upload = (bytes: number) => {
    const part = Buffer.concat([Buffer.from('--edge\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'), Buffer.alloc(bytes), Buffer.from('\r\n')]);
    return get(`${new URL(String(kept.headers.location), `https://${NAME}`).pathname}?/keep&d=${new URL(String(kept.headers.location), `https://${NAME}`).searchParams.get('d')}&step=details`, { method: 'POST', body: Buffer.concat([part, part, part, part, part, Buffer.from('--edge--\r\n')]), headers: { 'content-type': 'multipart/form-data; boundary=edge', origin: `https://${NAME}` } });
  };
  const large = await upload(8 * MB);
  expect([large.status, large.text]).toEqual([400, expect.stringContaining('role="alert"')]);
  expect((await upload(11 * MB).catch(() => ({ status: 413 }))).status).toBe(413);

  await expect.poll(async () => (await get('/record/log/checkpoint')).status, { timeout: 120_000 }).toBe(200);
  expect((await get('/record/log/checkpoint')).headers['cache-control']).toBe('no-cache');
  expect((await get('/record/log/vkey')).status).toBe(200);
  expect((await get('/metrics')).status).toBe(404);

  site.child.kill('SIGTERM');
  await site.ended;
  const down = await get('/needs');
  expect([down.status, down.headers['retry-after'], down.headers['cache-control']]).toEqual([503, '5', 'no-store']);
  for (const words of ['لحظة من فضلك', 'One moment, please', 'Bîskekê']) expect(down.text).toContain(words);
}, 600_000);
