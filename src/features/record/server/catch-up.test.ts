/** A restored database takes back what was signed here, and nothing else; what was withdrawn since is withdrawn again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addEntries, checkpointText, EMPTY_EDGE, openLog, parseSigning, rootOf, signNote, utf8 } from '#engines/merkle-log/index.ts';
import { newId } from '#kernel/ids.ts';
import { makeReference, serialOf } from '#kernel/reference-number.ts';
import { recordOf } from '#testing/record.ts';
import { VISITOR, world } from '#testing/world.ts';
import { makeLeaf } from '../leaf.ts';
import { catchUp } from './catch-up.ts';
import { nextReference } from './index.ts';
import { skipReferences } from './reference-store.ts';
import { RecordFault } from './log-parts.ts';
import { logState } from './log-state.ts';

const given = await world();
const it = await recordOf(given);
const forge = (sql: string) => given.sql(`set session_replication_role = replica; ${sql}`);
const faultOf = (work: Promise<unknown>) => work.then(() => null, (error: unknown) => (error instanceof RecordFault ? error.kind : error));
const leaves = async () => (await it.house.ask(VISITOR, logState, undefined)).leaves;

/** Another history of the same record behind `common` entries, sealed with the record's own key: what a second copy of the site would have made. */
async function forkAfter(common: number, more: number) {
  const head = await it.checkpoint();
  const log = openLog(head, it.folder.read);
  const entries = [];
  for (let at = 0; at < common; at++) entries.push(await log.entry(at));
  for (let n = 0; n < more; n++) entries.push(utf8(makeLeaf({ id: newId<'act'>(), kind: 'entry.published', subject: { kind: 'entry', id: newId<'entry'>() }, role: 'coordinator', body: null, onBehalf: false, at: new Date(), detail: { n }, previous: null, content: null })));
  const { edge, files } = addEntries(EMPTY_EDGE, entries);
  const key = await parseSigning(readFileSync(join(it.base, 'signer/key'), 'utf8'));
  const note = await signNote(checkpointText({ origin: it.key.name, size: edge.size, root: rootOf(edge) }), key);
  const held = new Map([...files.map(({ path, bytes }) => [path, bytes] as const), ['checkpoint', utf8(note)] as const]);
  return async (path: string) => held.get(path) ?? null;
}

test('a copy of another past, and one that knows less than was signed, are refused before a line of them is taken in', async () => {
  await it.write(20);
  await it.publishAll();
  const [lock] = await given.sql<{ note: string; root: Buffer; size: string }>('select note, root, size::text from record_log');
  const common = Number(lock!.size);
  await it.write(10);
  await it.publishAll();
  await forge(`delete from acts where id in (select act_id from record_leaves where log_index >= ${common}); delete from record_leaves where log_index >= ${common};
    update record_log set size = ${common}, root = '\\x${lock!.root.toString('hex')}', note = '${lock!.note}'`);
  const parts = await it.parts();
  expect(await faultOf(catchUp(parts, await forkAfter(common, 12)))).toBe('changed');
  expect(await faultOf(catchUp(parts, await forkAfter(common, 4)))).toBe('behind');
  expect(await leaves()).toBe(common);
  expect(await catchUp(parts, it.folder.read)).toMatchObject({ back: 10 });
  expect(await leaves()).toBe(common + 10);
});

test('a number that a published line names is not given out again', async () => {
  const serial = async () => serialOf(await given.act(nextReference, undefined));
  const before = await serial();
  const number = (at: number) => makeReference(given.profile.prefix, at);
  await given.act(skipReferences, [null, 'no number', number(before + 500), number(before + 3)]);
  expect(await serial()).toBe(before + 501);
  await given.act(skipReferences, [number(before)]);
  expect(await serial()).toBeGreaterThan(before + 501);
});
