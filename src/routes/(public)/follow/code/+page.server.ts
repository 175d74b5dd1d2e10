import { redirect } from '@sveltejs/kit';
import { parseId } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { OptInSchema } from '#features/notices/input.ts';
import { confirmSubscription, optInRequest } from '#features/notices/server/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store' });
  const request = parseId(url.searchParams.get('r') ?? '');
  return { request, sent: request && (await locals.ask(optInRequest, { request })) };
};

export const actions: Actions = {
  default: form(async ({ locals, url }, { values }) => {
    const { r, code } = parse(OptInSchema, { r: values.r ?? url.searchParams.get('r') ?? '', code: values.code });
    const done = await locals.act(confirmSubscription, { request: r, code });
    if ('wrong' in done) return refuse(done.wrong === 'over' ? { because: 'gone', what: 'code' } : { because: 'invalid', fields: { code: done.wrong } });
    return redirect(303, `${locals.words.href(`/stop/${done.token}`)}?followed`);
  }),
};
