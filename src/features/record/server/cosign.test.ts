/** Those who watch: our own witness in a process of its own, and others that fail in every way; publication waits for none. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { COSIGNATURE, openCheckpoint, parseNote, parsePolicy, signingKey, signLine, verifierText, type Policy, type SigningKey } from '#engines/merkle-log/index.ts';
import { askWitness } from '#platform/tlog/witness-client.ts';
import { recordOf } from '#testing/record.ts';
import { VISITOR, world, type World } from '#testing/world.ts';
import { openCosigner } from './cosign.ts';
import { recordStanding, witnesses } from './index.ts';
import { noteWitnessed, noteWitnesses } from './watch-state.ts';

const HOME = join(import.meta.dirname, '../../../..');
const endings: (() => unknown)[] = [];
afterAll(() => { for (const end of endings) end(); });
type It = Awaited<ReturnType<typeof recordOf>>;

/** `abwab witness`, as somebody else runs it: on a port that is free, on a folder of its own. */
async function ownWitness(it: It, name: string, port = '0'): Promise<{ url: string; vkey: string; child: ChildProcess; ended: Promise<unknown> }> {
  const vkeyOfLog = verifierText(it.key);
  const child = spawn(process.execPath, [join(HOME, 'cli/abwab.ts'), 'witness', '--state', join(it.base, name), '--name', `witness.test/${name}`, '--log', vkeyOfLog, '--port', port], { cwd: HOME, stdio: ['ignore', 'pipe', 'ignore'] });
  endings.push(() => child.kill('SIGKILL'));
  const ended = new Promise((done) => { child.once('close', done); });
  const [, url, vkey] = await new Promise<RegExpExecArray>((done, failed) => {
    let said = '';
    child.stdout!.on('data', (part: Buffer) => { const found = /^READY (\S+) (\S+)$/m.exec((said += part.toString())); if (found) done(found); });
    child.once('close', () => failed(new Error('the witness ended')));
  });
  return { url: url!, vkey: vkey!, child, ended };
}

/** A witness that does what it likes. */
async function hostile(handler: (asked: IncomingMessage & { text: string }, answer: ServerResponse, key: SigningKey) => unknown): Promise<{ url: string; vkey: string }> {
  const key = await signingKey('hostile.test', undefined, COSIGNATURE);
  const server = createServer(async (asked, answer) => {
    let text = '';
    for await (const part of asked) text += String(part);
    await handler(Object.assign(asked, { text }), answer, key);
  });
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  endings.push(() => { server.closeAllConnections(); server.close(); });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, vkey: verifierText(key.verifier) };
}

const policyOf = (members: Record<string, { url: string; vkey: string }>, quorum: number): Policy =>
  parsePolicy([...Object.entries(members).map(([name, { url, vkey }]) => `witness ${name} ${vkey} ${url}`), `group enough ${quorum} ${Object.keys(members).join(' ')}`, 'quorum enough'].join('\n'));
const cosigner = async (it: It, policy: Policy, patience = 500) => openCosigner(await it.parts({ policy, ask: askWitness(patience) }));
const cosignersOf = async (it: It, policy: Policy, file = 'checkpoint') => {
  const note = await it.folder.read(file);
  return note && (await openCheckpoint(note, it.key, [...policy.witnesses.values()].map((one) => one.key))).signed.length - 1;
};
const standingOf = (given: World) => given.as(VISITOR).ask(recordStanding, undefined);

describe('two of three', async () => {
  const given = await world();
  const it = await recordOf(given);
  const [one, two, three] = await Promise.all([ownWitness(it, 'one'), ownWitness(it, 'two'), ownWitness(it, 'three')]);
  const policy = policyOf({ one, two, three }, 2);

  test('cosign what is published; what they have seen is written down, and whom to trust is published too', async () => {
    await it.write(5);
    await it.publishAll();
    expect(await given.as(VISITOR).ask(witnesses, undefined)).toEqual([]);
    const cosign = await cosigner(it, policy, 5_000);
    expect(await cosign()).toHaveLength(3);
    expect([await cosignersOf(it, policy), await cosignersOf(it, policy, 'checkpoint.witnessed')]).toEqual([3, 3]);
    expect(await standingOf(given)).toMatchObject({ witnessed: { size: 5 } });
    expect(await given.as(VISITOR).ask(witnesses, undefined)).toMatchObject(['one', 'two', 'three'].map((name) => ({ name, seen: { size: 5 }, problem: null })));
    expect(parsePolicy(new TextDecoder().decode((await it.folder.read('policy'))!))).toMatchObject({ logs: [{ name: 'log.test/record' }], quorum: 'enough' });
    expect(await cosign()).toEqual([]);
    await it.audit();
  });

  test('when nothing is new they say once an hour that they still watch', async () => {
    const cosign = await cosigner(it, policy, 5_000);
    given.clock.set(new Date(given.clock.now().getTime() + 3_700_000).toISOString());
    expect(await cosign()).toHaveLength(3);
    expect(await cosignersOf(it, policy)).toBe(3);
  });

  test('are enough while one is away; with two away the record goes on, and says that it is not yet witnessed', async () => {
    const cosign = await cosigner(it, policy);
    one.child.kill('SIGKILL');
    await one.ended;
    await it.write(300);
    await it.publishAll();
    expect(await cosign()).toContainEqual({ name: 'one', problem: 'away' });
    expect(await standingOf(given)).toMatchObject({ witnessed: { size: 305 } });
    two.child.kill('SIGTERM');
    await two.ended;
    await it.write(40);
    await it.publishAll();
    await cosign();
    expect((await it.checkpoint()).size).toBe(345);
    expect([await cosignersOf(it, policy), await cosignersOf(it, policy, 'checkpoint.witnessed')]).toEqual([1, 2]);
    expect(await standingOf(given)).toMatchObject({ fault: null, witnessed: { size: 305 } });
    // Whoever comes back, also after being killed, goes on where it was.
    const back = await ownWitness(it, 'one', new URL(one.url).port);
    expect(back.vkey).toBe(one.vkey);
    expect(await (await cosigner(it, policy, 5_000))()).toContainEqual(expect.objectContaining({ name: 'one', line: expect.any(String) }));
    expect(await standingOf(given)).toMatchObject({ witnessed: { size: 345 } });
    await it.audit();
  });

  test('a second one on the same folder does not start', async () => {
    await expect(ownWitness(it, 'three')).rejects.toThrow('ended');
  });

  test('who leaves the policy is named no more', async () => {
    await (await cosigner(it, policyOf({ three }, 1)))();
    expect((await given.as(VISITOR).ask(witnesses, undefined)).map((witness) => witness.name)).toEqual(['three']);
    await openCosigner(await it.parts())();
    expect(await given.as(VISITOR).ask(witnesses, undefined)).toEqual([]);
  });
});

