import { expect, test } from 'vitest';
import { submitEntry, supportByCrowd } from '#features/intake/server/index.ts';
import { demoLinks, inhabitants } from '#features/people/server/index.ts';
import { siteSettings } from '#features/places/server/index.ts';
import { SYSTEM, VISITOR, world } from '#testing/world.ts';
import { readDemo, type DemoEntry } from './content.ts';
import { loadDemo } from './load.ts';

const NOW = '2026-11-25T09:00:00Z';
const given = await world({ profile: 'aleppo', now: NOW });
const content = readDemo(given.profile.folder)!;
const loads = await Promise.all([0, 1].map(() => given.as(SYSTEM).act(loadDemo, content)));

const STATES: Record<DemoEntry['state'], string> = {
  received: 'received', returned: 'returned', published: 'open', confidential: 'open', assigned: 'assigned', 'under-study': 'study', answered: 'answered', 'in-delivery': 'delivery',
  delivered: 'delivered', confirmed: 'confirmed', 'not-confirmed': 'unconfirmed', disputed: 'disputed', closed: 'closed', joined: 'joined', withdrawn: 'withdrawn',
};
const PROMISES: Record<string, string> = { open: 'open', late: 'open', done: 'done', confirmed: 'confirmed', 'not-confirmed': 'unconfirmed', disputed: 'disputed', broken: 'broken' };

test('of two loads at once one loads, and afterwards nothing is added', async () => {
  expect(loads.toSorted()).toEqual(['loaded', 'there']);
  const [before] = await given.sql<{ count: bigint }>('select count(*) from acts');
  expect(await given.as(SYSTEM).act(loadDemo, content)).toBe('there');
  expect(await given.sql('select count(*) from acts')).toEqual([before]);
});

test('every entry stands where the file says, with its supports', async () => {
  const rows = await given.sql<{ title: string; state: string; supports: number }>('select title, state, supports from entries join entry_tallies on entry_id = id');
  const found = new Map(rows.map((row) => [row.title, row]));
  for (const entry of content.entries) {
    // What was withdrawn has lost its words, and what was joined its supports.
    if (entry.state === 'withdrawn') continue;
    const row = found.get(entry.title);
    expect([entry.key, row?.state], entry.title).toEqual([entry.key, STATES[entry.state]]);
    if (entry.state !== 'joined') expect([entry.key, row?.supports]).toEqual([entry.key, entry.supports]);
  }
  expect(rows).toHaveLength(content.entries.length);
});

test('every commitment stands where the file says, with its dates, voices and slips', async () => {
  const rows = await given.sql<{ what: string; state: string; slips: number; voices: number }>(`select what, state,
    (select count(*)::int from commitment_slips where commitment_id = c.id) as slips, (select count(*)::int from confirmations where commitment_id = c.id) as voices from commitments c`);
  const told = content.entries.flatMap((entry) => entry.commitments.map((it) => ({
    what: it.what, state: PROMISES[it.state]!, slips: it.slips.length, voices: it.confirmations.yes + it.confirmations.partly + it.confirmations.no,
  })));
  const byWords = (a: { what: string }, b: { what: string }) => a.what.localeCompare(b.what);
  expect(rows.toSorted(byWords)).toEqual(told.toSorted(byWords));
});

test('nothing happened in the future, offices acted on working days, and an answer waited for its minutes', async () => {
  expect(await given.sql(`select kind from acts where at > $1`, [NOW])).toEqual([]);
  expect(await given.sql(`select kind, at from acts where actor_role in ('officer', 'head', 'coordinator') and kind <> 'answer.published' and extract(dow from at at time zone 'Asia/Damascus') in (5, 6)`)).toEqual([]);
  expect(await given.sql(`select id from answers where state = 'published' and published_at < approved_at + interval '10 minutes'`)).toEqual([]);
  expect(await given.sql(`select id from answers where approved_by = any(drafters)`)).toEqual([]);
});

test('somebody’s yes is waited for, and somebody still writes', async () => {
  expect(await given.sql(`select state from answers where state <> 'published' order by state`)).toEqual([{ state: 'draft' }, { state: 'sent' }]);
});

