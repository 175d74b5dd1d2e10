/** The terms that the public table names are those that the jobs keep: a day before, everything is there; a day after, it is gone. */
import { expect, test } from 'vitest';
import { office, submissionOf } from '#testing/entries.ts';
import { SYSTEM, world } from '#testing/world.ts';
import { forgetRemoved } from '../comments/server/index.ts';
import { forgetDrafts, forgetSenders, keepDraft, openDraft, submitEntry } from '../intake/server/index.ts';
import { forgetNotices } from '../notices/server/index.ts';
import { forgetPrograms } from '../open311/server/index.ts';
import { forgetOrganisations } from '../organisations/server/index.ts';
import { forgetSignIns, requestCode } from '../people/server/index.ts';
import { CLASSES } from './retention.ts';

const given = await world();
const it = await office(given);
const job = given.as(SYSTEM);
const count = async (sql: string, ...values: unknown[]) => (await given.sql<{ n: number }>(`select count(*)::int as n from ${sql}`, values))[0]!.n;

/** Keeps what `left` counts until the term, and not after it. */
async function kept(days: number, run: () => Promise<unknown>, left: () => Promise<number>): Promise<void> {
  given.clock.addDays(days - 1);
  await run();
  expect(await left(), 'a day before').toBeGreaterThan(0);
  given.clock.addDays(2);
  await run();
  expect(await left(), 'a day after').toBe(0);
}

test('who sent it is forgotten half a year after the matter is over, and not while it is open', async () => {
  const open = await it.open({ contact: '0944 555 111', name: 'سلمى' });
  const over = await it.open({ contact: '0944 555 222', name: 'سلمى' });
  await given.sql(`update entries set state = 'closed', outcome = 'declined', answered_at = $2, body_id = $3, changed_at = $2 where number = $1`, [over.number, given.clock.now(), it.body]);
  const named = (number: string) => count(`entry_submitters s join entries e on e.id = s.entry_id where e.number = $1 and s.name <> '' and s.contact is not null`, number);
  await kept(CLASSES.sender.days, () => job.act(forgetSenders, undefined), () => named(over.number));
  expect(await named(open.number)).toBe(1);
});

test('a complaint’s words go two years after it is over; its number and its acts stay', async () => {
  const complaint = await it.assigned({ kind: 'complaint' });
  const [{ id }] = (await given.sql<{ id: string }>(`update entries set state = 'closed', outcome = 'declined', answered_at = $2, changed_at = $2 where number = $1 returning id`, [complaint.number, given.clock.now()])) as [{ id: string }];
  const acts = await count('acts where subject_id = $1', id);
  await kept(CLASSES.complaint.days, () => job.act(forgetSenders, undefined), () => count(`entries where id = $1 and text <> ''`, id));
  expect(await count('entries where id = $1 and number = $2', id, complaint.number)).toBe(1);
  expect(await count('acts where subject_id = $1', id)).toBe(acts + 1);
  expect(await given.sql(`select kind from acts where subject_id = $1 and kind = 'entry.erased' and not public`, [id])).toHaveLength(1);
});

test('drafts, sign-in codes and letters are over in their time', async () => {
  const token = await given.act(openDraft, { kind: 'need' });
  await given.act(keepDraft, { token, data: { title: 'لم يُرسل' } });
  await kept(CLASSES.draft.days, () => job.act(forgetDrafts, undefined), () => count('entry_drafts'));
  await given.act(requestCode, { contact: '0944 555 333', language: 'ar' });
  await kept(CLASSES.code.days + 1, () => job.act(forgetSignIns, undefined), () => count('sign_in_codes'));
  await given.sql(`insert into outbox (id, channel, recipient_masked, subject, body, created_at) values (gen_random_uuid(), 'mail', 'x', 'x', 'x', $1)`, [given.clock.now()]);
  await kept(CLASSES.letter.days, () => job.act(forgetNotices, undefined), () => count('outbox'));
});

