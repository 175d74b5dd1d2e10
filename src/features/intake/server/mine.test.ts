import { expect, test } from 'vitest';
import type { PlainDate } from '#kernel/working-days.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { openCommitment, reportDone } from '../../commitments/server/index.ts';
import { confirmEntry, entriesAsking, followedEntries, followEntry, myEntries, submitEntry, supportEntry, triageEntry } from './index.ts';

const given = await world();
const [body] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 1');
const coordinator = await given.person([{ role: 'coordinator' }]);
const officer = await given.person([{ role: 'officer', body: body!.id as never }]);
const [sender, supporter, follower, stranger] = [await given.person(), await given.person(), await given.person(), await given.person()];

async function delivered() {
  const it = await given.as(sender).act(submitEntry, {
    once: crypto.randomUUID(), kind: 'need', title: 'الشارع بلا إنارة', text: 'المصابيح مكسورة منذ الشتاء.', language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [], served: '', servedCount: null,
    contact: '', name: '', named: false, channel: 'web',
  });
  await given.as(coordinator).act(triageEntry, { number: it.number, sectors: [], place: '', visibility: 'public', body: body!.code });
  await given.as(supporter).act(supportEntry, { number: it.number });
  await given.as(follower).act(followEntry, { number: it.number, follow: true });
  const { id } = await given.as(SYSTEM).act(openCommitment, {
    source: { kind: 'answer', id: crypto.randomUUID() }, subjectId: it.id, bodyId: body!.id as never, what: 'تركيب المصابيح', who: 'الورشة', due: '2026-12-30' as PlainDate, public: true,
  });
  return { ...it, commitment: id };
}
const asked = async (who: typeof sender) => (await given.as(who).ask(entriesAsking, undefined)).map((it) => it.number);

test('«was it done?» waits for the sender, supporters and followers until each has said so, and again in the next round', async () => {
  const it = await delivered();
  for (const who of [sender, supporter, follower]) expect(await asked(who)).toEqual([]);
  await given.as(officer).act(reportDone, { id: it.commitment, text: 'ركّبنا المصابيح كلّها' });
  for (const who of [sender, supporter, follower]) expect(await asked(who)).toEqual([it.number]);
  await given.as(supporter).act(confirmEntry, { number: it.number, verdict: 'yes', words: '' });
  expect([await asked(supporter), await asked(follower)]).toEqual([[], [it.number]]);
  await given.as(sender).act(confirmEntry, { number: it.number, verdict: 'no', words: '' });
  for (const who of [sender, supporter, follower]) expect(await asked(who)).toEqual([]);
  await given.as(officer).act(reportDone, { id: it.commitment, text: 'أصلحنا ما بقي مطفأً' });
  for (const who of [sender, supporter, follower]) expect(await asked(who)).toEqual([it.number]);
});

test('my page shows what is mine and nothing of others; a visitor has nothing', async () => {
  expect(await asked(stranger)).toEqual([]);
  expect(await given.as(stranger).ask(myEntries, undefined)).toEqual([]);
  for (const query of [entriesAsking, myEntries, followedEntries]) expect(await given.as(VISITOR).ask(query as typeof myEntries, undefined)).toEqual([]);
  expect((await given.as(sender).ask(myEntries, undefined)).length).toBeGreaterThan(0);
  expect((await given.as(follower).ask(followedEntries, undefined)).length).toBeGreaterThan(0);
});

test('what became confidential is no longer on the page of those who followed it', async () => {
  const it = await delivered();
  await given.as(officer).act(reportDone, { id: it.commitment, text: 'ركّبنا المصابيح كلّها' });
  await given.sql('update entries set confidential = true, published_at = null where number = $1', [it.number]);
  expect(await asked(follower)).not.toContain(it.number);
  expect(await asked(sender)).toContain(it.number);
});
