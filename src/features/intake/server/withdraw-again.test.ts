import { expect, test } from 'vitest';
import { office } from '#testing/entries.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { listEntries, showEntry, withdrawEntriesAgain, withdrawEntry } from './index.ts';

const given = await world();
const it = await office(given);

test('what was withdrawn since the backup is withdrawn again after a restore, once, and only by the house', async () => {
  const [kept, gone] = [await it.open({ title: 'رصيف السوق محفور' }), await it.open({ title: 'خزان الحيّ فارغ' })];
  const columns = 'state, title, text, place_words, served, search_norm, search_vector, clock_started';
  await given.sql(`create table backup as select id, ${columns} from entries where number = $1`, [gone.number]);
  await given.act(withdrawEntry, { number: gone.number, key: gone.key });
  // The restore: everything is as it was, but for the line of the record that came back.
  await given.sql(`update entries e set ${columns.split(', ').map((name) => `${name} = b.${name}`).join(', ')} from backup b where b.id = e.id`);
  expect((await given.ask(showEntry, { number: gone.number })).title).toBe('خزان الحيّ فارغ');
  for (const who of [VISITOR, await given.person(), it.coordinator]) await expect(given.as(who).act(withdrawEntriesAgain, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  const both = await Promise.all([given.as(SYSTEM).act(withdrawEntriesAgain, undefined), given.as(SYSTEM).act(withdrawEntriesAgain, undefined)]);
  expect(Math.max(...both)).toBe(1);
  expect(await given.as(SYSTEM).act(withdrawEntriesAgain, undefined)).toBe(0);
  expect(await given.ask(showEntry, { number: gone.number })).toMatchObject({ state: 'withdrawn', title: '', text: '' });
  expect((await given.sql('select title, text, search_norm from entries where number = $1', [gone.number]))[0]).toEqual({ title: '', text: '', search_norm: '' });
  const all = await given.ask(listEntries, { q: '', kind: null, state: null, sector: '', place: '', body: '', since: null, sort: 'newest', after: '' });
  expect(all.items.map((entry) => entry.number)).toEqual([kept.number]);
});
