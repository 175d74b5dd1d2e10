/** The house at work: jobs, letters, the record, files, copies. */
import { connect } from 'node:net';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { entryCount } from '#engines/merkle-log/index.ts';
import { failedLetters } from '#features/notices/server/index.ts';
import { lastBackup } from '#features/places/server/index.ts';
import { recordHealth, recordStanding } from '#features/record/server/index.ts';
import { logFolderOf, type Config } from '#platform/config.ts';
import { urlFor, withClient } from '#platform/db/connection.ts';
import type { Examined } from '#platform/db/examine.ts';
import { queueHealth } from '#platform/jobs/health.ts';
import { readProfile } from '#platform/profile.ts';
import type { Secrets } from '#platform/secrets.ts';
import { listensAt } from '../house/address.ts';
import { doorsOf, TERMINAL } from '../house/open.ts';
import { couldBeBetter, fails, few, fine, type Finding } from './finding.ts';

const PATIENCE_SECONDS = 60;
const COPY_DAYS = 2;
const CONNECT_MS = 3_000;
/** A site in a rush answers late, and answers. */
const ANSWER_MS = 15_000;
const PUBLISHING_MS = 1_500;

export async function ofHouse(config: Config, secrets: Secrets, adminUrl: string, found: Examined): Promise<Finding[]> {
  const appUrl = urlFor('abwab_app', adminUrl, secrets);
  const mayEnter = await withClient(appUrl, (client) => client.query('select 1')).then(() => null, (error: Error) => error);
  if (mayEnter) return [fails('roles', `The site cannot enter the database with its own password (${mayEnter.message}). The secret belongs to another installation, or run: abwab migrate`)];
  const running = await site(config);
  const house = doorsOf(adminUrl, config, readProfile(config.home, config.profile), secrets);
  try {
    const queue = await queueHealth(urlFor('abwab_jobs', adminUrl, secrets));
    const record = await house.ask(TERMINAL, recordHealth, undefined);
    const { fault } = await house.ask(TERMINAL, recordStanding, undefined);
    const letters = await house.ask(TERMINAL, failedLetters, undefined);
    const backup = await house.ask(TERMINAL, lastBackup, undefined);
    return [
      running, ...jobs(queue, record.waitingSeconds, found, running.is === 'ok' && running.says.includes('answers')), fault ? fails('record', `The record stands still (${fault.kind}). ${MENDING[fault.kind] ?? 'See the log of the jobs.'}`) : fine('record', `The record has ${entryCount(record.size)} and goes on.`),
      await logFiles(config, found, () => withClient(adminUrl, async (client) => Number((await client.query<{ size: string }>('select size::text from record_log')).rows[0]?.size ?? 0))), ...files(found), ...(await mail(config)), sms(config),
      ...(letters > 0 ? [couldBeBetter('letters', `${letters} letters could not be sent. An administrator sees why, and sends them again.`)] : []), copy(backup),
    ];
  } finally {
    await house.close();
  }
}

const MENDING: Record<string, string> = {
  behind: 'The database is older than what was published: abwab record catch-up', 'signer-away': 'Its signer does not answer. Start it, or look at ABWAB_SIGNER.', 'signer-refuses': 'Its signer does not sign what the database holds: compare with abwab verify and a copy that others keep.',
  changed: 'What is stored is not what was published. Find out who changed it before anything else; restore from a backup.', files: 'Its files are damaged: abwab record repair', 'other-key': 'The signer has another key than the record. Bring the right one back from where abwab backup --keys put it.',
};

async function site(config: Config): Promise<Finding> {
  const address = listensAt(config);
  if (!address) return fine('site', 'No site runs on this data folder now.');
  const answer = await fetch(`${address}/health`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => null);
  return answer?.ok ? fine('site', `The site answers at ${address}.`) : fails('site', `A site is said to run at ${address}, and does not answer. Look at its log; if it was killed, start it again.`);
}

