import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { form } from '#platform/web/form.ts';
import { OnceSchema } from '#features/intake/input.ts';
import { forgetReceipt, leaveDraft } from '#features/intake/server/index.ts';
import { NEUTRAL } from '../../leaving.ts';
import type { Actions, PageServerLoad } from './$types';

const TOKEN_LENGTH = 24;

/** On to a page that says nothing about the reader. A form may not lead to another host, so this one goes on by itself. */
export const load: PageServerLoad = ({ setHeaders }) => {
  setHeaders({ refresh: `0; url=${NEUTRAL}`, 'cache-control': 'no-store' });
};

export const actions: Actions = {
  /** What was written is gone before the page is left: «back» leads to an empty form. Whatever comes in, whoever leaves is let go. */
  default: form(async ({ locals }, { values }) => {
    if (values.d?.length === TOKEN_LENGTH) await locals.act(leaveDraft, values.d);
    const once = v.safeParse(OnceSchema, values.once);
    if (once.success) await locals.act(forgetReceipt, once.output);
    redirect(303, '/leave');
  }),
};
