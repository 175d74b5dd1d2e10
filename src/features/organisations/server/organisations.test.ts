import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { historyOf } from '../../record/server/index.ts';
import { VISITOR, world, type TestPerson } from '#testing/world.ts';
import type { Profile } from '../model.ts';
import {
  activitiesInside, addActivity, addContactPoint, addDocument, askRenewal, confirmActivities, decideProposal, describeOrganisation, handOver, insideOrganisation, inviteMember, joinOrganisation, leaveOrganisation, listOrganisations, mayReadDocument, membersOf, myOrganisations,
  objectToDecision, proposeDecision, registryCase, registryQueue, removeContactPoint, removeDocument, returnOrganisation, revokeInvitation, setMemberRoles, showOrganisation, startOrganisation, submitOrganisation, whoDoesWhatWhere,
} from './index.ts';

const given = await world();
const owner = await given.person();
const stranger = await given.person();
const [first, second] = [await given.person([{ role: 'registry' }]), await given.person([{ role: 'registry' }])];
const coordinator = await given.person([{ role: 'coordinator' }]);
const administrator = await given.person([{ role: 'administrator' }]);
const refused = (because: string, more: object = {}) => ({ refusal: { because, ...more } });
const paper = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#135' } }).png().toBuffer();
const WHOLE: Partial<Profile> = {
  kind: 'association', names: { ar: 'جمعية الينبوع', en: 'Spring Society', ku: '' }, about: 'نعلّم القراءة في الأحياء.', sectors: ['EDU'], places: ['TN01', 'TS02'], expertise: ['محو الأمية'],
  licence: { number: '93/12', by: 'الشؤون الاجتماعية', until: '2027-10-01' as never },
};

const start = (by: TestPerson = owner) => given.as(by).act(startOrganisation, undefined);
const version = async (number: string, by: TestPerson = owner) => (await given.as(by).ask(insideOrganisation, number)).version;
const write = async (number: string, change: Partial<Profile>, by: TestPerson = owner) => given.as(by).act(describeOrganisation, { number, version: await version(number, by), change });
async function whole(by: TestPerson = owner): Promise<string> {
  await given.sql(`update organisations set state = 'refused' where state = 'draft' and source is null`);
  const number = await start(by);
  await write(number, WHOLE, by);
  await given.as(by).act(addContactPoint, { number, kind: 'phone', value: '021 555 0101', public: false });
  for (const kind of ['licence', 'statute'] as const) await given.as(by).act(addDocument, { number, kind, public: false, bytes: paper });
  return number;
}
async function submitted(by: TestPerson = owner): Promise<string> {
  const number = await whole(by);
  await given.as(by).act(submitOrganisation, { number });
  return number;
}
const propose = (number: string, kind: 'verify' | 'suspend' | 'reinstate' | 'refuse' | 'renew' | 'uphold', by: TestPerson = first, until: string | null = '2027-09-01') =>
  given.as(by).act(proposeDecision, { number, kind, reason: 'قرأنا أوراقها كاملة', until: kind === 'suspend' || kind === 'refuse' || kind === 'uphold' ? null : (until as never) });
const confirm = (number: string, id: string, by: TestPerson = second, outcome: 'confirmed' | 'declined' | 'withdrawn' = 'confirmed') => given.as(by).act(decideProposal, { number, id, outcome });
async function verified(by: TestPerson = owner): Promise<string> {
  const number = await submitted(by);
  await confirm(number, await propose(number, 'verify'));
  return number;
}

