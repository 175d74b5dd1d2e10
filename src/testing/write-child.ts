/** Writes public acts in a process of its own, for tests: node write-child.ts DATABASE BATCHES DATA. */
import { openPool, urlFor } from '#platform/db/connection.ts';
import { openDoors } from '#platform/doors.ts';
import { readProfile } from '#platform/profile.ts';
import { openSecrets } from '#platform/secrets.ts';
import { newId } from '#kernel/ids.ts';
import { recordMany } from '#features/record/server/index.ts';
import type { Ctx, Tables } from '#features/context.ts';
import { HOME } from './cluster.ts';

const [, , database, batches, data] = process.argv as [string, string, string, string, string];
const secrets = openSecrets(data);
const house = openDoors<Tables>({ pool: openPool(urlFor('abwab_app', database, secrets), 2), profile: readProfile(HOME, 'test'), secrets });
const write = (ctx: Ctx) => recordMany(ctx, 'site.tested', Array.from({ length: 10 }, () => ({ subject: { kind: 'site' as const, id: newId<'site'>() }, public: true, detail: {} })));
for (let batch = 0; batch < Number(batches); batch++) await house.act({ actor: { kind: 'system', job: 'test' }, caller: null }, write, undefined);
await house.close();
