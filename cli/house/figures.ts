/** What the house says of itself to whoever watches it: numbers, asked for when they are read. */
import { failedLetters } from '#features/notices/server/index.ts';
import { lastBackup } from '#features/places/server/index.ts';
import { recordHealth, recordStanding } from '#features/record/server/index.ts';
import { urlFor } from '#platform/db/connection.ts';
import { roomIn } from '#platform/disk.ts';
import { queueHealth } from '#platform/jobs/health.ts';
import { TERMINAL, type Installation } from './open.ts';

export async function figuresOf({ config, adminUrl, secrets, house }: Installation): Promise<Record<string, number | null>> {
  const disk = { disk_free_bytes: roomIn(config.data) };
  try {
    const record = await house.ask(TERMINAL, recordHealth, undefined);
    const { fault } = await house.ask(TERMINAL, recordStanding, undefined);
    const jobs = await queueHealth(urlFor('abwab_jobs', adminUrl, secrets));
    const backup = await house.ask(TERMINAL, lastBackup, undefined);
    return {
      database_up: 1, ...disk, jobs_waiting: jobs.waiting, jobs_failed: jobs.failed, jobs_behind_seconds: jobs.behindSeconds,
      record_size: Number(record.size), record_waiting: Number(record.waiting), record_waiting_seconds: record.waitingSeconds, record_fault: fault ? 1 : 0,
      letters_failed: await house.ask(TERMINAL, failedLetters, undefined), backup_age_seconds: backup && (Date.now() - backup.at.getTime()) / 1000,
    };
  } catch {
    return { database_up: 0, ...disk };
  }
}
