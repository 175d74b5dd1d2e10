import { redirect } from '@sveltejs/kit';
import { refuse } from '#kernel/refusal.ts';
import { form, requireOnce, type Fields, type FormValues } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { attachmentsOf } from '#features/attachments/server/index.ts';
import { dateFrom, MoveSchema, ReasonSchema, UpdateSchema } from '#features/commitments/input.ts';
import { breakCommitment, renegotiateCommitment, reportDone, reportProgress, showCommitment, voicesFor } from '#features/commitments/server/index.ts';
import { numberForStaff } from '#features/intake/server/index.ts';
import { PartnerSchema } from '#features/organisations/input.ts';
import { namePartner, partnersNamed } from '#features/organisations/server/index.ts';
import { historyOf } from '#features/record/server/index.ts';
import { originOf } from '../../../../(public)/commitments/origin.ts';
import { withFiles } from '../../../../form-files.ts';
import { staffOnly, worksForBody } from '../../../staff.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, locals, url }) => {
  staffOnly(locals, url);
  const it = await locals.ask(showCommitment, params.number);
  const voices = await locals.ask(voicesFor, { id: it.id });
  const files = await locals.ask(attachmentsOf, { ownerIds: [...it.updates, ...voices].map((owner) => owner.id), publicOnly: false });
  const origin = await originOf(locals, it);
  const partners = it.public && it.mayCarryOut ? await locals.ask(partnersNamed, it.id) : null;
  return {
    number: it.number,
    work: {
      it, voices, files, partners, back: worksForBody(locals.actor) ? '/desk/commitments' : '/gov/commitments', origin: origin ?? (await privateOrigin(locals, it.subjectId)), history: await locals.ask(historyOf, { subjects: [it.id], publicOnly: false }),
      keys: { progress: crypto.randomUUID(), done: crypto.randomUUID(), move: crypto.randomUUID(), break: crypto.randomUUID() }, done: url.searchParams.get('done') ?? '',
    },
  };
};

/** A confidential entry is named to those who work on it, by its number alone. */
async function privateOrigin(locals: App.Locals, subjectId: string) {
  const number = await locals.ask(numberForStaff, subjectId);
  return number ? { path: worksForBody(locals.actor) ? `/desk/n/${number}` : `/gov/triage/${number}`, title: '', number } : null;
}

/** What every form of this page carries: its key, and the version that was read. */
async function step(locals: App.Locals, number: string, values: FormValues) {
  const { id } = await locals.ask(showCommitment, number);
  return { id, once: requireOnce(values), seen: /^\d{1,9}$/.test(values.seen ?? '') ? Number(values.seen) : refuse({ because: 'invalid', fields: { form: 'reload' } }) };
}

const done = (locals: App.Locals, number: string, what: string): never => redirect(303, `${locals.words.href(`/desk/commitments/${number}`)}?done=${what}`);

/** A text with photos: how far it is, or that it is done. */
async function report(locals: App.Locals, number: string, fields: Fields, useCase: typeof reportDone): Promise<void> {
  await withFiles(locals, fields, 'files', async (files) => {
    const { text } = parse(UpdateSchema, fields.values);
    await locals.act(useCase, { ...(await step(locals, number, fields.values)), text, ...files });
  });
}

export const actions: Actions = {
  progress: form(async ({ locals, params }, fields) => {
    await report(locals, params.number!, fields, reportProgress);
    done(locals, params.number!, 'progress');
  }),
  done: form(async ({ locals, params }, fields) => {
    await report(locals, params.number!, fields, reportDone);
    done(locals, params.number!, 'done');
  }),
  move: form(async ({ locals, params }, { values }) => {
    const { reason, due } = parse(MoveSchema, { ...values, due: dateFrom(values) });
    await locals.act(renegotiateCommitment, { ...(await step(locals, params.number!, values)), due, reason });
    done(locals, params.number!, 'move');
  }),
  partner: form(async ({ locals, params }, { values }) => {
    await locals.act(namePartner, { commitment: params.number!, ...parse(PartnerSchema, values) });
    done(locals, params.number!, 'partner');
  }),
  break: form(async ({ locals, params }, { values }) => {
    const { reason } = parse(ReasonSchema, values);
    await locals.act(breakCommitment, { ...(await step(locals, params.number!, values)), reason });
    done(locals, params.number!, 'break');
  }),
};
