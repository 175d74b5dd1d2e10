/** Publishes the record in a process of its own and kills it at a step, for tests: node publish-child.ts STEP DATABASE FOLDER SIGNER. */
import { openPool, urlFor } from '#platform/db/connection.ts';
import { openDoors } from '#platform/doors.ts';
import { readProfile } from '#platform/profile.ts';
import { openFolder } from '#platform/tlog/files.ts';
import { openSigner } from '#platform/tlog/signer.ts';
import { signerHere } from '#platform/tlog/signer-server.ts';
import { openPublisher, type Steps } from '#features/record/server/publish-log.ts';
import type { Tables } from '#features/context.ts';
import { HOME, TEST_SECRETS } from './cluster.ts';

const [, , step, database, folder, signerFolder] = process.argv as [string, string, keyof Steps, string, string, string];
const house = openDoors<Tables>({ pool: openPool(urlFor('abwab_app', database, TEST_SECRETS), 2), profile: readProfile(HOME, 'test'), secrets: TEST_SECRETS });
const signer = await openSigner(signerFolder, 'never made here');
const die = () => process.kill(process.pid, 'SIGKILL');

const publisher = openPublisher({
  house, who: { actor: { kind: 'system', job: 'test' }, caller: null }, folder: openFolder(folder),
  signer: signerHere(signer),
}, (steps) => ({
  ...steps,
  [step]: async (...input: never[]) => {
    // Of several files, half are there when it happens.
    if (step === 'store') await steps.store((input[0] as unknown as []).slice(0, 1));
    else await (steps[step] as (...input: never[]) => Promise<unknown>)(...input);
    die();
  },
}));
await publisher.round();
