import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { JobSchema } from '#features/upkeep/input.ts';
import { failedJobs, giveUpJob, retryJob } from '#features/upkeep/server/index.ts';
import { administratorOnly } from '../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  administratorOnly(locals, url);
  const done = ['retried', 'given-up'].find((it) => it === url.searchParams.get('did')) ?? null;
  return { jobs: await locals.ask(failedJobs, undefined), did: done };
};

export const actions: Actions = {
  retry: form(async ({ locals }, { values }) => {
    await locals.act(retryJob, parse(JobSchema, values));
    redirect(303, locals.words.href('/admin/jobs?did=retried'));
  }),
  'give-up': form(async ({ locals }, { values }) => {
    await locals.act(giveUpJob, parse(JobSchema, values));
    redirect(303, locals.words.href('/admin/jobs?did=given-up'));
  }),
};
