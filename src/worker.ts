/** Runs jobs through the same two doors as the site: each task is a use case of a feature. */
import type { TaskList } from 'graphile-worker';
import { urlFor } from '#platform/db/connection.ts';
import { runJobs, type Beat } from '#platform/jobs/run.ts';
import { logError } from '#platform/log/index.ts';
import type { Channels } from '#platform/mail/channel.ts';
import { originOf, type Config } from '#platform/config.ts';
import type { Profile } from '#platform/profile.ts';
import type { Secrets } from '#platform/secrets.ts';
import type { Ctx, House } from '#features/context.ts';
import { publishDue } from '#features/answers/server/index.ts';
import { sweepDraftFiles } from '#features/attachments/server/index.ts';
import { prepareAttachment } from '#features/attachments/server/jobs.ts';
import { escalateLateCommitments, indexCommitmentsAnew, settleSilentCommitments } from '#features/commitments/server/index.ts';
import { forgetRemoved } from '#features/comments/server/index.ts';
import { closeAnswered, escalateEntries, followCommitments, forgetDrafts, forgetSenders, indexEntriesAnew } from '#features/intake/server/index.ts';
import { forgetSheetKeys } from '#features/desk/server/index.ts';
import { forgetNotices, nameChannels, optInSent, optInToSend, remindModerators, remindOfDue, SEND_OPT_IN, tellNews, textsOf } from '#features/notices/server/index.ts';
import { deliverDue, openChannels, sendCode } from '#features/notices/server/jobs.ts';
import { forgetOrganisations, indexOrganisationsAnew } from '#features/organisations/server/index.ts';
import { forgetPrograms } from '#features/open311/server/index.ts';
import { codeSent, codeToSend, forgetSignIns, SEND_CODE } from '#features/people/server/index.ts';
import { forgetDeliveries } from '#features/webhooks/server/index.ts';
import { openPost, tellDue } from '#features/webhooks/server/jobs.ts';
import { CHECK_EVERY_SECONDS, openRecord, RecordFault } from '#features/record/server/jobs.ts';

type Installation = { adminUrl: string; secrets: Secrets; house: House; config: Config; profile: Profile };

const as = (job: string) => ({ actor: { kind: 'system', job } as const, caller: null });