function jobs(queue: Awaited<ReturnType<typeof queueHealth>>, waitingSeconds: number, found: Examined, running: boolean): Finding[] {
  const behind = Math.max(queue.behindSeconds, waitingSeconds);
  const failed = queue.failed > 0 ? [couldBeBetter('jobs', `${queue.failed === 1 ? '1 job was' : `${queue.failed} jobs were`} given up: ${few(Object.entries(queue.byTask).map(([task, count]) => `${task} ${count}`))}.`)] : [];
  if (found.workers === 0 && (running || behind > PATIENCE_SECONDS)) return [...failed, fails('jobs', `Nobody does the jobs${behind > 0 ? `; the oldest has waited ${Math.round(behind)} seconds` : ''}. Start the site or abwab worker.`)];
  return [...failed, behind > PATIENCE_SECONDS ? fails('jobs', `Jobs are behind: the oldest has waited ${Math.round(behind)} seconds. Look at the log of the worker.`) : fine('jobs', found.workers > 0 ? 'Jobs are done as they come.' : 'No jobs wait.')];
}

/** What is served to the world has to reach as far as what the database calls published. */
async function logFiles(config: Config, { logSize, workers }: Examined, sizeNow: () => Promise<number>): Promise<Finding> {
  const path = join(logFolderOf(config), 'checkpoint');
  const inFiles = () => (existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[1]) : 0);
  let [size, wanted] = [inFiles(), logSize ?? 0];
  // What is being published now is in the one before it is in the other.
  for (let tries = 0; size !== wanted && workers > 0 && tries < 10; tries++) {
    await wait(PUBLISHING_MS);
    [wanted, size] = [await sizeNow(), inFiles()];
  }
  if (size !== wanted) return fails('files', `The record’s files reach to entry ${size}, the database to ${wanted}. ${size > wanted ? 'Run: abwab record catch-up' : 'Run: abwab record repair'}`);
  return fine('files', size === 0 ? 'The record is empty.' : `The record’s files reach to entry ${size}.`);
}

function files({ filesLost, filesWaiting }: Examined): Finding[] {
  return [
    filesLost > 0 ? fails('files', `${filesLost} photos or papers are named in the database and are not there. Restore them from a backup.`) : fine('files', 'Every photo and paper that is named is there.'),
    ...(filesWaiting > 0 ? [couldBeBetter('files', `${filesWaiting} photos have waited for more than ten minutes to be prepared. Look at the log of the worker.`)] : []),
  ];
}

const sms = ({ sms: gateway }: Config): Finding => (gateway ? fine('sms', `SMS leave by ${new URL(gateway.url).host}.`) : couldBeBetter('sms', 'ABWAB_SMS_URL is not set: messages to phones land in the outbox that administrators see.'));

async function mail(config: Config): Promise<Finding[]> {
  if (!config.smtpUrl) return [couldBeBetter('mail', 'ABWAB_SMTP_URL is not set: letters land in the outbox that administrators see, and codes are handed out at the desk.')];
  const url = URL.parse(config.smtpUrl);
  if (!url || !/^smtps?:$/.test(url.protocol)) return [fails('mail', 'ABWAB_SMTP_URL must look like smtps://user:password@mail.example.')];
  const port = Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587);
  const reached = await new Promise<boolean>((resolve) => {
    const socket = connect({ host: url.hostname, port, timeout: CONNECT_MS });
    const end = (there: boolean) => { socket.destroy(); resolve(there); };
    socket.once('connect', () => end(true)).once('error', () => end(false)).once('timeout', () => end(false));
  });
  return [reached ? fine('mail', `The mail server ${url.hostname} is reached.`) : fails('mail', `The mail server ${url.hostname}:${port} is not reached. Letters wait.`)];
}

function copy(backup: { at: Date; elsewhere: boolean } | null): Finding {
  if (!backup) return couldBeBetter('backup', 'The data was never copied. Run every day: abwab backup --to FOLDER');
  const days = (Date.now() - backup.at.getTime()) / 86_400_000;
  if (days > COPY_DAYS) return couldBeBetter('backup', `The last backup is ${Math.floor(days)} days old. Run every day: abwab backup --to FOLDER`);
  return backup.elsewhere ? fine('backup', `Backed up ${backup.at.toISOString().slice(0, 16).replace('T', ' ')} UTC.`) : couldBeBetter('backup', 'The last backup lies on the same disk as the data: abwab backup --to FOLDER');
}
