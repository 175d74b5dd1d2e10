import { redirect } from '@sveltejs/kit';
import { remainingWorkingDays, localDate, type PlainDate } from '#kernel/working-days.ts';
import { form } from '#platform/web/form.ts';
import { drawQr } from '#platform/web/qr.ts';
import { answersOf } from '#features/answers/server/index.ts';
import { attachmentsOf } from '#features/attachments/server/index.ts';
import { latestComments } from '#features/comments/server/index.ts';
import { receivedAt } from '#features/desk/server/index.ts';
import { commitmentsOf } from '#features/commitments/server/index.ts';
import { followEntry, myMarks, showEntry, similarEntries, supportEntry, unsupportEntry } from '#features/intake/server/index.ts';
import { allSectors, workingCalendar } from '#features/places/server/index.ts';
import { historyOf } from '#features/record/server/index.ts';
import { coordinates, worksForBody } from '../../../(work)/staff.ts';
import type { Actions, PageServerLoad } from './$types';

/** Nobody else has been received by a clerk. */
const AT_A_DESK = new Set(['desk', 'phone', 'paper']);

export const load: PageServerLoad = async ({ params, locals, url }) => {
  const entry = await locals.ask(showEntry, { number: params.number });
  if (entry.joinedInto) redirect(302, `${locals.words.href(`/n/${entry.joinedInto}`)}?joined=${entry.number}`);
  const publicOnly = entry.visible || entry.state === 'withdrawn';
  const shown = entry.visible && entry.state !== 'withdrawn';
  const [commitments, answers, sectors, files, received, marks, calendar, similar, comments] = await Promise.all([
    locals.ask(commitmentsOf, { subjectIds: [entry.id], publicOnly }),
    locals.ask(answersOf, { entryIds: [entry.id], publicOnly }),
    locals.ask(allSectors, undefined),
    locals.ask(attachmentsOf, { ownerIds: [entry.id], publicOnly }),
    entry.state === 'withdrawn' || !AT_A_DESK.has(entry.channel) ? null : locals.ask(receivedAt, entry.id),
    locals.ask(myMarks, { number: entry.number }),
    entry.answeredAt || !entry.answerDue ? null : locals.ask(workingCalendar, undefined),
    entry.visible ? locals.ask(similarEntries, { text: `${entry.title} ${entry.text.slice(0, 300)}`, place: entry.place?.code ?? '', limit: 3, except: entry.number }) : [],
    shown ? locals.ask(latestComments, { subjectId: entry.id, limit: 3 }) : null,
  ]);
  const { clock } = entry;
  return {
    entry, commitments, answers, files, received, marks, similar, comments,
    history: await locals.ask(historyOf, { subjects: [entry.id, ...[...commitments, ...answers].map((it) => it.id)], publicOnly }),
    sectors: sectors.filter((it) => entry.sectors.includes(it.code)).map((it) => it.names),
    remaining: calendar && { of: clock.days + clock.extension, days: remainingWorkingDays(calendar, clock, localDate(new Date(), locals.profile.zone) as PlainDate) },
    joined: url.searchParams.get('joined')?.slice(0, 20) ?? null,
    looksForHelp: worksForBody(locals.actor) || coordinates(locals.actor),
    signedIn: locals.actor.kind === 'person',
    origin: locals.origin, qr: drawQr(`${locals.origin}/n/${entry.number}`),
  };
};

export const actions: Actions = {
  support: form(async ({ locals, params, url }) => {
    signInFirst(locals, url);
    await locals.act(supportEntry, { number: params.number! });
    redirect(303, `${locals.words.href(`/n/${params.number}`)}#support`);
  }),
  unsupport: form(async ({ locals, params, url }) => {
    signInFirst(locals, url);
    await locals.act(unsupportEntry, { number: params.number! });
    redirect(303, `${locals.words.href(`/n/${params.number}`)}#support`);
  }),
  follow: form(async ({ locals, params, url }, fields) => {
    signInFirst(locals, url);
    await locals.act(followEntry, { number: params.number!, follow: fields.values.follow !== 'no' });
    redirect(303, `${locals.words.href(`/n/${params.number}`)}#support`);
  }),
};

/** A visitor is led to sign in and comes back to the same page. */
function signInFirst(locals: App.Locals, url: URL): void {
  if (locals.actor.kind === 'visitor') redirect(303, `${locals.words.href('/login')}?next=${encodeURIComponent(url.pathname)}`);
}
