import { redirect } from '@sveltejs/kit';
import { attachmentsOf } from '#features/attachments/server/index.ts';
import { latestComments } from '#features/comments/server/index.ts';
import { showCommitment } from '#features/commitments/server/index.ts';
import { partnersOf } from '#features/organisations/server/index.ts';
import { historyOf } from '#features/record/server/index.ts';
import { drawQr } from '#platform/web/qr.ts';
import { originOf } from '../origin.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals }) => {
  const it = await locals.ask(showCommitment, params.number);
  // What is confidential has no public page: whoever may see it at all works on it.
  if (!it.public) redirect(302, locals.words.href(`/desk/commitments/${it.number}`));
  if (it.number !== params.number) redirect(302, locals.words.href(`/commitments/${it.number}`));
  return {
    it, origin: await originOf(locals, it), address: locals.origin, qr: drawQr(`${locals.origin}/commitments/${it.number}`),
    files: await locals.ask(attachmentsOf, { ownerIds: it.updates.map((update) => update.id), publicOnly: true }),
    partners: await locals.ask(partnersOf, it.id),
    comments: await locals.ask(latestComments, { subjectId: it.id, limit: 3 }),
    history: await locals.ask(historyOf, { subjects: [it.id], publicOnly: true }),
  };
};
