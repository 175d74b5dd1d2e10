import { expect, test } from 'vitest';
import { office } from '#testing/entries.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { commentFormKey, commentsOf, decideComment, sayComment, withdrawComment, withdrawCommentsAgain } from './index.ts';

const given = await world();
const it = await office(given);
const resident = await given.person();
const moderator = await given.person([{ role: 'moderator' }]);

test('comments that were taken back or removed since the backup are not shown again by a restore', async () => {
  const entry = await it.open();
  const say = async (text: string) => given.as(resident).act(sayComment, { kind: 'entry', number: entry.number, language: 'ar', text, parent: '', as: 'resident', sure: false, website: '', form: (await given.ask(commentFormKey, undefined)).token, proof: '' });
  const [stays, back, removed] = [await say('يبقى هذا'), await say('أسحبه بعد قليل'), await say('يُحذف لأن فيه شتماً')];
  await given.sql('update comments set waits_since = now() where id = $1', [removed.id]);
  await given.sql('create table backup as select id, state, text, rule, reason, decided_by, decided_at from comments');
  await given.as(resident).act(withdrawComment, { id: back.id, key: '' });
  await given.as(moderator).act(decideComment, { id: removed.id, decision: 'remove', rule: 'insult', reason: 'فيه شتم لشخص باسمه' } as never);
  await given.sql('update comments c set state = b.state, text = b.text, rule = b.rule, reason = b.reason, decided_by = b.decided_by, decided_at = b.decided_at from backup b where b.id = c.id');
  const shown = async () => (await given.ask(commentsOf, { kind: 'entry', number: entry.number, after: '' })).items.map((one) => one.text).toSorted();
  expect(await shown()).toHaveLength(3);
  for (const who of [VISITOR, resident, moderator]) await expect(given.as(who).act(withdrawCommentsAgain, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  expect(await given.as(SYSTEM).act(withdrawCommentsAgain, undefined)).toBe(2);
  expect(await given.as(SYSTEM).act(withdrawCommentsAgain, undefined)).toBe(0);
  expect(await shown()).toEqual(['يبقى هذا']);
  expect(await given.sql('select state, text from comments where id = any($1) order by state', [[stays.id, back.id, removed.id]])).toEqual([{ state: 'held', text: 'يُحذف لأن فيه شتماً' }, { state: 'published', text: 'يبقى هذا' }, { state: 'withdrawn', text: '' }]);
});