test('from the first line to a verified organisation: a draft is kept, what is missing is named, two persons say yes, everybody finds it', async () => {
  const number = await start();
  await expect(given.as(owner).act(submitOrganisation, { number })).rejects.toMatchObject(refused('invalid', { fields: { about: 'name', work: 'sectors', contacts: 'contact' } }));
  await write(number, WHOLE);
  expect(await given.as(owner).ask(insideOrganisation, number)).toMatchObject({ names: { ar: 'جمعية الينبوع' }, state: 'draft', missing: [{ task: 'contacts' }, { what: 'licence-paper' }, { what: 'statute-paper' }] });
  await given.as(owner).act(addContactPoint, { number, kind: 'mail', value: 'x@example.org', public: true });
  for (const kind of ['licence', 'statute'] as const) await given.as(owner).act(addDocument, { number, kind, public: false, bytes: paper });
  await given.as(owner).act(submitOrganisation, { number });
  await expect(write(number, { about: 'نصّ آخر يكفي.' })).rejects.toMatchObject(refused('wrong-state'));
  expect((await given.as(first).ask(registryQueue, undefined)).map((it) => it.number)).toContain(number);
  await expect(given.ask(showOrganisation, number)).rejects.toMatchObject(refused('not-found'));

  await confirm(number, await propose(number, 'verify'));
  const shown = await given.ask(showOrganisation, number);
  expect(shown).toMatchObject({ standing: 'verified', verifiedUntil: '2027-09-01', contacts: [{ kind: 'mail' }], documents: [] });
  const acts = await given.ask(historyOf, { subjects: [shown.id], publicOnly: true });
  expect(acts).toMatchObject([{ kind: 'organisation.verified', role: 'registry', content: { reason: 'قرأنا أوراقها كاملة' } }]);
  expect((await given.ask(listOrganisations, { q: 'ينبوع', kind: null, sector: '', place: '', standing: 'verified', after: '' })).items[0]?.number).toBe(number);
});

