/** Passkeys (WebAuthn): the device proves itself and asks its owner for a finger or a PIN, which are two factors in one. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { verifyAuthenticationResponse, verifyRegistrationResponse, type AuthenticationResponseJSON, type RegistrationResponseJSON } from '@simplewebauthn/server';
import type { PersonId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { maySetFactor } from '../access.ts';
import type { Device } from '../model.ts';
import { LIMITS } from '../rules.ts';
import { limit } from './limits.ts';
import { newRecoveryCodes, type Raised } from './second-factor.ts';
import { asPerson, holdSitting, openSitting, raiseSitting, sittingOf } from './sitting.ts';
import { displayName } from './store/persons.ts';
import { credentialIds, deletePasskey, factorsOf, hasFactor, insertPasskey, lockPasskey, savePasskeyUsed, spendChallenge } from './store/factors.ts';

const LIFE_MS = 10 * 60_000;
const MOST = 10;

/**
 * A challenge that proves itself: random bytes, an end, and a keyed mark over both. Showing a page therefore writes
 * nothing; what was used is remembered until its end, so that no answer counts twice.
 */
export async function passkeyChallenge(ctx: Ctx): Promise<string> {
  const body = Buffer.alloc(24);
  randomBytes(18).copy(body);
  body.writeUIntBE(ctx.now.getTime() + LIFE_MS, 18, 6);
  return Buffer.concat([body, mark(ctx, body)]).toString('base64url');
}

const mark = (ctx: Ctx, body: Buffer): Buffer => ctx.secrets.keyedHash('passkey challenge', body.toString('hex')).subarray(0, 16);

function endOf(ctx: Ctx, challenge: string): Date | null {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== 40 || !timingSafeEqual(bytes.subarray(24), mark(ctx, bytes.subarray(0, 24)))) return null;
  const end = new Date(bytes.readUIntBE(18, 6));
  return end > ctx.now ? end : null;
}

export type PasskeyOptions = { challenge: string; rpId: string; user: { id: string; name: string }; exclude: string[] };

/** What the browser needs to make a passkey for the holder of this cookie. */
export async function passkeyOptions(ctx: Ctx, input: { token: string | null; origin: string }): Promise<PasskeyOptions> {
  const it = await sittingOf(ctx, input.token);
  const exclude = await credentialIds(ctx, it.person);
  return {
    challenge: await passkeyChallenge(ctx), rpId: new URL(input.origin).hostname,
    user: { id: Buffer.from(it.person.replaceAll('-', ''), 'hex').toString('base64url'), name: (await displayName(ctx, it.person)) ?? 'Abwab' },
    exclude: exclude.map((id) => id.toString('base64url')),
  };
}

type Answer = { token: string | null; response: string; origin: string };

/** Keeps a new passkey. The first factor also raises the sitting and brings recovery codes. */
export async function addPasskey(ctx: Ctx, input: Answer & { name: string }): Promise<(Raised & { recoveryCodes: string[] }) | null> {
  const it = await holdSitting(ctx, input.token);
  const factors = await factorsOf(ctx, it.person);
  allow(maySetFactor(it, hasFactor(factors)), 'add a passkey');
  if (factors.passkeys.length >= MOST) refuse({ because: 'invalid', fields: { response: 'too-many' } });
  const made = await verified(ctx, input, (expected) => verifyRegistrationResponse({ response: read<RegistrationResponseJSON>(input.response), ...expected }));
  if (!made.registrationInfo) return unverified();
  const { id, publicKey, counter, transports } = made.registrationInfo.credential;
  const kept = await insertPasskey(ctx, {
    personId: it.person, credentialId: Buffer.from(id, 'base64url'), publicKey: Buffer.from(publicKey), counter: BigInt(counter), transports: transports ?? [], name: input.name.slice(0, 60),
  });
  if (!kept) refuse({ because: 'conflict', what: 'passkey' });
  await record(asPerson(ctx, it.person), 'person.factor-set', { kind: 'person', id: it.person }, { public: false, detail: { factor: 'passkey' } });
  if (hasFactor(factors)) return null;
  const recoveryCodes = await newRecoveryCodes(ctx, it.person);
  return { ...(await raiseSitting(ctx, it, 'passkey')), recoveryCodes };
}

/** Signs in with a passkey alone, or raises the sitting of the cookie when it is the same person's. */
export async function signInWithPasskey(ctx: Ctx, input: Answer & { device: Device }): Promise<Raised> {
  await limit(ctx, { ...LIMITS.triesFromNetwork, key: ctx.caller ?? 'none' });
  const response = read<AuthenticationResponseJSON>(input.response);
  const known = typeof response.id === 'string' ? await lockPasskey(ctx, Buffer.from(response.id, 'base64url')) : null;
  if (!known) return unverified();
  const credential = { id: response.id, publicKey: new Uint8Array(known.publicKey), counter: Number(known.counter) };
  const shown = await verified(ctx, input, (expected) => verifyAuthenticationResponse({ response, credential, ...expected }));
  await savePasskeyUsed(ctx, known.id, BigInt(shown.authenticationInfo.newCounter));
  const here = input.token ? await holdSitting(ctx, input.token).catch(() => null) : null;
  if (here?.person === known.personId && here.via !== 'demonstration') return raiseSitting(ctx, here, 'passkey');
  return openSitting(ctx, { person: known.personId as PersonId, via: 'passkey', assurance: 'two', device: input.device });
}

/** Removes one of the own passkeys; never the last factor. */
export async function removePasskey(ctx: Ctx, input: { token: string | null; passkey: string }): Promise<void> {
  const it = await holdSitting(ctx, input.token);
  allow(it.assurance === 'two' && !it.locked, 'remove a passkey');
  const factors = await factorsOf(ctx, it.person);
  if (!factors.totp && factors.passkeys.length === 1) refuse({ because: 'wrong-state', is: 'last-factor', wanted: 'another factor' });
  if (!(await deletePasskey(ctx, it.person, input.passkey))) refuse({ because: 'not-found', what: 'passkey' });
  await record(asPerson(ctx, it.person), 'person.factor-removed', { kind: 'person', id: it.person }, { public: false, detail: { factor: 'passkey' } });
}

type Expected = { expectedChallenge: (challenge: string) => Promise<boolean>; expectedOrigin: string; expectedRPID: string; requireUserVerification: true };

/** Whatever is wrong with an answer from outside, it is one refusal; its words would help only whoever forged it. */
async function verified<T extends { verified: boolean }>(ctx: Ctx, input: Answer, check: (expected: Expected) => Promise<T>): Promise<T> {
  let challenge = '';
  const expected: Expected = {
    expectedChallenge: async (given) => {
      challenge = given;
      return endOf(ctx, given) !== null;
    },
    expectedOrigin: input.origin, expectedRPID: new URL(input.origin).hostname, requireUserVerification: true,
  };
  const result = await check(expected).catch(() => null);
  if (!result?.verified) return unverified();
  if (!(await spendChallenge(ctx, challenge, endOf(ctx, challenge)!))) return unverified();
  return result;
}

const unverified = (): never => refuse({ because: 'invalid', fields: { response: 'unverified' } });

function read<T>(json: string): T {
  try {
    const value: unknown = JSON.parse(json.slice(0, 20_000));
    return typeof value === 'object' && value !== null ? (value as T) : unverified();
  } catch {
    return unverified();
  }
}