test('numbers rise with time, and every act on a thing comes after the one before', async () => {
  const numbers = await given.sql<{ number: string }>('select number from entries order by submitted_at');
  expect(numbers.map((it) => it.number)).toEqual(numbers.map((it) => it.number).toSorted());
  // Read by when they happened, the acts of an entry begin with its receipt.
  expect(await given.sql(`select subject_id from (select subject_id, kind, row_number() over (partition by subject_id order by at) as nth from acts where subject_kind = 'entry') a where nth = 1 and kind <> 'entry.received'`)).toEqual([]);
});

test('the site is open, and there is a way in for every role', async () => {
  expect(await given.as(SYSTEM).ask(siteSettings, undefined)).toMatchObject({ opened: true });
  const links = await given.as(SYSTEM).ask(demoLinks, undefined);
  const roles = new Set(links.flatMap((it) => it.roles.map((role) => role.role)));
  expect([...roles].toSorted()).toEqual(['administrator', 'auditor', 'clerk', 'coordinator', 'head', 'member', 'moderator', 'officer', 'registry']);
  expect(links.filter((it) => it.roles.length === 0)).toHaveLength(3);
  expect(await given.as(SYSTEM).ask(inhabitants, undefined)).toBe('demonstration');
});

test('organisations stand where the file says, and one helps a body', async () => {
  const rows = await given.sql<{ state: string }>('select state from organisations order by state');
  expect(rows.map((row) => row.state)).toEqual(content.organisations.map((it) => ({ listed: 'listed', submitted: 'submitted', proposed: 'submitted', verified: 'verified' })[it.standing]).toSorted());
  // It was named while the promises were still to be kept: what became of them is its record.
  const parts = await given.sql<{ early: boolean }>(`select p.agreed_at <= c.opened_at + interval '1 day' as early from organisation_parts p join commitments c on c.id = p.commitment_id where p.agreed_at is not null`);
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.every((it) => it.early)).toBe(true);
});

test('every comment stands where the file says, an official reply comes after what it answers, and moderators find work', async () => {
  const rows = await given.sql<{ text: string | null; state: string; official: boolean; waits: boolean; late: boolean }>(`select c.text, c.state, c.official_role is not null as official, c.waits_since is not null as waits, coalesce(c.sent_at <= up.sent_at, false) as late
    from comments c left join comments up on up.id = c.parent_id`);
  const stateOf = (it: { by: string; removed?: unknown }) => (it.removed ? 'removed' : it.by === 'visitor' ? 'held' : 'published');
  const told = content.comments.flatMap((it) => [{ ...it, state: stateOf(it), waits: it.by === 'visitor' || it.reported !== undefined }, ...it.replies.map((reply) => ({ ...reply, state: stateOf(reply), waits: false }))]);
  expect(rows).toHaveLength(told.length);
  for (const it of told) expect(rows.find((row) => row.text === it.text), it.text).toMatchObject({ state: it.state, official: it.by === 'officer' || it.by === 'head', waits: it.waits, late: false });
});

test('nobody but the demonstration supports for many', async () => {
  const [open] = await given.sql<{ number: string }>(`select number from entries where state = 'open' and published_at is not null`);
  const input = { number: open!.number, supports: [] };
  for (const who of [VISITOR, SYSTEM]) await expect(given.as(who).act(supportByCrowd, input)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
});

test('an installation in which something came in stays as it is', async () => {
  const other = await world({ profile: 'aleppo', now: NOW });
  await other.act(submitEntry, {
    once: crypto.randomUUID(), kind: 'need', title: 'الماء مقطوع', text: 'منذ يومين لا ماء في شارعنا.', language: 'ar', place: '', placeWords: 'قرب السوق', point: '', sectors: [], served: '', servedCount: null, contact: '', name: '', named: false, channel: 'web',
  });
  expect(await other.as(SYSTEM).act(loadDemo, content)).toBe('inhabited');
  expect(await other.sql('select count(*)::int as count from entries')).toEqual([{ count: 1 }]);
});

test.each(['2026-11-30T11:48:00Z', '2027-03-05T22:30:00Z', '2026-12-14T08:00:00Z', '2027-05-31T16:00:00Z'])('it can be loaded on any day, also on %s', async (now) => {
  const other = await world({ profile: 'aleppo', now });
  expect(await other.as(SYSTEM).act(loadDemo, content)).toBe('loaded');
  expect(await other.sql(`select state from entries where title = $1`, [content.entries.find((it) => it.key === 'mines-refaat')!.title])).toEqual([{ state: 'delivery' }]);
}, 300_000);