describe('two persons', () => {
  test('the proposer does not confirm, nor an administrator, nor a stranger; of eight confirmations at once one passes', async () => {
    const number = await submitted();
    const id = await propose(number, 'verify');
    for (const who of [first, administrator]) await expect(confirm(number, id, who)).rejects.toMatchObject(refused('not-allowed'));
    for (const who of [stranger, owner]) await expect(confirm(number, id, who)).rejects.toMatchObject(refused('not-allowed'));
    await expect(confirm(number, id, second, 'withdrawn')).rejects.toMatchObject(refused('not-allowed'));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => confirm(number, id, at % 2 ? second : coordinator)));
    expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    expect((await given.as(second).ask(registryCase, number)).decisions).toMatchObject([{ kind: 'verify', outcome: 'confirmed' }]);
  });

  test('one proposal at a time; whoever proposed takes it back; who says no leaves it where it was', async () => {
    const number = await submitted();
    const tries = await Promise.allSettled([first, second].map((who) => propose(number, 'verify', who)));
    expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    const open = (await given.as(first).ask(registryCase, number)).open!;
    await confirm(number, open.id, open.mine ? first : second, 'withdrawn');
    await confirm(number, await propose(number, 'refuse', first), coordinator, 'declined');
    expect(await given.as(first).ask(registryCase, number)).toMatchObject({ it: { state: 'submitted' }, open: null });
  });

  test('nobody judges their own organisation, also after they left it', async () => {
    const insider = await given.person([{ role: 'registry' }]);
    const number = await submitted();
    const { token } = await given.as(owner).act(inviteMember, { number, name: 'موظّف الدليل', roles: ['editor'] });
    await given.as(insider).act(joinOrganisation, { token });
    await given.as(insider).act(leaveOrganisation, { number });
    await expect(propose(number, 'verify', insider)).rejects.toMatchObject(refused('not-allowed'));
    await expect(confirm(number, await propose(number, 'verify'), insider)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(insider).act(returnOrganisation, { number, reason: 'ينقصها شيء' })).rejects.toMatchObject(refused('not-allowed'));
  });

  test('an objection is heard by others than those who decided, and is public where the suspension is', async () => {
    const number = await verified();
    await confirm(number, await propose(number, 'suspend'));
    expect(await given.ask(showOrganisation, number)).toMatchObject({ standing: 'suspended', reason: 'قرأنا أوراقها كاملة', objected: false });
    await given.as(owner).act(objectToDecision, { number, text: 'الترخيص مجدَّد، وهذه صورته' });
    await expect(given.as(owner).act(objectToDecision, { number, text: 'مرة أخرى' })).rejects.toMatchObject(refused('wrong-state'));
    for (const who of [first, second]) await expect(propose(number, 'reinstate', who)).rejects.toMatchObject(refused('not-allowed'));
    const third = await given.person([{ role: 'registry' }]);
    const id = await propose(number, 'reinstate', third);
    await expect(confirm(number, id, second)).rejects.toMatchObject(refused('not-allowed'));
    await confirm(number, id, coordinator);
    expect(await given.ask(showOrganisation, number)).toMatchObject({ standing: 'verified', reason: '', objected: false });
  });

  test('a verification ends within two years and not after the licence; what has run out is said, and renewed by two', async () => {
    const number = await submitted();
    for (const [until, code] of [[null, 'required'], ['2026-01-01', 'past'], ['2029-01-01', 'too-far'], ['2027-12-01', 'beyond-licence']] as const) await expect(propose(number, 'verify', first, until)).rejects.toMatchObject(refused('invalid', { fields: { until: code } }));
    await confirm(number, await propose(number, 'verify', first, '2026-12-31'));
    await given.as(owner).act(askRenewal, { number });
    await given.as(owner).act(askRenewal, { number });
    given.clock.set('2027-02-01T09:00:00Z');
    expect(await given.ask(showOrganisation, number)).toMatchObject({ standing: 'expired' });
    await confirm(number, await propose(number, 'renew', second), first);
    expect(await given.ask(showOrganisation, number)).toMatchObject({ standing: 'verified' });
    given.clock.set('2026-11-24T09:00:00Z');
  });

  test('returned with what is missing, it is mended and sent again', async () => {
    const number = await submitted();
    await given.as(first).act(returnOrganisation, { number, reason: 'صورة الترخيص غير واضحة' });
    expect(await given.as(owner).ask(insideOrganisation, number)).toMatchObject({ state: 'returned', reason: 'صورة الترخيص غير واضحة' });
    await given.as(owner).act(submitOrganisation, { number });
    await given.as(owner).act(submitOrganisation, { number });
    expect(await given.as(owner).ask(insideOrganisation, number)).toMatchObject({ state: 'submitted', reason: '' });
  });
});

