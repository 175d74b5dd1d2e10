import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { Ctx } from '../../context.ts';
import { contentBytes } from '../leaf.ts';
import { historyOf, record, sequenceLeaves } from './index.ts';
import { SYSTEM, world } from '#testing/world.ts';

const given = await world();
const subject = () => ({ kind: 'site' as const, id: newId<'site'>() });
const write = (ctx: Ctx, input: { id: string; public?: boolean; text?: string }) =>
  record(ctx, 'site.tested', { kind: 'site', id: input.id }, { public: input.public ?? true, detail: { step: 1 }, ...(input.text ? { content: { reason: input.text } } : {}) });

test('a public act carries a leaf that commits to its text without holding it', async () => {
  const it = subject();
  await given.act(write, { id: it.id, text: 'المواد لم تصل' });
  const [row] = await given.sql<{ leaf: string; salt: Buffer; content: { reason: string } }>('select leaf, salt, content from acts join act_contents on act_id = id where subject_id = $1', [it.id]);
  const leaf = JSON.parse(row!.leaf);
  expect(row!.leaf).not.toContain('المواد');
  expect(leaf.content).toBe(createHash('sha256').update(contentBytes(row!.salt, row!.content)).digest('hex'));
  expect(leaf.by).toEqual({ role: 'visitor' });
  expect(leaf.at).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('nothing public tells the moment of a resident’s act: neither its time, nor its id, nor the history', async () => {
  const it = subject();
  await given.act(write, { id: it.id });
  const [row] = await given.sql<{ leaf: string }>('select leaf from acts where subject_id = $1', [it.id]);
  const leaf = JSON.parse(row!.leaf);
  expect(leaf.at).toBe('2026-11-24');
  expect(leaf.id[14], 'a random id, version 4, without a time in it').toBe('4');
  const [shown] = await given.ask(historyOf, { subjects: [it.id], publicOnly: true });
  expect(shown!.at.toISOString()).toBe('2026-11-24T00:00:00.000Z');
});

test('leaves of one subject are chained', async () => {
  const it = subject();
  await given.act(write, { id: it.id });
  await given.act(write, { id: it.id });
  const rows = await given.sql<{ leaf: string; hash: string }>(`select leaf, encode(leaf_hash, 'hex') as hash from acts where subject_id = $1 order by at, seq`, [it.id]);
  expect(JSON.parse(rows[0]!.leaf).prev).toBeUndefined();
  expect(JSON.parse(rows[1]!.leaf).prev).toBe(rows[0]!.hash);
});

test('acts of one transaction keep their order and their chain', async () => {
  const it = subject();
  await given.act(async (ctx: Ctx) => { for (let n = 0; n < 30; n++) await write(ctx, { id: it.id, public: n % 3 > 0, text: String(n) }); }, undefined);
  const acts = await given.ask(historyOf, { subjects: [it.id], publicOnly: false });
  expect(acts.map((act) => act.content?.reason)).toEqual(acts.map((_, n) => String(n)));
  const rows = await given.sql<{ leaf: string; hash: string }>(`select leaf, encode(leaf_hash, 'hex') as hash from acts where subject_id = $1 and public order by at, seq`, [it.id]);
  expect(rows.slice(1).map((row) => JSON.parse(row.leaf).prev)).toEqual(rows.slice(0, -1).map((row) => row.hash));
});

test('the application can neither change nor remove an act, nor switch the guard off', async () => {
  const it = subject();
  await given.act(write, { id: it.id });
  const attempts = [
    `update acts set kind = 'site.forged' where subject_id = '${it.id}'`,
    `delete from acts where subject_id = '${it.id}'`,
    'truncate acts cascade',
    'alter table acts disable trigger acts_stay',
    `set session_replication_role = replica`,
    'drop table acts cascade',
    'set role abwab_owner',
    'delete from record_leaves',
  ];
  for (const attempt of attempts) await expect(given.pool.query(attempt), attempt).rejects.toThrow();
  await expect(given.sql('truncate acts cascade')).rejects.toThrow('append-only');
  await expect(given.sql(`update acts set kind = 'site.forged'`)).rejects.toThrow('append-only');
  expect(await given.ask(historyOf, { subjects: [it.id], publicOnly: true })).toHaveLength(1);
});

test('two sequencers at once give consecutive indexes without a gap or a double', async () => {
  const it = subject();
  for (let n = 0; n < 40; n++) await given.act(write, { id: it.id });
  while ((await Promise.all([given.as(SYSTEM).act(sequenceLeaves, undefined), given.as(SYSTEM).act(sequenceLeaves, undefined)])).some((n) => n > 0));
  const rows = await given.sql<{ logIndex: string }>(`select log_index as "logIndex" from record_leaves order by log_index`);
  expect(rows.map((row) => Number(row.logIndex))).toEqual(rows.map((_, at) => at));
  expect(await given.sql('select 1 from record_queue')).toHaveLength(0);
});

test('a private act has no leaf and is not in the public history', async () => {
  const it = subject();
  await given.act(write, { id: it.id, public: false });
  expect(await given.ask(historyOf, { subjects: [it.id], publicOnly: true })).toEqual([]);
  expect(await given.ask(historyOf, { subjects: [it.id], publicOnly: false })).toMatchObject([{ kind: 'site.tested', logIndex: null }]);
});

test('an act is undone with the rest of its use case', async () => {
  const it = subject();
  await expect(given.act(async (ctx: Ctx) => { await write(ctx, { id: it.id }); throw new Error('later step fails'); }, undefined)).rejects.toThrow('later');
  expect(await given.ask(historyOf, { subjects: [it.id], publicOnly: false })).toEqual([]);
});

test('a query cannot write: PostgreSQL refuses', async () => {
  await expect(given.ask(write, { id: subject().id })).rejects.toThrow('read-only');
});
