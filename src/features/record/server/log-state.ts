/** Steps of publication that touch the database, each a transaction of its own: files and signer are reached between them. */
import { allow } from '#kernel/refusal.ts';
import type { Ctx } from '../../context.ts';
import { mayKeepRecord } from '../access.ts';
import { RECORD, type RecordFaultKind } from '../model.ts';
import { changesOf, digestsFrom, freeLog, indexOfKey, insertLog, leaseLog, leavesFrom, loadLog, printsFrom, setChecked, setFault, setKey, setNextKey, swapHead, tilesWrittenSince, unsetFault, type LeafDigest, type LeafPrint, type LogHead, type LogState } from './log-store.ts';
import { record } from './record-act.ts';
import { recordSize } from './store.ts';

const LEASE_MS = 10_000;

/** Where the published record stands, and how many leaves have their index. */
export async function logState(ctx: Ctx): Promise<{ log: LogState | null; leaves: number }> {
  return { log: await loadLog(ctx), leaves: Number(await recordSize(ctx)) };
}

export async function beginLog(ctx: Ctx, input: { vkey: string; head: LogHead }): Promise<void> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  await insertLog(ctx, input.vkey, input.head);
}

/** One publisher at a time, for ten seconds at most: one that was killed holds up nobody for long. */
export async function takeLease(ctx: Ctx): Promise<boolean> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  return leaseLog(ctx, new Date(ctx.now.getTime() + LEASE_MS));
}

export async function giveLeaseBack(ctx: Ctx): Promise<void> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  await freeLog(ctx);
}

/** Compare and swap: false when another publisher has gone on from `from`. */
export async function advanceLog(ctx: Ctx, input: { from: number; head: LogHead }): Promise<boolean> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  return swapHead(ctx, input.from, input.head);
}

export async function noteFault(ctx: Ctx, input: { kind: RecordFaultKind; atIndex: number | null }): Promise<void> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  await setFault(ctx, input.kind, input.atIndex);
}

/** Takes a fault back when it is one of these: a round and a check each know about their own. */
export async function clearFault(ctx: Ctx, kinds: readonly RecordFaultKind[]): Promise<void> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  await unsetFault(ctx, kinds);
}

export async function noteChecked(ctx: Ctx): Promise<void> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  await setChecked(ctx);
}

/** The record tells of the key that comes next: an act like any other, sealed with the key that is in force. */
export async function announceKey(ctx: Ctx, input: { from: string; to: string }): Promise<void> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  if (await setNextKey(ctx, input.from, input.to)) await record(ctx, 'key.rotated', RECORD, { public: true, detail: input });
}

export async function changeKey(ctx: Ctx, input: { from: string; to: string }): Promise<void> {
  allow(mayKeepRecord(ctx.actor), 'keep the record');
  await setKey(ctx, input.from, input.to);
}

export async function indexOfAnnouncement(ctx: Ctx, to: string): Promise<number | null> {
  return indexOfKey(ctx, to);
}

/** Leaves from an index on, as they are published; `to` is not included. */
export async function leavesBetween(ctx: Ctx, input: { from: number; to: number }): Promise<string[]> {
  return leavesFrom(ctx, input.from, input.to);
}

/** A number for every 256 leaves that changes with anything that is stored of them; \`seed\` makes it nobody else's. */
export async function leafPrints(ctx: Ctx, input: { from: number; to: number; seed: number }): Promise<LeafPrint[]> {
  return printsFrom(ctx, input.from, input.to, input.seed);
}

/** What PostgreSQL itself counts of changes to the record: a sign to look at once, and where. */
export async function leafChanges(ctx: Ctx): Promise<{ changes: string; over: string }> {
  return changesOf(ctx);
}

export async function tilesTouched(ctx: Ctx, input: { since: string; size: number }): Promise<number[]> {
  return tilesWrittenSince(ctx, input.since, input.size);
}

export async function leafDigests(ctx: Ctx, input: { from: number; to: number }): Promise<LeafDigest[]> {
  return digestsFrom(ctx, input.from, input.to);
}
