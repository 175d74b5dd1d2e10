import { sql } from 'kysely';
import type { Ctx } from '../../context.ts';
import { RECORD, type RecordFaultKind } from '../model.ts';

export type LogHead = { size: number; root: Uint8Array; note: string };
export type LogState = LogHead & {
  vkey: string;
  signedAt: Date;
  fault: { kind: RecordFaultKind; atIndex: number | null; since: Date } | null;
  checkedAt: Date | null;
  witnessed: { size: number; at: Date } | null;
  nextVkey: string | null;
};

/** Null before the record has its key. */
export async function loadLog(ctx: Ctx): Promise<LogState | null> {
  const row = await ctx.db.selectFrom('recordLog').selectAll().executeTakeFirst();
  if (!row) return null;
  const fault = row.fault && row.faultSince ? { kind: row.fault, atIndex: row.faultAtIndex === null ? null : Number(row.faultAtIndex), since: row.faultSince } : null;
  const witnessed = row.witnessedSize !== null && row.witnessedAt ? { size: Number(row.witnessedSize), at: row.witnessedAt } : null;
  return { vkey: row.vkey, size: Number(row.size), root: row.root, note: row.note, signedAt: row.signedAt, fault, checkedAt: row.checkedAt, witnessed, nextVkey: row.nextVkey };
}

export async function insertLog(ctx: Ctx, vkey: string, head: LogHead): Promise<void> {
  await ctx.db.insertInto('recordLog').values({ vkey, size: BigInt(head.size), root: Buffer.from(head.root), note: head.note, signedAt: ctx.now })
    .onConflict((it) => it.column('one').doNothing()).execute();
}

/** Compare and swap: false when another publisher has gone on from `from` already. */
export async function swapHead(ctx: Ctx, from: number, head: LogHead): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db.updateTable('recordLog').set({ size: BigInt(head.size), root: Buffer.from(head.root), note: head.note, signedAt: ctx.now })
    .where('size', '=', BigInt(from)).executeTakeFirst();
  if (numUpdatedRows === 1n) await noteSeal(ctx, head.size);
  return numUpdatedRows === 1n;
}

const SEALS_MS = 2 * 86_400_000;

/** How long lines wait for their seal is computed from when seals were published, of the last two days. */
async function noteSeal(ctx: Ctx, size: number): Promise<void> {
  await ctx.db.insertInto('recordSeals').values({ size: BigInt(size), at: ctx.now }).onConflict((it) => it.column('size').doNothing()).execute();
  await ctx.db.deleteFrom('recordSeals').where('at', '<', new Date(ctx.now.getTime() - SEALS_MS)).execute();
}

