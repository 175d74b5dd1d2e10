import { redirect } from '@sveltejs/kit';
import { parse } from '#platform/web/parse.ts';
import { DropSchema } from '#features/notices/input.ts';
import { form } from '#platform/web/form.ts';
import { dropSubscription, resumeLetters, stopLetters, stopState, topicsByToken } from '#features/notices/server/index.ts';
import type { Actions, PageServerLoad } from './$types';

/** Opening the address stops nothing: programs that look for danger in mail open every link. */
export const load: PageServerLoad = async ({ params, locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' });
  return { state: await locals.ask(stopState, params.token), topics: await locals.ask(topicsByToken, params.token), done: (['resumed', 'followed', 'ended'] as const).find((it) => url.searchParams.has(it)) ?? null };
};

export const actions: Actions = {
  /** One POST without a cookie: mail programs send it when somebody presses «unsubscribe» (RFC 8058). It answers itself, because they follow no redirect. */
  default: form(async ({ locals, params, url }, { values }) => {
    if (values.drop !== undefined) {
      await locals.act(dropSubscription, { token: params.token!, id: parse(DropSchema, values).drop });
      return redirect(303, `${url.pathname}?ended`);
    }
    if (!values.again) return locals.act(stopLetters, params.token!);
    await locals.act(resumeLetters, params.token!);
    return redirect(303, `${url.pathname}?resumed`);
  }),
};
