import { json } from '@sveltejs/kit';
import { recordHealth, recordStanding } from '#features/record/server/index.ts';
import { VERSION } from '#platform/web/version.ts';
import type { RequestHandler } from './$types';

/** An act that waits longer than this for its place in the record: nobody does the jobs. */
const PATIENCE_SECONDS = 60;

export const GET: RequestHandler = async ({ locals }) => {
  const headers = { 'cache-control': 'no-store' };
  try {
    const record = await locals.ask(recordHealth, undefined);
    const jobs = record.waitingSeconds > PATIENCE_SECONDS ? 'behind' : 'ok';
    const { fault } = await locals.ask(recordStanding, undefined);
    return json({ status: 'ok', version: VERSION, database: 'ok', jobs, record: { size: record.size, waiting: record.waiting, fault: fault?.kind ?? null } }, { headers });
  } catch {
    return json({ status: 'away', version: VERSION, database: 'away', jobs: 'unknown', record: null }, { status: 503, headers });
  }
};
