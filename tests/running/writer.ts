/** Writes through the doors of the house as a site does, and says on standard output what was acknowledged. Killed by killed.test.ts. */
import { setTimeout as wait } from 'node:timers/promises';
import { submitEntry, supportEntry } from '#features/intake/server/index.ts';
import type { Tables } from '#features/context.ts';
import { openPool, urlFor } from '#platform/db/connection.ts';
import { openDoors } from '#platform/doors.ts';
import { readProfile } from '#platform/profile.ts';
import { openSecrets } from '#platform/secrets.ts';

const [data, adminUrl, from, to] = process.argv.slice(2) as [string, string, string, string];
const secrets = openSecrets(data, {});
const doors = openDoors<Tables>({ pool: openPool(urlFor('abwab_app', adminUrl, secrets), 8), profile: readProfile(process.env.ABWAB_HOME!, 'test'), secrets });
const { entries, persons } = JSON.parse(process.env.WRITE_ON!) as { entries: string[]; persons: string[] };
let next = Number(from);

const uuid = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;

/** As people do: whoever hears nothing sends the same again. */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch {
      await wait(50);
    }
  }
}

async function one(at: number): Promise<void> {
  const text = `المصابيح مكسورة منذ الشتاء رقم ${at}`;
  await patiently(() => doors.act({ actor: { kind: 'visitor' }, caller: `n-${at}` }, submitEntry, {
    once: uuid(at), kind: 'need', title: text, text, language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [], served: '', servedCount: null, contact: '', name: '', named: false, channel: 'web',
  } as never));
  process.stdout.write(`sent ${uuid(at)}\n`);
  const person = persons[at % persons.length]!;
  const entry = entries[Math.floor(at / persons.length) % entries.length]!;
  await patiently(() => doors.act({ actor: { kind: 'person', id: person, roles: [], verified: 'contact', assurance: 'one' } as never, caller: null }, supportEntry, { number: entry }));
  process.stdout.write(`supported ${entry} ${person}\n`);
}

await Promise.all(Array.from({ length: 8 }, async () => {
  while (next < Number(to)) await one(next++);
}));
await doors.close();