export async function startWorker(it: Installation): Promise<{ stop(): Promise<void> }> {
  const channels = openChannels(it.house, as('notices'), it.config);
  await it.house.act(as('notices'), nameChannels, channels);
  const record = openRecord(it.config, it.house, as('record'));
  const tasks: TaskList = {
    'attachments.prepare': (payload) => prepareAttachment(it.house, as('attachments'), (payload as { id: string }).id),
    [SEND_CODE]: (payload) => sendSignInCode(it, channels, (payload as { codeId: string }).codeId),
    [SEND_OPT_IN]: (payload) => sendOptIn(it, channels, (payload as { codeId: string }).codeId),
  };
  const post = openPost();
  const beats: Beat[] = [
    { name: 'record', everySeconds: 1, work: toldOnce(record.round) },
    { name: 'witnesses', everySeconds: 2, work: toldOnce(record.cosign) },
    { name: 'record check', everySeconds: CHECK_EVERY_SECONDS, work: toldOnce(() => record.check()) },
    { name: 'answers', everySeconds: 5, work: () => untilNone(() => it.house.act(as('answers'), publishDue, undefined)) },
    { name: 'delivery', everySeconds: 2, work: () => it.house.act(as('entries'), followCommitments, { lately: true }) },
    { name: 'delivery of all', everySeconds: 30, work: () => untilNone(() => it.house.act(as('entries'), followCommitments, undefined)) },
    { name: 'late entries', everySeconds: 60, work: () => untilNone(() => it.house.act(as('entries'), escalateEntries, undefined)) },
    { name: 'late commitments', everySeconds: 60, work: () => untilNone(() => it.house.act(as('commitments'), escalateLateCommitments, undefined)) },
    { name: 'silent commitments', everySeconds: 600, work: () => untilNone(() => it.house.act(as('commitments'), settleSilentCommitments, undefined)) },
    { name: 'closed entries', everySeconds: 600, work: () => untilNone(() => it.house.act(as('entries'), closeAnswered, undefined)) },
    { name: 'lexicon', everySeconds: 10, work: () => untilNone(() => it.house.act(as('lexicon'), indexAnew, undefined)) },
    { name: 'forget drafts', everySeconds: 600, work: () => it.house.act(as('entries'), forgetDrafts, undefined) },
    { name: 'forget removed comments', everySeconds: 3600, work: () => untilNone(() => it.house.act(as('comments'), forgetRemoved, undefined)) },
    { name: 'forget keys of sheets', everySeconds: 3600, work: () => it.house.act(as('desk'), forgetSheetKeys, undefined) },
    { name: 'forget senders', everySeconds: 3600, work: () => untilNone(() => it.house.act(as('entries'), forgetSenders, undefined)) },
    { name: 'forget organisations', everySeconds: 3600, work: () => it.house.act(as('organisations'), forgetOrganisations, undefined) },
    { name: 'forget programs', everySeconds: 3600, work: () => it.house.act(as('open311'), forgetPrograms, undefined) },
    { name: 'sweep files', everySeconds: 3600, work: () => it.house.act(as('attachments'), sweepDraftFiles, undefined) },
    { name: 'forget sign-ins', everySeconds: 3600, work: () => it.house.act(as('sign-in'), forgetSignIns, undefined) },
    { name: 'news', everySeconds: 2, work: () => it.house.act(as('notices'), tellNews, undefined) },
    { name: 'due soon', everySeconds: 600, work: () => it.house.act(as('notices'), remindOfDue, undefined) },
    { name: 'waiting comments', everySeconds: 600, work: () => it.house.act(as('notices'), remindModerators, undefined) },
    { name: 'letters', everySeconds: 5, work: () => deliverDue(it.house, as('notices'), channels, originOf(it.config)) },
    { name: 'webhooks', everySeconds: 2, work: () => tellDue(it.house, as('webhooks'), post, originOf(it.config)) },
    { name: 'forget webhooks', everySeconds: 3600, work: () => it.house.act(as('webhooks'), forgetDeliveries, undefined) },
    { name: 'forget letters', everySeconds: 3600, work: () => it.house.act(as('notices'), forgetNotices, undefined) },
  ];
  const jobs = await runJobs(urlFor('abwab_jobs', it.adminUrl, it.secrets), tasks, beats);
  return {
    async stop() {
      await jobs.stop();
      record.close();
    },
  };
}

/** Texts follow the lexicon in pieces, so that a change of one word holds up nothing else. */
const indexAnew = async (ctx: Ctx): Promise<number> => (await indexEntriesAnew(ctx)) + (await indexCommitmentsAnew(ctx)) + (await indexOrganisationsAnew(ctx));

/** What keeps the record from going on is logged when it begins, not every second; pages say it as long as it lasts. */
function toldOnce(work: () => Promise<unknown>): () => Promise<void> {
  let told: string | null = null;
  return async () => {
    try {
      await work();
      told = null;
    } catch (error) {
      if (!(error instanceof RecordFault)) throw error;
      if (told !== error.kind) logError('record stands still', { fault: error.kind, entry: error.atIndex }, error);
      told = error.kind;
    }
  };
}

/** The plain code exists until it has left; a job that comes back finds it again, or nothing once it is over. */
async function sendSignInCode(it: Installation, channels: Channels, codeId: string): Promise<void> {
  const code = await it.house.ask(as('sign-in'), codeToSend, { codeId });
  if (!code) return;
  await sendCode(channels, codeId, code, it.profile.zone, await it.house.ask(as('notices'), textsOf, code.language));
  await it.house.act(as('sign-in'), codeSent, { codeId });
}

/** The same for a code of somebody who wants to follow without an account. */
async function sendOptIn(it: Installation, channels: Channels, codeId: string): Promise<void> {
  const code = await it.house.ask(as('notices'), optInToSend, { codeId });
  if (!code) return;
  await sendCode(channels, codeId, code, it.profile.zone, await it.house.ask(as('notices'), textsOf, code.language));
  await it.house.act(as('notices'), optInSent, { codeId });
}

/** Goes on with a job that works in pieces until nothing is left, or for a hundred pieces: then it is another beat's turn. */
async function untilNone(work: () => Promise<number>): Promise<void> {
  for (let piece = 0; piece < 100; piece++) if ((await work()) === 0) return;
}
