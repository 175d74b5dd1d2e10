import { createHash, randomBytes } from 'node:crypto';
import type { Actor, Role } from '#kernel/actor.ts';
import { randomId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import { contentBytes, leafHashOf, makeLeaf } from '../leaf.ts';
import type { Content, Detail, Subject } from '../model.ts';
import { deleteContents, insertAct, insertActs, lastOf } from './store.ts';

export type ActInput = {
  public: boolean;
  detail?: Detail;
  content?: Content;
  /** In which of their roles the actor acts, and for which body (its code). */
  as?: { role: Role | 'visitor' | 'system'; body?: string };
  onBehalf?: boolean;
};

/**
 * Appends one act in the use case's transaction, with its canonical leaf when it is public.
 * Called last, while the subject's row is locked, so that `prev` chains the subject's leaves.
 */
export async function record(ctx: Ctx, kind: string, subject: Subject, input: ActInput): Promise<void> {
  const last = await lastOf(ctx, subject.id);
  // A subject's acts stand in the order in which they happened: several in one transaction share its time, and one
  // that began earlier may have waited for the row.
  const at = last && last.at > ctx.now ? last.at : ctx.now;
  const id = randomId<'act'>();
  const salt = input.content ? randomBytes(32) : null;
  const role = input.as?.role ?? defaultRole(ctx.actor);
  const act = { id, at, kind, subject, role, body: input.as?.body ?? null, onBehalf: input.onBehalf ?? false, detail: input.detail ?? {} };
  const leaf = input.public
    ? makeLeaf({ ...act, previous: last?.leafHash ?? null, content: salt && sha256(contentBytes(salt, input.content!)).toString('hex') })
    : null;
  await insertAct(ctx, {
    ...act,
    public: input.public,
    person: ctx.actor.kind === 'person' ? ctx.actor.id : null,
    leaf,
    leafHash: leaf ? Buffer.from(leafHashOf(leaf)) : null,
    content: salt ? { salt, content: input.content! } : null,
  });
}

export type FirstAct = { subject: Subject; public: boolean; detail: Detail };

/** The first acts of many new subjects in a few statements: nothing comes before them, so no leaf has a `prev`. */
export async function recordMany(ctx: Ctx, kind: string, acts: readonly FirstAct[]): Promise<void> {
  const role = defaultRole(ctx.actor);
  const rows = acts.map((input) => {
    const act = { id: randomId<'act'>(), at: ctx.now, kind, subject: input.subject, role, body: null, onBehalf: false, detail: input.detail };
    const leaf = input.public ? makeLeaf({ ...act, previous: null, content: null }) : null;
    return { ...act, public: input.public, person: null, leaf, leafHash: leaf ? Buffer.from(leafHashOf(leaf)) : null, content: null };
  });
  await insertActs(ctx, rows);
}

export type PrivateAct = { subject: Subject; person: string; role: string; at: Date };

/** Acts of many people, each at its own moment, that nobody but those concerned reads: without a leaf nothing has to be chained. */
export async function recordPrivately(ctx: Ctx, kind: string, acts: readonly PrivateAct[]): Promise<void> {
  await insertActs(ctx, acts.map((act) => ({
    ...act, id: randomId<'act'>(), kind, public: false, body: null, onBehalf: false, detail: {}, leaf: null, leafHash: null, content: null,
  })));
}

/** What the acts on a subject said in words goes, with its salts; the acts, their leaves and every receipt stay as they are. */
export async function eraseContents(ctx: Ctx, subject: Subject): Promise<void> {
  await deleteContents(ctx, subject.id);
}

function defaultRole(actor: Actor): string {
  if (actor.kind === 'system') return 'system';
  return actor.kind === 'visitor' ? 'visitor' : 'resident';
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
