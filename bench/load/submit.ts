/** Submissions through the door that every form and program uses; what the edge adds is measured with supports. */
import pg from 'pg';
import { submitEntry } from '../../src/features/intake/server/index.ts';
import type { Tables } from '../../src/features/context.ts';
import { openPool, urlFor } from '../../src/platform/db/connection.ts';
import { openDoors } from '../../src/platform/doors.ts';
import { readProfile } from '../../src/platform/profile.ts';
import { openSecrets } from '../../src/platform/secrets.ts';
import { entryRow } from './data.ts';
import type { Fired } from './fire.ts';
import { HOME } from './server.ts';

const AT_ONCE = 16;

export async function submitMany(adminUrl: string, data: string, count: number): Promise<Fired & { statements: number }> {
  const secrets = openSecrets(data, {});
  let statements = 0;
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function counted(this: pg.Client, ...args: unknown[]) { statements++; return original.apply(this, args); } as never;
  const doors = openDoors<Tables>({ pool: openPool(urlFor('abwab_app', adminUrl, secrets), AT_ONCE), profile: readProfile(HOME, 'aleppo'), secrets });
  const took: number[] = [];
  let wrong = 0;
  let next = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < count) {
      const at = next++;
      const since = performance.now();
      // A network each: nobody sends two thousand.
      await doors.act({ actor: { kind: 'visitor' }, caller: `bench-${at}` }, submitEntry, submission(at) as never).catch(() => wrong++);
      took.push(performance.now() - since);
    }
  }));
  const seconds = (performance.now() - began) / 1000;
  await doors.close();
  pg.Client.prototype.query = original as never;
  took.sort((a, b) => a - b);
  return { perSecond: count / seconds, p50: took[Math.floor(count * 0.5)]!, p975: took[Math.floor(count * 0.975)]!, refused: 0, wrong, done: count, statements: statements / count };
}

function submission(at: number): object {
  const row = entryRow(5_000_000 + at, ['']) as { title: string; text: string };
  return {
    once: crypto.randomUUID(), kind: 'need', title: row.title, text: row.text, language: 'ar', place: '', placeWords: 'قرب المدرسة', point: '', sectors: [], served: '', servedCount: null, contact: '', name: '', named: false, channel: 'web',
  };
}