describe('members', () => {
  const join = async (number: string, roles: ('owner' | 'editor' | 'signatory')[], by: TestPerson = owner) => {
    const person = await given.person();
    const { token } = await given.as(by).act(inviteMember, { number, name: 'عضو جديد', roles });
    await given.as(person).act(joinOrganisation, { token });
    return { person, token };
  };

  test('a link works once, also for two at once; taken back or over it is gone; nobody joins without a contact', async () => {
    const number = await whole();
    const { token } = await given.as(owner).act(inviteMember, { number, name: 'ليلى', roles: ['editor'] });
    await expect(given.as(VISITOR).act(joinOrganisation, { token })).rejects.toMatchObject(refused('not-allowed'));
    const people = await Promise.all(Array.from({ length: 5 }, () => given.person()));
    const tries = await Promise.allSettled(people.map((who) => given.as(who).act(joinOrganisation, { token })));
    expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    await expect(given.as(stranger).act(joinOrganisation, { token })).rejects.toMatchObject(refused('gone'));
    await expect(given.as(stranger).act(joinOrganisation, { token: 'x' })).rejects.toMatchObject(refused('not-found'));
    const old = await given.as(owner).act(inviteMember, { number, name: 'سمير', roles: ['editor'] });
    const { invitations } = await given.as(owner).ask(membersOf, number);
    await given.as(owner).act(revokeInvitation, { number, id: invitations[0]!.id });
    await expect(given.as(stranger).act(joinOrganisation, old)).rejects.toMatchObject(refused('gone'));
    const late = await given.as(owner).act(inviteMember, { number, name: 'سمير', roles: ['editor'] });
    given.clock.addDays(8);
    await expect(given.as(stranger).act(joinOrganisation, late)).rejects.toMatchObject(refused('gone'));
    given.clock.addDays(-8);
  });

  test('an editor writes and does not keep members; the last owner stays, also when two leave at once', async () => {
    const number = await whole();
    const { person: editor } = await join(number, ['editor']);
    await write(number, { about: 'كتبها محرّر في الجمعية.' }, editor);
    await expect(given.as(editor).act(inviteMember, { number, name: 'صديق', roles: ['owner'] })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(editor).act(setMemberRoles, { number, person: editor.id, roles: ['owner'] })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(owner).act(leaveOrganisation, { number })).rejects.toMatchObject(refused('invalid', { fields: { roles: 'last-owner' } }));
    const { person: other } = await join(number, ['owner']);
    const tries = await Promise.allSettled([owner, other].map((who) => given.as(who).act(leaveOrganisation, { number })));
    expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
  });

  test('handing over changes both in one step; a signatory neither writes nor hands in', async () => {
    const number = await whole();
    const { person: signatory } = await join(number, ['signatory']);
    await expect(write(number, { about: 'ليس من عمل من يوقّع.' }, signatory)).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(signatory).act(submitOrganisation, { number })).rejects.toMatchObject(refused('not-allowed'));
    await expect(given.as(owner).act(handOver, { number, person: owner.id })).rejects.toMatchObject(refused('invalid'));
    await given.as(owner).act(handOver, { number, person: signatory.id });
    expect((await given.as(signatory).ask(myOrganisations, undefined))[0]).toMatchObject({ number, roles: ['owner', 'signatory'] });
    expect((await given.as(owner).ask(myOrganisations, undefined)).find((it) => it.number === number)?.roles).toEqual(['editor']);
  });
});

