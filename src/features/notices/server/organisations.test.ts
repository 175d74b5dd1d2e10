import { beforeEach, expect, test } from 'vitest';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { objectToDecision, proposeDecision, decideProposal, returnOrganisation, startOrganisation } from '../../organisations/server/index.ts';
import { writeMail } from './letter.ts';
import { remindOfDue, tellNews } from './index.ts';

const given = await world();
const people = {
  owner: await given.person(), editor: await given.person(), signatory: await given.person(), former: await given.person(), stranger: await given.person(),
  first: await given.person([{ role: 'registry' }]), second: await given.person([{ role: 'registry' }]), third: await given.person([{ role: 'registry' }]), fourth: await given.person([{ role: 'coordinator' }]),
};
const { owner, first, second, third, fourth } = people;
const nameOf = new Map<string, string>(Object.entries(people).map(([name, person]) => [person.id, name]));
const number = await given.as(owner).act(startOrganisation, undefined);
const [{ id }] = await given.sql<{ id: string }>('select id from organisations where number = $1', [number]) as [{ id: string }];
for (const [who, roles, ended] of [['editor', '{editor}', null], ['signatory', '{signatory}', null], ['former', '{owner}', '2026-11-02']] as const) {
  await given.sql(`insert into organisation_members (organisation_id, person_id, roles, name, since, ended_at) values ($1, $2, $3, '—', '2026-11-01', $4)`, [id, people[who].id, roles, ended]);
}

const stands = (state: string, more: { licence?: string | null; verified?: string | null } = {}) =>
  given.sql(`update organisations set state = $2, name_ar = 'جمعية canary', kind = 'association', licence_until = $3, verified_until = $4, reason = '', objection = '' where id = $1`, [id, state, more.licence ?? null, more.verified ?? (state === 'verified' ? '2028-01-01' : null)]);

type Row = { id: string; template: string; person_id: string; due: string | null; values: { number?: string; due?: string; room?: 'gov'; organisation?: string } };
const laid = async () => (await given.sql<Row>('select id, template, person_id, values from notices')).map((row) => ({ ...row, who: nameOf.get(row.person_id) ?? 'somebody else' }));
async function told(): Promise<string[]> {
  await given.sql('delete from notices');
  while ((await given.as(SYSTEM).act(tellNews, undefined)) > 0);
  return (await laid()).map((it) => `${it.template} ${it.who}`).sort();
}
async function reminded(): Promise<string[]> {
  const before = await laid();
  await given.as(SYSTEM).act(remindOfDue, undefined);
  return (await laid()).filter((it) => !before.some((row) => row.id === it.id)).map((it) => `${it.template} ${it.who} ${it.values.due}`).sort();
}

beforeEach(async () => {
  given.clock.set('2026-11-24T09:00:00Z');
  await given.sql(`update news_cursor set at = '2026-11-01'`);
  await told();
});

const decide = async (kind: 'verify' | 'refuse' | 'suspend' | 'reinstate' | 'renew' | 'uphold', until: string | null, by = [first, second] as const) => {
  const proposal = await given.as(by[0]).act(proposeDecision, { number, kind, reason: 'قرأنا أوراقها canary', until: until as never });
  await given.as(by[1]).act(decideProposal, { number, id: proposal, outcome: 'confirmed' });
};

test('whoever answers and writes for an organisation hears what was decided; who left, who only signs and strangers do not', async () => {
  await stands('submitted');
  await given.as(first).act(returnOrganisation, { number, reason: 'ينقصها الترخيص canary' });
  expect(await told()).toEqual(['org-returned editor', 'org-returned owner']);
  await stands('submitted');
  await decide('refuse', null);
  expect(await told()).toEqual(['org-refused editor', 'org-refused owner']);
  await stands('submitted');
  await decide('verify', '2027-06-01');
  expect(await told()).toEqual(['org-verified editor', 'org-verified owner']);
  expect((await laid())[0]!.values).toEqual({ number, due: '2027-06-01', organisation: number });
  await decide('renew', '2027-07-01');
  expect((await told()).length).toBe(2);
  expect((await laid()).map((it) => it.values.due)).toEqual(['2027-07-01', '2027-07-01']);
});

test('a suspension, an objection that changes nothing, and one that brings it back', async () => {
  await stands('verified', { verified: '2027-06-01' });
  await decide('suspend', null);
  expect(await told()).toEqual(['org-suspended editor', 'org-suspended owner']);
  await given.as(owner).act(objectToDecision, { number, text: 'أوراقنا كاملة canary' });
  expect(await told(), 'an objection waits for the registry').toEqual(['org-waits first', 'org-waits second', 'org-waits third']);
  await decide('uphold', null, [third, fourth] as never);
  expect(await told()).toEqual(['org-upheld editor', 'org-upheld owner']);
  await decide('reinstate', '2027-05-01');
  expect(await told()).toEqual(['org-reinstated editor', 'org-reinstated owner']);
  expect(JSON.stringify(await given.sql('select * from notices')), 'a letter holds neither names nor reasons').not.toMatch(/canary/);
});