test('witnesses that fail in every way keep nothing from being published, and each is told for what it does', async () => {
  const given = await world();
  const it = await recordOf(given);
  await it.write(3);
  await it.publishAll();
  const stranger = await signingKey('hostile.test', undefined, COSIGNATURE);
  const textOf = (asked: { text: string }) => parseNote(asked.text.slice(asked.text.indexOf('\n\n') + 2)).text;
  const end = (answer: ServerResponse, status: number, body = '') => answer.writeHead(status).end(body);
  let asks = 0;
  const members = {
    slow: await hostile(() => undefined), garbage: await hostile((_, answer) => end(answer, 200, '\u0000\uffff garbage')), huge: await hostile((_, answer) => end(answer, 200, `— hostile.test ${'A'.repeat(200_000)}\n`)),
    otherKey: await hostile(async (asked, answer) => end(answer, 200, await signLine(textOf(asked), stranger, 1_800_000_000))),
    falseLine: await hostile(async (asked, answer, key) => end(answer, 200, await signLine(`${textOf(asked)}more\n`, key, 1_800_000_000))),
    noTime: await hostile(async (asked, answer, key) => end(answer, 200, await signLine(textOf(asked), key, 0))),
    breaks: await hostile((_, answer) => answer.destroy()), ahead: await hostile((_, answer) => end(answer, 409, '1000000\n')), circles: await hostile((_, answer) => { asks += 1; end(answer, 409, `${asks % 3}\n`); }),
    refuses: await hostile((_, answer) => end(answer, 422)), unknown: await hostile((_, answer) => end(answer, 404)), forbids: await hostile((_, answer) => end(answer, 403)), leads: await hostile((_, answer) => answer.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()),
    extra: await hostile(async (asked, answer, key) => end(answer, 200, `${await signLine(textOf(asked), stranger, 5)}${await signLine(textOf(asked), key, 1_800_000_000)}`)),
  };
  const policy = policyOf(members, 2);
  const cosign = await cosigner(it, policy);
  const answers = Object.fromEntries((await cosign()).map((answer) => [answer.name, 'problem' in answer ? answer.problem : 'cosigned']));
  expect(answers).toEqual({
    slow: 'away', garbage: 'false', huge: 'away', otherKey: 'false', falseLine: 'false', noTime: 'false', breaks: 'away', ahead: 'ahead', circles: 'away',
    refuses: 'refuses', unknown: 'stranger', forbids: 'stranger', leads: 'away', extra: 'cosigned',
  });
  expect(asks).toBe(2);
  await it.write(2);
  await it.publishAll();
  expect((await it.checkpoint()).size).toBe(5);
  expect([await it.folder.read('checkpoint.witnessed'), (await standingOf(given)).witnessed]).toEqual([null, null]);
  // Only who answered well is asked again at once.
  expect((await cosign()).map((answer) => answer.name)).toEqual(['extra']);
  expect(parseNote((await it.checkpoint()).note).signatures).toHaveLength(2);
  expect((await given.as(VISITOR).ask(witnesses, undefined)).find((witness) => witness.name === 'ahead')).toMatchObject({ seen: null, problem: { kind: 'ahead' } });
  await it.audit();
});

test('lines for a seal that was replaced meanwhile do not bring it back', async () => {
  const it = await recordOf(await world());
  await it.write(3);
  await it.publishAll();
  const late = await hostile(async (asked, answer, key) => {
    await it.write(4);
    await it.publishAll();
    answer.end(await signLine(parseNote(asked.text.slice(asked.text.indexOf('\n\n') + 2)).text, key, 1_800_000_000));
  });
  const policy = policyOf({ late }, 1);
  await (await cosigner(it, policy, 10_000))();
  expect([(await it.checkpoint()).size, await cosignersOf(it, policy), await cosignersOf(it, policy, 'checkpoint.witnessed')]).toEqual([7, 0, 1]);
});

test('neither a visitor nor somebody with every role says who has seen what', async () => {
  const given = await world();
  const all = await given.person((['administrator', 'auditor', 'coordinator'] as const).map((role) => ({ role })));
  for (const who of [VISITOR, all]) {
    const refused = { refusal: { because: 'not-allowed', to: 'keep the record' } };
    await expect(given.as(who).act(noteWitnesses, { policy: [], answers: [] })).rejects.toMatchObject(refused);
    await expect(given.as(who).act(noteWitnessed, 5)).rejects.toMatchObject(refused);
  }
});
