/** Every way in which what was acknowledged, its state and its act can fall apart; empty when they have not. */
import { withAdmin } from './real-site.ts';

/** `sent KEY`: a form was answered; `supported NUMBER PERSON`. */
export async function fallenApart(url: string, acknowledged: readonly string[]): Promise<string[]> {
  const sent = acknowledged.flatMap((line) => (line.startsWith('sent ') ? [line.slice(5)] : []));
  const supported = acknowledged.flatMap((line) => (line.startsWith('supported ') ? [line.slice(10)] : []));
  return withAdmin(url, async (client) => {
    const ids = async (text: string) => (await client.query<{ it: string }>(text)).rows.map((row) => row.it);
    const submissions = new Set(await ids('select once::text as it from entry_submissions'));
    const supports = new Set(await ids(`select e.number || ' ' || s.person_id as it from supports s join entries e on e.id = s.entry_id`));
    return [
      ...sent.filter((once) => !submissions.has(once)).map((once) => `acknowledged and gone: ${once}`),
      ...supported.filter((it) => !supports.has(it)).map((it) => `acknowledged and gone: support ${it}`),
      ...(await ids(`select 'state without act: ' || e.id as it from entries e where not exists (select 1 from acts a where a.subject_id = e.id and a.kind in ('entry.received', 'entry.imported'))`)),
      ...(await ids(`select 'act without state: ' || a.id as it from acts a where a.subject_kind = 'entry' and not exists (select 1 from entries e where e.id = a.subject_id)`)),
      ...(await ids(`select 'entry without submission: ' || e.id as it from entries e where e.source is null and not exists (select 1 from entry_submissions s where s.entry_id = e.id)`)),
      ...(await ids(`select 'supports and acts differ: ' || e.number as it from entries e where (select count(*) from supports s where s.entry_id = e.id) <> (select count(*) from acts a where a.subject_id = e.id and a.kind = 'entry.supported')`)),
      ...(await ids(`select 'tally differs: ' || e.number as it from entries e join entry_tallies t on t.entry_id = e.id where t.supports <> (select count(*) from supports s where s.entry_id = e.id)`)),
    ];
  });
}

/** Loses one of each on purpose: the same eyes have to see it. */
export async function spoil(url: string, acknowledged: readonly string[]): Promise<string[]> {
  const sent = acknowledged.find((line) => line.startsWith('sent '))!.slice(5);
  await withAdmin(url, async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(`delete from entry_submissions where once = $1`, [sent]);
    await client.query(`delete from acts where ctid = (select ctid from acts where kind = 'entry.supported' limit 1)`);
    await client.query(`delete from entries where ctid = (select ctid from entries where source is null limit 1)`);
  });
  return (await fallenApart(url, acknowledged)).map((line) => line.split(':')[0]!);
}
export const SEEN = ['acknowledged and gone', 'supports and acts differ', 'act without state'];
