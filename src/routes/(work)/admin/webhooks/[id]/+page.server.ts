import { redirect } from '@sveltejs/kit';
import { form } from '#platform/web/form.ts';
import { parse } from '#platform/web/parse.ts';
import { DeliveryIdSchema, HookIdSchema } from '#features/webhooks/input.ts';
import { hookPage, retryDelivery } from '#features/webhooks/server/index.ts';
import { administratorOnly } from '../../keepers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  administratorOnly(locals, url);
  return { ...(await locals.ask(hookPage, parse(HookIdSchema, params))), retried: url.searchParams.get('done') === 'retried' };
};

export const actions: Actions = {
  retry: form(async ({ locals }, { values }) => {
    const { hook } = await locals.act(retryDelivery, parse(DeliveryIdSchema, values));
    redirect(303, locals.words.href(`/admin/webhooks/${hook}?done=retried`));
  }),
};
