import { expect, test } from 'vitest';
import { openCommitment, reportDone } from '../../commitments/server/index.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { agreeToPart, namePartner, partnersNamed, partnersOf, partsToAgree, startOrganisation } from './index.ts';

const given = await world();
const [owner, stranger, first, coordinator] = [await given.person(), await given.person(), await given.person([{ role: 'registry' }]), await given.person([{ role: 'coordinator' }])];
const refused = (because: string, more: object = {}) => ({ refusal: { because, ...more } });
const start = () => given.as(owner).act(startOrganisation, undefined);
async function verified(): Promise<string> {
  const number = await start();
  await given.sql(`update organisations set state = 'verified', name_ar = 'جمعية الينبوع', kind = 'association', verified_until = '2027-10-01' where number = $1`, [number]);
  return number;
}

test('a body names a partner once, however many ask; nobody else names one, and nobody sees it before the organisation agrees', async () => {
  const number = await verified();
  const [body] = await given.sql<{ id: string }>('select id from bodies order by code limit 1') as [{ id: string }];
  const [other] = await given.sql<{ id: string }>('select id from bodies order by code offset 1 limit 1') as [{ id: string }];
  const officer = await given.person([{ role: 'officer', body: body.id as never }]);
  const others = [VISITOR, stranger, owner, first, coordinator, await given.person([{ role: 'officer', body: other.id as never }])];
  const promise = await given.as(SYSTEM).act(openCommitment, { source: { kind: 'answer', id: crypto.randomUUID() }, subjectId: crypto.randomUUID(), bodyId: body.id as never, what: 'تركيب ستة مصابيح', who: '', due: '2027-01-30' as never, public: true });
  const naming = { commitment: promise.number, organisation: number };
  for (const who of others) {
    await expect(given.as(who).act(namePartner, naming)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(who).ask(partnersNamed, promise.id)).rejects.toMatchObject(refused('not-found'));
  }
  for (const [organisation, code] of [['TST-0-0', 'unknown'], ['', 'unknown'], [await start(), 'not-verified']] as const) {
    await expect(given.as(officer).act(namePartner, { ...naming, organisation })).rejects.toMatchObject(refused('invalid', { fields: { organisation: code } }));
  }
  await Promise.all(Array.from({ length: 4 }, () => given.as(officer).act(namePartner, naming)));
  expect(await given.as(officer).ask(partnersNamed, promise.id)).toMatchObject([{ number, agreed: false }]);
  expect(await given.ask(partnersOf, promise.id)).toEqual([]);
  await expect(given.as(stranger).act(agreeToPart, { number, commitment: promise.number })).rejects.toMatchObject(refused('not-found'));
  const tries = await Promise.allSettled(Array.from({ length: 3 }, () => given.as(owner).act(agreeToPart, { number, commitment: promise.number })));
  expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  expect(await given.ask(partnersOf, promise.id)).toMatchObject([{ number }]);
  expect(await given.as(officer).ask(partnersNamed, promise.id)).toMatchObject([{ number, agreed: true }]);
  expect(await given.sql(`select kind, public from acts where kind like 'organisation.%part%' order by seq`)).toEqual([{ kind: 'organisation.part-named', public: false }, { kind: 'organisation.took-part', public: true }]);
});

test('a partner is named and agrees while the promise is still to be kept; afterwards nobody joins what turned out well', async () => {
  const number = await verified();
  const [body] = await given.sql<{ id: string; code: string }>('select id, code from bodies order by code limit 1') as [{ id: string; code: string }];
  const head = await given.person([{ role: 'head', body: body.id as never }]);
  const officer = await given.person([{ role: 'officer', body: body.id as never }]);
  const promised = () => given.as(SYSTEM).act(openCommitment, { source: { kind: 'answer', id: crypto.randomUUID() }, subjectId: crypto.randomUUID(), bodyId: body.id as never, what: 'تنظيف المصرف', who: '', due: '2027-01-30' as never, public: true });
  const [byHead, byOfficer] = [await promised(), await promised()];
  await given.as(head).act(namePartner, { commitment: byHead.number, organisation: number });
  await given.as(officer).act(namePartner, { commitment: byOfficer.number, organisation: number });
  expect(await given.sql(`select actor_role, actor_body from acts where kind = 'organisation.part-named' and detail->>'commitment' = any($1) order by seq`, [[byHead.number, byOfficer.number]]))
    .toEqual([{ actor_role: 'head', actor_body: body.code }, { actor_role: 'officer', actor_body: body.code }]);
  await given.as(owner).act(agreeToPart, { number, commitment: byOfficer.number });
  expect((await given.as(owner).ask(partsToAgree, number)).map((it) => it.number)).toEqual([byHead.number]);
  for (const { id } of [byHead, byOfficer]) await given.as(officer).act(reportDone, { id, text: 'نظّفنا المصرف كله.' });
  const again = await verified();
  await expect(given.as(officer).act(namePartner, { commitment: byOfficer.number, organisation: again })).rejects.toMatchObject(refused('wrong-state'));
  await expect(given.as(owner).act(agreeToPart, { number, commitment: byHead.number })).rejects.toMatchObject(refused('wrong-state'));
  expect(await given.as(owner).ask(partsToAgree, number)).toEqual([]);
});
