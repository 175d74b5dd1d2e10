/** What came from another system is an entry like any other: it is handed on, answered, promised, done and confirmed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { approveAnswer, publishDue, saveDraft, sendAnswer } from '#features/answers/server/index.ts';
import { commitmentsOf, reportDone } from '#features/commitments/server/index.ts';
import { readRow } from '#features/intake/import-formats.ts';
import { confirmEntry, followCommitments, importEntries, showEntry, supportEntry, triageEntry } from '#features/intake/server/index.ts';
import type { PlainDate } from '#kernel/working-days.ts';
import { HOME } from '#testing/cluster.ts';
import { SYSTEM, world } from '#testing/world.ts';

const given = await world({ profile: 'import', now: '2026-11-24T15:00:00Z' });
const rows = readFileSync(join(HOME, 'tests/data/participation/decide-madrid/proposals.jsonl'), 'utf8').trim().split('\n').slice(0, 5);
const body = await given.body('pwdx');
const [coordinator, officer, head] = [await given.person([{ role: 'coordinator' }]), await given.person([{ role: 'officer', body }]), await given.person([{ role: 'head', body }])];

test.each(rows.map((row, at) => [at, row] as const))('proposal %i of Madrid goes all the way', async (_, row) => {
  const read = readRow('consul', JSON.parse(row) as Record<string, unknown>);
  if ('refused' in read) throw new Error(read.refused);
  await given.as({ actor: { kind: 'system', job: 'terminal' }, caller: null }).act(importEntries, { source: 'madrid', publish: false, entries: [read.entry] });
  const [{ id, number }] = (await given.sql<{ id: string; number: string }>('select id, number from entries where external_id = $1', [read.entry.externalId])) as [{ id: string; number: string }];
  await given.as(coordinator).act(triageEntry, { number, sectors: ['SRV'], place: 'IMMAD', visibility: 'public', body: 'pwdx' });

  const answer = { outcome: 'accepted' as const, summary: 'Se hará en primavera.', reason: 'El presupuesto de este año lo permite.', referredTo: '', version: 0 };
  const saved = await given.as(officer).act(saveDraft, { number, ...answer, promises: [{ what: 'Instalar lo pedido', who: '', due: '2027-03-01' as PlainDate }] });
  await given.as(officer).act(sendAnswer, saved);
  await given.as(head).act(approveAnswer, saved);
  given.clock.addMinutes(15);
  expect(await given.as(SYSTEM).act(publishDue, undefined)).toBe(1);
  expect(await given.ask(showEntry, { number })).toMatchObject({ state: 'delivery', outcome: 'accepted' });

  const [promise] = await given.ask(commitmentsOf, { subjectIds: [id], publicOnly: true });
  await given.as(officer).act(reportDone, { id: promise!.id, text: 'Fotos del lugar.' });
  for (let nth = 0; nth < 3; nth++) {
    const supporter = await given.person([{ role: 'resident' }]);
    await given.as(supporter).act(supportEntry, { number });
    await given.as(supporter).act(confirmEntry, { number, commitment: promise!.number, verdict: 'yes' });
  }
  await given.as(SYSTEM).act(followCommitments, undefined);
  expect(await given.ask(showEntry, { number })).toMatchObject({ state: 'confirmed' });
});
