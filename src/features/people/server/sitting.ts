/** Sittings: opened by a sign-in, raised by a second factor, ended by their owner. */
import type { Actor } from '#kernel/actor.ts';
import { newId, type PersonId } from '#kernel/ids.ts';
import { refuse, type Refusal } from '#kernel/refusal.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import type { Device, Sitting, Via } from '../model.ts';
import { lifetimeOf } from '../rules.ts';
import { beginTwoPersons } from './two-persons.ts';
import { saveTwoFactors } from './store/persons.ts';
import { endSessions, findSitting, insertSession, lockSitting, saveRaised, saveSeen } from './store/sessions.ts';
import { newToken, tokenHash } from './tokens.ts';

/** What the cookie needs, and what to do next: a second factor to show, to set, or nothing. */
export type SignedIn = { token: string; days: number; next: 'none' | 'ask' | 'set' };
/** A failed try is returned and not thrown, because its count must be committed. */
export type Tried<T> = T | { refused: Refusal };

export const isRefused = <T extends object>(it: Tried<T>): it is { refused: Refusal } => 'refused' in it;

/** At the edge: goes on with what succeeded, and refuses with what was counted and committed. */
export function orRefuse<T extends object>(it: Tried<T>): T {
  return isRefused(it) ? refuse(it.refused) : it;
}

type Opening = { person: PersonId; via: Via; assurance: 'one' | 'two'; device: Device };

export async function openSitting(ctx: Ctx, it: Opening): Promise<{ token: string; days: number }> {
  const token = newToken();
  const life = lifetimeOf(it.via, it.assurance, ctx.now);
  await insertSession(ctx, {
    id: newId<'session'>(ctx.now.getTime()), tokenHash: tokenHash(token), personId: it.person, assurance: it.assurance, via: it.via, device: it.device,
    createdAt: ctx.now, seenAt: ctx.now, ...life, endedAt: null,
  });
  if (it.assurance === 'two') await proven(ctx, it.person, it.via);
  await record(asPerson(ctx, it.person), 'person.signed-in', { kind: 'person', id: it.person }, { public: false, detail: { via: it.via, factors: it.assurance } });
  return { token, days: daysUntil(ctx, life.expiresAt) };
}

/** The second factor was shown: a new token, so that one stolen before is worth nothing, and twelve hours of work. */
export async function raiseSitting(ctx: Ctx, it: Sitting, by: 'totp' | 'passkey' | 'recovery'): Promise<{ token: string; days: number }> {
  const token = newToken();
  const life = lifetimeOf(it.via, 'two', ctx.now);
  await saveRaised(ctx, it.id, { tokenHash: tokenHash(token), ...life });
  await proven(ctx, it.person, it.via);
  await record(asPerson(ctx, it.person), 'person.signed-in', { kind: 'person', id: it.person }, { public: false, detail: { via: by, factors: 'two' } });
  return { token, days: daysUntil(ctx, life.expiresAt) };
}

/** A demonstration's link proves nobody: it neither counts as a second factor nor begins the two-person rules. */
async function proven(ctx: Ctx, person: PersonId, via: Via): Promise<void> {
  if (via === 'demonstration') return;
  await saveTwoFactors(ctx, person);
  await beginTwoPersons(ctx);
}

const daysUntil = (ctx: Ctx, at: Date): number => (at.getTime() - ctx.now.getTime()) / 86_400_000;

/** The act is theirs, although the request came from nobody known yet. */
export function asPerson(ctx: Ctx, id: PersonId): Ctx {
  const actor: Actor = { kind: 'person', id, roles: [], verified: 'none', assurance: 'one' };
  return { ...ctx, actor };
}

/** The sitting behind a cookie, locked ones included; refused when there is none. */
export async function sittingOf(ctx: Ctx, token: string | null): Promise<Sitting> {
  return (token && (await findSitting(ctx, tokenHash(token)))) || refuse({ because: 'not-allowed', to: 'continue without signing in' });
}

/** The same, held until the transaction ends. */
export async function holdSitting(ctx: Ctx, token: string | null): Promise<Sitting> {
  return (token && (await lockSitting(ctx, tokenHash(token)))) || refuse({ because: 'not-allowed', to: 'continue without signing in' });
}

/** Remembers when the sitting was last seen; asked for by the edge at most every ten minutes. */
export async function touchSession(ctx: Ctx, token: string): Promise<void> {
  await saveSeen(ctx, tokenHash(token));
}

/** Signs out. An unknown or ended token is no error: the result is the same. */
export async function endSession(ctx: Ctx, input: { token: string }): Promise<void> {
  const it = await lockSitting(ctx, tokenHash(input.token));
  if (!it) return;
  await endSessions(ctx, it.person, { id: it.id });
  await recordEnded(asPerson(ctx, it.person), it.person, 1);
}

/** Ends one of the own sittings. */
export async function endMySession(ctx: Ctx, input: { session: string }): Promise<void> {
  if (ctx.actor.kind !== 'person') return refuse({ because: 'not-allowed', to: 'end a sitting' });
  const ended = await endSessions(ctx, ctx.actor.id, { id: input.session });
  if (ended === 0) refuse({ because: 'not-found', what: 'session' });
  await recordEnded(ctx, ctx.actor.id, ended);
}

/** Ends all own sittings but this one; returns how many. */
export async function endOtherSessions(ctx: Ctx, input: { token: string }): Promise<number> {
  if (ctx.actor.kind !== 'person') return refuse({ because: 'not-allowed', to: 'end sittings' });
  const here = await sittingOf(ctx, input.token);
  if (here.person !== ctx.actor.id) refuse({ because: 'not-allowed', to: 'end sittings' });
  const ended = await endSessions(ctx, ctx.actor.id, { all: true, except: here.id });
  if (ended > 0) await recordEnded(ctx, ctx.actor.id, ended);
  return ended;
}

async function recordEnded(ctx: Ctx, person: PersonId, count: number): Promise<void> {
  await record(ctx, 'person.signed-out', { kind: 'person', id: person }, { public: false, detail: { count } });
}