export async function leaseLog(ctx: Ctx, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db.updateTable('recordLog').set({ leasedUntil: until })
    .where((eb) => eb.or([eb('leasedUntil', 'is', null), eb('leasedUntil', '<=', ctx.now)])).executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function freeLog(ctx: Ctx): Promise<void> {
  await ctx.db.updateTable('recordLog').set({ leasedUntil: null }).execute();
}

/** A fault keeps the moment at which it began while it stays the same; nothing is written while nothing changes. */
export async function setFault(ctx: Ctx, kind: RecordFaultKind, atIndex: number | null): Promise<void> {
  await ctx.db.updateTable('recordLog').set({ fault: kind, faultAtIndex: atIndex === null ? null : BigInt(atIndex), faultSince: ctx.now })
    .where('fault', 'is distinct from', kind).execute();
}

export async function unsetFault(ctx: Ctx, kinds: readonly RecordFaultKind[]): Promise<void> {
  await ctx.db.updateTable('recordLog').set({ fault: null, faultAtIndex: null, faultSince: null }).where('fault', 'in', [...kinds]).execute();
}

export async function setChecked(ctx: Ctx): Promise<void> {
  await ctx.db.updateTable('recordLog').set({ checkedAt: ctx.now }).execute();
}

/** False when this key is announced already. */
export async function setNextKey(ctx: Ctx, from: string, to: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db.updateTable('recordLog').set({ nextVkey: to }).where('vkey', '=', from).where('nextVkey', 'is distinct from', to).executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function setKey(ctx: Ctx, from: string, to: string): Promise<void> {
  await ctx.db.updateTable('recordLog').set({ vkey: to, nextVkey: null }).where('vkey', '=', from).execute();
}

/** Where the act stands that names this key; null while it has no index. */
export async function indexOfKey(ctx: Ctx, to: string): Promise<number | null> {
  const row = await ctx.db.selectFrom('acts').innerJoin('recordLeaves', 'recordLeaves.actId', 'acts.id').select('logIndex')
    .where('acts.subjectId', '=', RECORD.id).where('acts.kind', '=', 'key.rotated').where(sql<string>`acts.detail ->> 'to'`, '=', to).orderBy('logIndex').limit(1).executeTakeFirst();
  return row ? Number(row.logIndex) : null;
}

export async function leavesFrom(ctx: Ctx, from: number, to: number): Promise<string[]> {
  const rows = await ctx.db.selectFrom('recordLeaves').innerJoin('acts', 'acts.id', 'recordLeaves.actId').select('acts.leaf')
    .where('logIndex', '>=', BigInt(from)).where('logIndex', '<', BigInt(to)).orderBy('logIndex').execute();
  return rows.map((row) => row.leaf ?? '');
}

/** These go round all day, a little at a time: starting helpers for each costs more than it does, and takes them from others. */
const withoutHelpers = (ctx: Ctx) => sql`select set_config('max_parallel_workers_per_gather', '0', true)`.execute(ctx.db);

export type LeafDigest = { tile: number; digest: Buffer };

/**
 * For every 256 indexes the hash over the leaf hashes of what is stored, which is the hash of the published tile. An act whose
 * columns say something else than its leaf gives the hash of nothing, so that it differs too.
 */
export async function digestsFrom(ctx: Ctx, from: number, to: number): Promise<LeafDigest[]> {
  await withoutHelpers(ctx);
  // Without `offset 0` the leaf would be read as JSON once for each of its columns.
  const { rows } = await sql<{ tile: bigint; digest: Buffer }>`
    select tile, sha256(string_agg(hash, ''::bytea order by log_index)) as digest from (
      select l.log_index / 256 as tile, l.log_index,
        case when a.public and a.leaf_hash = h and a.kind = j ->> 'act' and a.detail = j -> 'detail' and a.id::text = j ->> 'id'
            and a.subject_id::text = j -> 'object' ->> 'id' and a.subject_kind = j -> 'object' ->> 'kind'
            and a.actor_role = j -> 'by' ->> 'role' and a.actor_body is not distinct from j -> 'by' ->> 'body' and a.on_behalf = (j -> 'by' -> 'onBehalf' is not null)
            and starts_with(to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"'), j ->> 'at')
          then h else ''::bytea end as hash
      from record_leaves l join acts a on a.id = l.act_id, lateral (select a.leaf::jsonb as j, sha256('\\x00'::bytea || convert_to(a.leaf, 'UTF8')) as h offset 0) leaf
      where l.log_index >= ${from} and l.log_index < ${to}
    ) leaves group by tile order by tile`.execute(ctx.db);
  return rows.map((row) => ({ tile: Number(row.tile), digest: row.digest }));
}

export type LeafPrint = { tile: number; print: string };

export async function printsFrom(ctx: Ctx, from: number, to: number, seed: number): Promise<LeafPrint[]> {
  await withoutHelpers(ctx);
  const { rows } = await sql<{ tile: bigint; print: string }>`
    select l.log_index / 256 as tile, (sum(hash_record_extended(a, ${seed}::bigint)) || ' ' || sum(hash_record_extended(l, ${seed}::bigint))) as print
    from record_leaves l join acts a on a.id = l.act_id where l.log_index >= ${from} and l.log_index < ${to} group by 1`.execute(ctx.db);
  return rows.map((row) => ({ tile: Number(row.tile), print: row.print }));
}

/** How often a row of the record was changed or taken away, and which transactions are over. PostgreSQL counts both; that nothing was counted proves nothing. */
export async function changesOf(ctx: Ctx): Promise<{ changes: string; over: string }> {
  const { rows } = await sql<{ changes: string; over: string }>`select
    (select string_agg((pg_stat_get_tuples_updated(oid) + pg_stat_get_tuples_deleted(oid))::text, ' ' order by oid) from unnest(array['acts'::regclass, 'record_leaves'::regclass]) as it(oid)) as changes,
    pg_snapshot_xmin(pg_current_snapshot())::text as over`.execute(ctx.db);
  return rows[0]!;
}

/** Tiles below \`size\` in which something is missing or was written by a transaction that was not over at \`since\`. */
export async function tilesWrittenSince(ctx: Ctx, since: string, size: number): Promise<number[]> {
  const { rows } = await sql<{ tile: bigint }>`
    with full_tiles as (
      select l.log_index / 256 as tile, count(*) as count, min(least(age(a.xmin), age(l.xmin))) as age
      from record_leaves l join acts a on a.id = l.act_id where l.log_index < ${size} group by 1)
    select tile from generate_series(0, (${size}::bigint - 1) / 256) as tile left join full_tiles using (tile)
    where count is distinct from least(256, ${size}::bigint - tile * 256) or age <= age(${since}::xid8::xid) order by tile`.execute(ctx.db);
  return rows.map((row) => Number(row.tile));
}

export type LeafRow = { logIndex: number; actId: string; leaf: string };

/** Which of these acts are stored, with their leaves. */
export async function leavesOfActs(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.selectFrom('acts').select(['id', 'leaf']).where('id', 'in', [...ids]).execute();
  return new Map(rows.map((row) => [row.id, row.leaf]));
}
