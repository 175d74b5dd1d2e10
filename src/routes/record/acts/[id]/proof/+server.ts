import * as v from 'valibot';
import { idSchema } from '#kernel/ids.ts';
import { refuse } from '#kernel/refusal.ts';
import { preflight } from '#platform/web/api.ts';
import { leafOfAct } from '#features/record/server/index.ts';
import { receiptOf } from '#platform/web/log-files.ts';
import { parse } from '#platform/web/parse.ts';
import type { RequestHandler } from './$types';

const Address = v.object({ id: idSchema<'act'>() });

/** The receipt of a public act, to be kept (C2SP tlog-proof). Until it is published there is none. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { index } = await locals.ask(leafOfAct, parse(Address, params).id);
  const receipt = index === null ? null : await receiptOf(index);
  if (!receipt) return refuse({ because: 'not-found', what: 'receipt' });
  return new Response(receipt, {
    headers: {
      'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache', 'access-control-allow-origin': '*',
      'content-disposition': `attachment; filename="abwab-${index}.tlog-proof"`,
    },
  });
};
export const OPTIONS: RequestHandler = () => preflight();
