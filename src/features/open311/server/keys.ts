/** Keys of programs: given by the administrator, shown once, taken back at any time. */
import { randomBytes } from 'node:crypto';
import { newId } from '#kernel/ids.ts';
import { allow, refuse } from '#kernel/refusal.ts';
import { limit } from '../../people/server/index.ts';
import { record } from '../../record/server/index.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepKeys } from '../access.ts';
import { KEY_MARK, type ApiKey } from '../model.ts';
import { TRIES } from '../rules.ts';
import type { KeyView } from '../views.ts';
import { findKey, insertKey, keyRows, lockKey, saveEnded } from './store.ts';

const hashOf = (ctx: Ctx, key: string): Buffer => ctx.secrets.keyedHash('api key', key);
const isKey = (text: string): boolean => /^abwab_[A-Za-z0-9_-]{43}$/.test(text);
const AS = { role: 'administrator' } as const;

/** A new key for a program; its words are in this answer and nowhere else. The record says that one was given, not to whom. */
export async function issueKey(ctx: Ctx, input: { name: string; contact: string; perHour: number }): Promise<{ id: string; key: string }> {
  allow(mayKeepKeys(ctx.actor), 'issue a key');
  const key = KEY_MARK + randomBytes(32).toString('base64url');
  const id = newId<'key'>(ctx.now.getTime());
  await insertKey(ctx, { id, ...input, keyHash: hashOf(ctx, key), ending: key.slice(-4), issuedAt: ctx.now, issuedBy: personOf(ctx), endedAt: null, endedBy: null });
  await record(ctx, 'key.issued', { kind: 'key', id }, { public: true, as: AS, detail: { perHour: input.perHour } });
  return { id, key };
}

/** From now on nothing more comes in with it; what came in stays. */
export async function endKey(ctx: Ctx, input: { id: string }): Promise<void> {
  allow(mayKeepKeys(ctx.actor), 'end a key');
  const key = await lockKey(ctx, input);
  if (!key) return refuse({ because: 'not-found', what: 'key' });
  if (key.ended) refuse({ because: 'wrong-state', is: 'ended', wanted: 'in use' });
  await saveEnded(ctx, key.id, personOf(ctx));
  await record(ctx, 'key.ended', { kind: 'key', id: key.id }, { public: true, as: AS });
}

export async function keyList(ctx: Ctx): Promise<KeyView[]> {
  allow(mayKeepKeys(ctx.actor), 'see keys');
  return keyRows(ctx);
}

/** The key that a program brought, held for this transaction; null for one that is unknown or over. */
export async function useKey(ctx: Ctx, text: string): Promise<ApiKey | null> {
  const key = isKey(text) ? await lockKey(ctx, { keyHash: hashOf(ctx, text) }) : null;
  return key && !key.ended ? key : null;
}

/**
 * Counts one attempt to hand something in, before it is judged and kept whatever comes of it: what is refused costs as much as what is taken.
 * A key that counts has its own room, wide enough for all that it may hand in; whoever brings none is counted by network.
 */
export async function countTry(ctx: Ctx, input: { key: string | undefined }): Promise<void> {
  const text = input.key ?? '';
  const key = isKey(text) ? await findKey(ctx, hashOf(ctx, text)) : null;
  await limit(ctx, key ? { ...TRIES.byKey(key.perHour), key: key.id } : { ...TRIES.ofNetwork, key: ctx.caller ?? 'none' });
}

/** Whose key it is, where it only opens what the program itself has handed in. */
export const readKey = async (ctx: Ctx, text: string): Promise<string | null> => (isKey(text) ? ((await findKey(ctx, hashOf(ctx, text)))?.id ?? null) : null);

const personOf = (ctx: Ctx): string => (ctx.actor.kind === 'person' ? ctx.actor.id : refuse({ because: 'not-allowed', to: 'keep keys' }));