test('a proposal that was declined or taken back is told to nobody', async () => {
  await stands('verified');
  for (const [outcome, by] of [['withdrawn', first], ['declined', second]] as const) {
    const proposal = await given.as(first).act(proposeDecision, { number, kind: 'suspend', reason: 'قرأنا أوراقها', until: null });
    await given.as(by).act(decideProposal, { number, id: proposal, outcome });
  }
  expect(await told()).toEqual([]);
});

test('what was handed in waits for the registry; a proposal for everybody who may be its second person, while it waits', async () => {
  await given.sql(`insert into acts (id, at, kind, subject_kind, subject_id, public, actor_role, actor_person) values ($1, $2, 'organisation.submitted', 'organisation', $3, false, 'member', $4)`, [crypto.randomUUID(), given.clock.now(), id, owner.id]);
  expect(await told()).toEqual(['org-waits first', 'org-waits second', 'org-waits third']);
  expect((await laid())[0]!.values).toMatchObject({ number, room: 'gov', organisation: number });
  await stands('submitted');
  // Who is or was of the organisation is told nothing: they may not judge it.
  await given.sql(`insert into organisation_members (organisation_id, person_id, roles, name, since, ended_at) values ($1, $2, '{editor}', '—', '2026-11-01', '2026-11-02')`, [id, third.id]);
  const proposal = await given.as(first).act(proposeDecision, { number, kind: 'refuse', reason: 'قرأنا أوراقها canary', until: null });
  expect(await told()).toEqual(['org-second fourth', 'org-second second']);
  await given.as(first).act(decideProposal, { number, id: proposal, outcome: 'withdrawn' });
  await given.sql('delete from organisation_members where person_id = $1', [third.id]);
});

test('a partner that is named is asked by those who can say yes: who answers for it, and who signs', async () => {
  await given.sql(`insert into acts (id, at, kind, subject_kind, subject_id, public, actor_role, actor_person) values ($1, $2, 'organisation.part-named', 'organisation', $3, false, 'officer', $4)`, [crypto.randomUUID(), given.clock.now(), id, people.stranger.id]);
  expect(await told()).toEqual(['org-part owner', 'org-part signatory']);
});

test('what ends is told two months and two weeks before and on the day, to its members and the registry, once each', async () => {
  await stands('verified', { licence: '2027-03-01', verified: '2027-02-01' });
  const days: string[] = [];
  for (const day of ['2026-12-02', '2026-12-03', '2026-12-04', '2026-12-16', '2026-12-18', '2027-01-17', '2027-01-18', '2027-01-19', '2027-01-31', '2027-02-01', '2027-02-02', '2027-02-15', '2027-02-20']) {
    given.clock.set(`${day}T09:00:00Z`);
    const lines = await reminded();
    if (lines.length === 0) continue;
    days.push(day);
    expect(lines).toEqual(['editor', 'first', 'owner', 'second', 'third'].map((who) => `org-ending ${who} 2027-02-01`));
    expect(new Set((await laid()).filter((it) => it.values.room !== 'gov').map((it) => it.who))).toEqual(new Set(['editor', 'owner']));
    expect(await reminded()).toEqual([]);
  }
  expect(days).toEqual(['2026-12-03', '2027-01-18', '2027-02-01']);
});

test('what ran out long ago is not dug up, a draft is nobody’s, and a house that slept tells late', async () => {
  await stands('verified', { verified: '2026-10-01' });
  expect(await reminded()).toEqual([]);
  await stands('draft', { licence: '2026-11-30' });
  expect(await reminded()).toEqual([]);
  await stands('suspended', { licence: '2026-12-05' });
  expect((await reminded()).length).toBe(5);
  await stands('suspended', { licence: '2027-01-20' });
  expect((await reminded()).length, 'a date that moves is told again').toBe(5);
});

test('of several who remind at once each is told once; nobody but the worker reminds', async () => {
  await stands('verified', { licence: '2026-11-24' });
  await given.sql('delete from notices');
  await Promise.all(Array.from({ length: 5 }, () => given.as(SYSTEM).act(remindOfDue, undefined)));
  expect((await laid()).map((it) => it.who).sort()).toEqual(['editor', 'first', 'owner', 'second', 'third']);
  for (const who of [VISITOR, owner, first, people.stranger]) await expect(given.as(who).act(remindOfDue, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});

test('a letter leads its members to their own page and the registry to its own', () => {
  const linkOf = (values: object) => new URL(writeMail([{ template: 'org-ending', values: { number, organisation: number, due: '2026-12-01', ...values }, title: null }], 'ar', { origin: 'https://abwab.example', zone: 'Asia/Damascus' }, null).text.split('\n').at(-1)!).pathname;
  expect([linkOf({}), linkOf({ room: 'gov' })]).toEqual([`/org/${number}`, `/gov/orgs/${number}`]);
});