test('the receipt of a form keeps its private key for a day', async () => {
  const form = submissionOf();
  await given.act(submitEntry, form);
  const sealed = () => count('entry_submissions where once = $1 and length(key_sealed) > 0', form.once);
  await job.act(forgetDrafts, undefined);
  expect(await sealed()).toBe(1);
  given.clock.addDays(CLASSES.receipt.days + 0.01);
  await job.act(forgetDrafts, undefined);
  expect(await sealed()).toBe(0);
});

test('invitations, members who left and applications that came to nothing go; whoever is listed stays', async () => {
  const person = await given.person();
  const organisation = async (number: string, state: string) => (await given.sql<{ id: string }>(
    `insert into organisations (id, number, state, kind, name_ar, created_at, changed_at) values (gen_random_uuid(), $1, $2, 'association', 'جمعية', $3, $3) returning id`, [number, state, given.clock.now()]))[0]!.id;
  const draft = await organisation('X-1', 'draft');
  const listed = await organisation('X-2', 'listed');
  const now = () => given.clock.now();
  await given.sql(`insert into organisation_contacts (id, organisation_id, kind, value, public, position) values (gen_random_uuid(), $1, 'phone', '0944', false, 1)`, [draft]);
  await given.sql(`insert into organisation_invitations (id, organisation_id, roles, name, token_hash, created_by, created_at, expires_at) values (gen_random_uuid(), $1, '{editor}', 'رنا', 'h', $2, $3, $3)`, [listed, person.id, now()]);
  await kept(CLASSES.invitation.days, () => job.act(forgetOrganisations, undefined), () => count('organisation_invitations'));
  await given.sql(`update organisations set changed_at = $1`, [now()]);
  await given.sql(`insert into organisation_members (organisation_id, person_id, roles, name, since, ended_at) values ($1, $2, '{editor}', 'رنا', $3, $3)`, [listed, person.id, now()]);
  await kept(CLASSES.application.days, () => job.act(forgetOrganisations, undefined), async () => (await count('organisations where id = $1', draft)) + (await count('organisation_members')));
  expect(await count('organisations where id = $1', listed)).toBe(1);
});

test('of a program: its sender’s name in it half a year after the matter, its owner’s address a year after the key', async () => {
  const person = await given.person();
  const entry = await it.open();
  const now = given.clock.now();
  const [{ id: key }] = (await given.sql<{ id: string }>(`insert into api_keys (id, name, contact, key_hash, ending, per_hour, issued_at, issued_by, ended_at, ended_by) values (gen_random_uuid(), 'برنامج', 'app@example.org', sha256('k'), 'abcd', 9, $1, $2, $1, $2) returning id`, [now, person.id])) as [{ id: string }];
  await given.sql(`insert into program_requests (entry_id, key_id, token, account, at) select id, $2, gen_random_uuid(), 'salma', $3 from entries where number = $1`, [entry.number, key, now]);
  await given.sql(`update entries set state = 'closed', outcome = 'declined', answered_at = $2, body_id = $3, changed_at = $2 where number = $1`, [entry.number, now, it.body]);
  await kept(CLASSES.sender.days, () => job.act(forgetPrograms, undefined), () => count(`program_requests where account <> ''`));
  await kept(CLASSES.program.days - CLASSES.sender.days - 1, () => job.act(forgetPrograms, undefined), () => count(`api_keys where contact like '%@%'`));
});

test('only the worker forgets', async () => {
  const use = [forgetSenders, forgetOrganisations, forgetPrograms, forgetDrafts, forgetNotices, forgetSignIns, forgetRemoved] as const;
  for (const who of [await given.person([{ role: 'administrator' }]), await given.person()]) {
    for (const forget of use.filter((one) => one !== forgetDrafts)) await expect(given.as(who).act(forget as typeof forgetSenders, undefined)).rejects.toMatchObject({ refusal: { because: 'not-allowed' } });
  }
});
