/** The second factor: a time-based code (RFC 6238), or one of eight recovery codes on paper. */
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { foldDigits } from '#kernel/digits.ts';
import type { PersonId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { maySetFactor } from '../access.ts';
import type { Sitting } from '../model.ts';
import { LIMITS, readDigits, RECOVERY_CODES } from '../rules.ts';
import { counted } from './limits.ts';
import { asPerson, holdSitting, raiseSitting, sittingOf, type Tried } from './sitting.ts';
import { factorsOf, hasFactor, insertTotp, lockTotp, replaceRecoveryCodes, saveStep, useRecoveryCode, type Factors } from './store/factors.ts';

const ISSUER = 'Abwab';
const PERIOD = 30;
const WRONG = { refused: { because: 'invalid', fields: { code: 'wrong' } } } as const;

export type Raised = { token: string; days: number };
export type FactorPage =
  | { mode: 'done' }
  /** a factor is needed and this sitting may not set it: a new link is */
  | { mode: 'closed' }
  | { mode: 'ask'; totp: boolean; passkey: boolean; recovery: boolean }
  | { mode: 'set'; secret: string; uri: string };

/** What the page of the second factor shows to the holder of this cookie. Nothing is written before a code confirms it. */
export async function secondFactorPage(ctx: Ctx, input: { token: string | null }): Promise<FactorPage> {
  const it = await sittingOf(ctx, input.token);
  const factors = await factorsOf(ctx, it.person);
  if (it.assurance === 'two' && !it.locked) return { mode: 'done' };
  if (hasFactor(factors)) return { mode: 'ask', totp: factors.totp, passkey: factors.passkeys.length > 0, recovery: factors.recoveryLeft > 0 };
  if (!maySetFactor(it, false)) return { mode: 'closed' };
  return { mode: 'set', ...pending(ctx, it) };
}

/** The secret that this sitting would set: derived, so that the page may be opened again before it is confirmed. */
function pending(ctx: Ctx, it: Sitting): { secret: string; uri: string } {
  const bytes = ctx.secrets.keyedHash('pending second factor', `${it.person}:${it.id}`).subarray(0, 20);
  const secret = new Secret({ buffer: new Uint8Array(bytes).buffer });
  const label = `${ctx.profile.name.en} ${it.person.slice(-4)}`;
  return { secret: secret.base32, uri: new TOTP({ issuer: ISSUER, label, secret, period: PERIOD }).toString() };
}

/** Confirms the shown secret with a first code, hands out recovery codes, and raises the sitting. */
export async function setTotp(ctx: Ctx, input: { token: string | null; code: string }): Promise<Tried<Raised & { recoveryCodes: string[] }>> {
  const it = await holdSitting(ctx, input.token);
  const factors = await factorsOf(ctx, it.person);
  allow(maySetFactor(it, hasFactor(factors)) && !factors.totp, 'set a second factor');
  const digits = sixDigits(input.code);
  const tooMany = await counted(ctx, { ...LIMITS.secondFactor, key: it.person });
  if (tooMany) return { refused: tooMany };
  const { secret } = pending(ctx, it);
  const step = stepOf(secret, digits, ctx.now, 0n);
  if (step === null) return WRONG;
  const kept = await insertTotp(ctx, it.person, { secretSealed: ctx.secrets.seal('second factor', secret), lastStep: step });
  if (!kept) refuse({ because: 'conflict', what: 'second factor' });
  await record(asPerson(ctx, it.person), 'person.factor-set', { kind: 'person', id: it.person }, { public: false, detail: { factor: 'totp' } });
  const recoveryCodes = await newRecoveryCodes(ctx, it.person);
  return { ...(await raiseSitting(ctx, it, 'totp')), recoveryCodes };
}

/** Raises a sitting, or opens a locked one, with the code of the moment; each code is good once. */
export async function answerTotp(ctx: Ctx, input: { token: string | null; code: string }): Promise<Tried<Raised>> {
  const it = await holdSitting(ctx, input.token);
  const totp = (await lockTotp(ctx, it.person)) ?? refuse({ because: 'wrong-state', is: 'no-factor', wanted: 'factor' });
  const digits = sixDigits(input.code);
  const tooMany = await counted(ctx, { ...LIMITS.secondFactor, key: it.person });
  if (tooMany) return { refused: tooMany };
  const step = stepOf(ctx.secrets.unseal('second factor', totp.secretSealed), digits, ctx.now, totp.lastStep);
  if (step === null) return WRONG;
  await saveStep(ctx, it.person, step);
  return raiseSitting(ctx, it, 'totp');
}

/** One of the eight codes on paper, instead of the telephone that was lost. */
export async function answerRecovery(ctx: Ctx, input: { token: string | null; code: string }): Promise<Tried<Raised>> {
  const it = await holdSitting(ctx, input.token);
  const tooMany = await counted(ctx, { ...LIMITS.secondFactor, key: it.person });
  if (tooMany) return { refused: tooMany };
  if (!(await useRecoveryCode(ctx, it.person, recoveryHash(ctx, it.person, input.code)))) return { refused: { because: 'invalid', fields: { recovery: 'wrong' } } };
  await record(asPerson(ctx, it.person), 'person.recovery-used', { kind: 'person', id: it.person }, { public: false });
  return raiseSitting(ctx, it, 'recovery');
}

/** Eight new codes; the old ones are void. Only in a sitting with two factors. */
export async function renewRecoveryCodes(ctx: Ctx, input: { token: string | null }): Promise<string[]> {
  const it = await holdSitting(ctx, input.token);
  allow(it.assurance === 'two' && !it.locked && hasFactor(await factorsOf(ctx, it.person)), 'renew recovery codes');
  await record(asPerson(ctx, it.person), 'person.recovery-renewed', { kind: 'person', id: it.person }, { public: false });
  return newRecoveryCodes(ctx, it.person);
}

export type MyFactors = Factors & { maySet: boolean; pending: { secret: string; uri: string } | null };

/** The own factors, for a sitting that was proven with two of them. */
export async function myFactors(ctx: Ctx, input: { token: string | null }): Promise<MyFactors> {
  const it = await sittingOf(ctx, input.token);
  allow(it.assurance === 'two' && !it.locked, 'see the own factors');
  const factors = await factorsOf(ctx, it.person);
  const maySet = maySetFactor(it, hasFactor(factors));
  return { ...factors, maySet, pending: maySet && !factors.totp ? pending(ctx, it) : null };
}

const sixDigits = (code: string): string => readDigits(foldDigits(code)) ?? refuse({ because: 'invalid', fields: { code: 'six-digits' } });

/**
 * The time step whose code this is, at most one step away from now and later than the last one used; null otherwise.
 * RFC 6238, 5.2: a verifier must not accept a code twice.
 */
export function stepOf(secret: string, digits: string, now: Date, last: bigint): bigint | null {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), period: PERIOD });
  const delta = totp.validate({ token: digits, timestamp: now.getTime(), window: 1 });
  if (delta === null) return null;
  const step = BigInt(totp.counter({ timestamp: now.getTime() }) + delta);
  return step > last ? step : null;
}

// Without the letters and digits that are mistaken for others when they are read from paper.
const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

export async function newRecoveryCodes(ctx: Ctx, person: PersonId): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''));
  await replaceRecoveryCodes(ctx, person, codes.map((code) => recoveryHash(ctx, person, code)));
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'));
}

function recoveryHash(ctx: Ctx, person: PersonId, typed: string): Buffer {
  const clean = foldDigits(typed.slice(0, 60)).toUpperCase().replace(/[^A-Z0-9]/g, '');
  return ctx.secrets.keyedHash('recovery code', `${person}:${clean}`);
}