describe('what is inside stays inside', () => {
  test('a stranger, a visitor, another member and an administrator read nothing and write nothing', async () => {
    const number = await verified();
    const [document] = await given.sql<{ id: string }>('select d.id from organisation_documents d join organisations o on o.id = d.organisation_id where o.number = $1', [number]);
    for (const who of [VISITOR, stranger, administrator, await given.person([{ role: 'moderator' }])]) {
      const as = given.as(who);
      for (const query of [insideOrganisation, membersOf]) await expect(as.ask(query as never, number as never)).rejects.toMatchObject(refused('not-found'));
      expect(await as.ask(mayReadDocument, document!.id)).toBe(false);
      await expect(as.act(describeOrganisation, { number, version: 1, change: { about: 'سطر من غريب' } })).rejects.toMatchObject(refused('not-found'));
      await expect(as.act(addContactPoint, { number, kind: 'phone', value: '021555', public: true })).rejects.toMatchObject(refused('not-found'));
      await expect(as.act(addDocument, { number, kind: 'other', public: true, bytes: paper })).rejects.toMatchObject(refused('not-found'));
      for (const work of [submitOrganisation, askRenewal, leaveOrganisation, confirmActivities]) await expect(as.act(work as never, { number } as never)).rejects.toMatchObject(refused('not-found'));
      await expect(as.ask(registryQueue, undefined)).rejects.toMatchObject(refused('not-allowed'));
    }
    for (const who of [owner, first, coordinator]) expect(await given.as(who).ask(mayReadDocument, document!.id)).toBe(true);
  });

  test('of two who write one page at once, one does; the same page sent again is nothing', async () => {
    const number = await whole();
    const read = await version(number);
    const tries = await Promise.allSettled(['نصّ أول طويل', 'نصّ ثانٍ طويل'].map((about) => given.as(owner).act(describeOrganisation, { number, version: read, change: { about } })));
    expect(tries.filter((it) => it.status === 'fulfilled')).toHaveLength(1);
    for (const it of tries) if (it.status === 'rejected') expect(it.reason).toMatchObject(refused('conflict'));
    const now = await given.as(owner).ask(insideOrganisation, number);
    await given.as(owner).act(describeOrganisation, { number, version: 1, change: { about: now.about } });
    expect(await version(number)).toBe(now.version);
  });

  test('unknown sectors and places, too many contacts and a fourth draft are refused; what was added can be removed', async () => {
    const number = await whole();
    await expect(write(number, { sectors: ['ZZZ'] })).rejects.toMatchObject(refused('invalid', { fields: { sectors: 'unknown' } }));
    await expect(write(number, { places: ['NOWHERE'] })).rejects.toMatchObject(refused('invalid', { fields: { places: 'unknown' } }));
    for (let at = 0; at < 7; at++) await given.as(owner).act(addContactPoint, { number, kind: 'address', value: `شارع ${at}`, public: true });
    await expect(given.as(owner).act(addContactPoint, { number, kind: 'address', value: 'شارع تاسع', public: true })).rejects.toMatchObject(refused('invalid', { fields: { value: 'too-many' } }));
    const inside = await given.as(owner).ask(insideOrganisation, number);
    await given.as(owner).act(removeContactPoint, { number, id: inside.contacts[0]!.id });
    await given.as(owner).act(removeDocument, { number, id: inside.documents[0]!.id });
    expect(await given.sql('select 1 from attachments where owner_id = $1', [inside.documents[0]!.id])).toEqual([]);
    for (let at = 0; at < 2; at++) await start();
    await expect(start()).rejects.toMatchObject(refused('invalid', { fields: { form: 'too-many-drafts' } }));
  });

  test('a verified one that changes what it was verified for is looked at again', async () => {
    const number = await verified();
    await write(number, { about: 'هذا لا يغيّر شيئاً في الترخيص.' });
    expect(await given.as(owner).ask(insideOrganisation, number)).toMatchObject({ renewal: false });
    await write(number, { names: { ar: 'جمعية الينبوع الجديدة', en: '', ku: '' } });
    expect(await given.as(owner).ask(insideOrganisation, number)).toMatchObject({ renewal: true, state: 'verified' });
  });
});

test('an activity ends no sooner than it begins', async () => {
  const number = await start(stranger);
  const activity = { number, sector: 'EDU.5', place: 'TN05', coarse: false, what: 'صفوف محو الأمية', state: 'planned' as const, targeted: null, reached: null };
  const days = (starts: string | null, ends: string | null) => given.as(stranger).act(addActivity, { ...activity, starts: starts as never, ends: ends as never });
  await expect(days('2027-02-01', '2027-01-31')).rejects.toMatchObject(refused('invalid', { fields: { ends: 'before-start' } }));
  for (const [starts, ends] of [['2027-02-01', '2027-02-01'], [null, '2027-01-01'], ['2027-01-01', null], [null, null]] as const) await days(starts, ends);
  expect((await given.as(stranger).ask(activitiesInside, number)).map((it) => [it.starts, it.ends])).toHaveLength(4);
});

test('who does what where counts each organisation once a cell, and tells no few people', async () => {
  const number = await verified();
  const activity = { number, sector: 'EDU.5', place: 'TN05', coarse: true, what: 'صفوف محو الأمية', state: 'ongoing' as const, starts: null, ends: null, reached: null };
  await given.as(owner).act(addActivity, { ...activity, targeted: 9 });
  const shown = await given.ask(showOrganisation, number);
  expect(shown.activities).toMatchObject([{ place: { code: 'TS02' }, targeted: null }]);
  const matrix = await given.ask(whoDoesWhatWhere, undefined);
  expect(matrix.cells['EDU TS02']).toMatchObject({ people: null });
  expect(matrix.cells['EDU TS02']!.organisations).toBe(matrix.cells['EDU TS01']!.organisations);
});
